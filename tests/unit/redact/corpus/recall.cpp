// How good the net is (REDACTION layer 5; not the guarantee, which is names and the ledger): recall and
// precision of patterns and randomness over a corpus of unnamed secrets.
#include <cstdio>
#include <map>

#include "corpus/corpus.h"
#include "kit.h"

namespace cvr::redact {
namespace {

constexpr double kRecallFloor = 0.95;
constexpr double kPrecisionFloor = 0.98;

TEST(Recall, OfTheNet) {
  Kit kit;
  struct Count {
    int right = 0;
    int all = 0;
    bool secret = false;
  };
  std::map<std::string, Count> kinds;
  int found = 0;
  int missed = 0;
  int wrong = 0;
  for (const Sample& sample : make_corpus(40)) {
    Edits edits;
    ASSERT_TRUE(kit.finder.find(sample.text, edits));
    kit.finder.find_random(sample.text, edits);
    const std::string out = kit.apply_to(sample.text, std::move(edits)).text;
    // A secret is gone when less than a window of 12 bytes of it is left anywhere.
    bool changed = out != sample.text;
    if (sample.secret) {
      // Of a JWT some claims stay readable; its signature must not.
      const std::size_t first = sample.kind == "jwt" ? sample.value.rfind('.') + 1 : 0;
      for (std::size_t at = first; at + 12 <= sample.value.size(); ++at) {
        changed = changed && out.find(sample.value.substr(at, 12)) == out.npos;
      }
    }
    Count& count = kinds[sample.kind];
    ++count.all;
    count.secret = sample.secret;
    count.right += changed == sample.secret ? 1 : 0;
    (sample.secret ? (changed ? found : missed) : wrong) += sample.secret || changed ? 1 : 0;
  }
  for (const auto& [name, count] : kinds) {
    std::printf("  %-18s %s %4d of %4d\n", name.c_str(), count.secret ? "found" : "kept ", count.right, count.all);
  }
  const double recall = static_cast<double>(found) / (found + missed);
  const double precision = static_cast<double>(found) / (found + wrong);
  std::printf("  recall %.3f, precision %.3f (%d found, %d missed, %d wrong)\n", recall, precision, found, missed,
              wrong);
  EXPECT_GE(recall, kRecallFloor);
  EXPECT_GE(precision, kPrecisionFloor);
}

}  // namespace
}  // namespace cvr::redact
