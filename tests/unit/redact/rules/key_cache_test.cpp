#include "redact/rules/key_cache.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cvr::redact {
namespace {

TEST(KeyCache, OneQuestionForEachKeyBelowEachParent) {
  for (const std::size_t size : {std::size_t{100}, std::size_t{1} << 20}) {
    KeyCache cache(size);
    int asked = 0;
    const auto named = [&](std::string_view key, std::string_view parent) {
      return cache.find(key, parent, [&] {
        ++asked;
        return KnownKey{Named{parent.empty() ? Kind::kToken : Kind::kName}, Part::kNone, key == "kept"};
      });
    };
    const std::string other = "passenger";  // elsewhere in the text
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(named("name", "").named->kind, Kind::kToken);
      EXPECT_EQ(named("name", i == 1 ? std::string_view(other) : "passenger").named->kind, Kind::kName);
    }
    EXPECT_LE(asked, size > 8192 ? 2 : 6);  // in a small table two may share a slot
    EXPECT_TRUE(named("kept", "").kept);
  }
}

// However many keys share a slot, each gets its own answer.
TEST(KeyCache, ManyKeysAreNeverMixedUp) {
  KeyCache cache(100);
  std::vector<std::string> keys;
  for (int i = 0; i < 500; ++i) keys.push_back("k" + std::to_string(i));
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const KnownKey known = cache.find(keys[i], "", [&] { return KnownKey{{}, Part::kNone, i % 2 == 0}; });
      EXPECT_EQ(known.kept, i % 2 == 0) << keys[i];
    }
  }
}

}  // namespace
}  // namespace cvr::redact
