#include "redact/guesses.h"

#include "kit.h"

namespace cvr::redact {
namespace {

TEST(Guesses, EachTokenOfPathAndQueryAlone) {
  Kit kit;
  RedactedRequest live;
  live.path.text = "/hooks/test-token-1/atrips";
  live.query.text = "a=b&key=dummy-value-7";
  const auto all = guesses(live, kit.pseudonyms);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].path.text, "/hooks/" + kit.pseudonyms.of("test-token-1") + "/atrips");
  ASSERT_EQ(all[0].path.spans.size(), 1u);
  EXPECT_EQ(all[0].query, live.query);
  EXPECT_EQ(all[1].query.text, "a=b&key=" + kit.pseudonyms.of("dummy-value-7"));
  EXPECT_EQ(all[2].path, all[0].path);
  EXPECT_EQ(all[2].query, all[1].query);
}

TEST(Guesses, NothingToGuess) {
  Kit kit;
  RedactedRequest live;
  live.path.text = "/api/trips/17/messages";
  EXPECT_TRUE(guesses(live, kit.pseudonyms).empty());
  live.path.text.clear();
  for (int i = 0; i < 100; ++i) live.path.text += "/some-token-" + std::to_string(i);
  EXPECT_EQ(guesses(live, kit.pseudonyms).size(), 9u);
}

// A recording has pseudonyms where words of many meanings marked a secret; a dummy looks like none.
TEST(Guesses, DummiesAreWhatTheirNamesMaySay) {
  const auto redactor = make_redactor();
  http::Request raw = get_request("/reset/dummy");
  raw.query = "pin=dummy&q=word";
  const RedactedRequest live = redactor->redact_request(raw);
  EXPECT_TRUE(live.path.spans.empty() && live.query.spans.empty());
  const auto all = redactor->guesses(raw, live);
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all[0].path.text.substr(0, 7), "/reset/");
  ASSERT_EQ(all[0].path.spans.size(), 1u);
  ASSERT_EQ(all[0].query.spans.size(), 1u);
  EXPECT_TRUE(all[0].query.text.ends_with("&q=word"));
  EXPECT_EQ(redactor->known(), 0u);
}

}  // namespace
}  // namespace cvr::redact
