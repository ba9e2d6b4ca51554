// Redactors beside one another: what one learns all find, and what a replay hands out stays its own matter.
#include <algorithm>

#include "kit.h"

namespace cvr::redact {
namespace {

struct SharedLedger : ::testing::Test {
  static http::Request with_token(const std::string& token) {
    http::Request request = get_request("/");
    request.fields = {{"Authorization", "Bearer " + token}};
    return request;
  }
  static http::Request with_note(const std::string& text) {
    http::Request request = get_request("/notes/" + text);
    request.fields = {{"Content-Type", "text/plain"}};
    request.body = "a note: " + text;
    return request;
  }
  static bool shows(const RedactedRequest& request, const std::string& text) {
    return (request.path.text + request.body.content.text).find(text) != std::string::npos;
  }

  const std::unique_ptr<Redactor> first = make_redactor();
  const std::unique_ptr<Redactor> one = first->beside();
  const std::unique_ptr<Redactor> other = first->beside();
  const std::string secret = test::random_text(24, "bcdfgh") + "-" + test::random_text(10, "klmnp");  // no net takes it
};

TEST_F(SharedLedger, WhatOneLearnsAllFind) {
  EXPECT_TRUE(shows(other->redact_request(with_note(secret)), secret));
  const std::size_t before = other->known();
  for (const auto known : {Redactor::Known::kOwn, Redactor::Known::kAll}) {
    const std::string token = secret + (known == Redactor::Known::kOwn ? "-own" : "-all");
    (void)one->redact_request(with_token(token), known);
    const auto later = first->beside();
    for (const Redactor* redactor : {first.get(), one.get(), other.get(), later.get()}) {
      EXPECT_FALSE(shows(redactor->redact_request(with_note(token)), token));
      EXPECT_FALSE(redactor->leaks(token, "a name").empty());
    }
  }
  EXPECT_GT(other->known(), before);
  EXPECT_TRUE(other->is_beside());
  EXPECT_FALSE(first->is_beside());
}

TEST_F(SharedLedger, WhatWasRecordedBeforeIsFoundLate) {
  const RedactedInteraction early = other->redact(exchange(with_note(secret), "text/plain", secret));
  EXPECT_TRUE(other->leaks(*early).empty());
  (void)one->redact_request(with_token(secret));
  EXPECT_TRUE(std::ranges::any_of(other->late_leaks(*early), &Leak::known));
  const RedactedInteraction again = other->redact_again(*early);
  EXPECT_FALSE(shows(again->request, secret));
  EXPECT_TRUE(other->leaks(*again).empty());
}

TEST_F(SharedLedger, MatchingGoesByWhatItsOwnTrafficHasTaught) {
  (void)one->redact_request(with_token(secret));
  EXPECT_TRUE(shows(other->redact_request(with_note(secret), Redactor::Known::kOwn), secret));
  EXPECT_FALSE(shows(one->redact_request(with_note(secret), Redactor::Known::kOwn), secret));
  // Seen in its own traffic too, although known by then.
  (void)other->redact_request(with_token(secret));
  EXPECT_FALSE(shows(other->redact_request(with_note(secret), Redactor::Known::kOwn), secret));
}

TEST_F(SharedLedger, WhatIsGivenAllKnow) {
  const auto given = make_redactor({secret});
  const auto beside = given->beside();
  EXPECT_FALSE(shows(beside->redact_request(with_note(secret), Redactor::Known::kOwn), secret));
}

// A played answer's number carries no check; one that another session sends is a secret of its own.
TEST_F(SharedLedger, WhatAReplayHandsOutIsItsOwn) {
  const std::string number = "9" + test::random_text(11, "0123456789");
  const RedactedInteraction recorded =
      first->redact(exchange(get_request("/"), "application/json", R"({"access_token":)" + number + "}"));
  const std::string body = recorded->response->body.content.text;
  const std::string handed = body.substr(16, number.size());
  one->adopt(*recorded);
  const auto sent = [&](const Redactor& redactor) {
    return redactor.redact_request(with_note(handed), Redactor::Known::kOwn);
  };
  EXPECT_TRUE(shows(sent(*one), handed));
  (void)other->redact_request(with_token(handed));  // nobody has handed it out there
  EXPECT_FALSE(shows(sent(*other), handed));
  EXPECT_TRUE(shows(sent(*one), handed)) << "for matching it still stands for itself";
  EXPECT_FALSE(shows(one->redact_request(with_note(handed)), handed)) << "what is written is without it";
}

}  // namespace
}  // namespace cvr::redact
