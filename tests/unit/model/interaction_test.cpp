#include "cvr/interaction.h"

#include <set>

namespace cvr {
namespace {

// Every value up to `last` has a word of its own that leads back to it; `from` knows no other word.
template <class E, class From>
void expect_round_trip(E last, From from) {
  std::set<std::string_view> seen;
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const E value = static_cast<E>(i);
    const std::string_view word = to_string(value);
    EXPECT_TRUE(seen.insert(word).second) << word;
    EXPECT_EQ(from(word), value) << word;
    EXPECT_EQ(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), std::string_view::npos) << word;
  }
  for (const std::string_view odd : {"", "?", "Token", "dns "}) {
    if (!seen.contains(odd)) {
      EXPECT_EQ(from(odd), std::nullopt) << odd;
    }
  }
  EXPECT_EQ(to_string(static_cast<E>(200)), "?");
}

TEST(Words, OfFailuresLeadBack) { expect_round_trip(FailureKind::kProtocol, failure_kind_from); }
TEST(Words, OfArrivalsLeadBack) { expect_round_trip(Arrival::kImport, arrival_from); }
TEST(Words, OfFramingsLeadBack) { expect_round_trip(Framing::kUntilClose, framing_from); }
TEST(Words, OfKindsLeadBack) { expect_round_trip(Kind::kOther, kind_from); }

TEST(Words, OfFailuresAreThoseOfTheContract) {
  EXPECT_EQ(to_string(FailureKind::kDns), "dns");
  EXPECT_EQ(to_string(FailureKind::kConnect), "connect");
  EXPECT_EQ(to_string(FailureKind::kTls), "tls");
  EXPECT_EQ(to_string(FailureKind::kTimeout), "timeout");
  EXPECT_EQ(to_string(FailureKind::kReset), "reset");
  EXPECT_EQ(to_string(FailureKind::kProtocol), "protocol");
}

TEST(RedactedInteraction, KeepsItsPartsAndTakesAKey) {
  RedactedParts parts;
  parts.request.method = "PUT";
  parts.step = "login";
  RedactedInteraction interaction = RedactionPass::vouch(parts);
  EXPECT_EQ(interaction->request.method, "PUT");
  EXPECT_EQ(*interaction, parts);
  interaction.set_key(MatchKey{1, 2, 3, 4, 5});
  EXPECT_EQ(interaction->key, (MatchKey{1, 2, 3, 4, 5}));
  EXPECT_FALSE(*interaction == parts);
}

}  // namespace
}  // namespace cvr
