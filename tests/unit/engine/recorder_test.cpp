#include "engine/recorder.h"

#include "support/golden.h"
#include "support/random.h"
#include "unit/engine/kit.h"

namespace cvr::engine {
namespace {

TEST(Recorder, WhatItAnsweredForStandsInTheFile) {
  Tape tape;
  const auto recorder = tape.recorder();
  for (std::uint64_t n = 1; n <= 3; ++n) {
    const auto recorded = recorder->record(exchange(get("/api/trips/" + std::to_string(n)), "answer"));
    ASSERT_TRUE(recorded);
    EXPECT_EQ(*recorded, n);
    EXPECT_EQ(tape.reader()->size(), n);  // another process would see it: nothing is held back
  }
}

TEST(Recorder, TellsOfWhatIsOnRecord) {
  Tape tape;
  const auto recorder = tape.recorder();
  std::vector<std::string> told;
  recorder->on_record([&](const RedactedInteraction& interaction) {
    told.push_back(interaction->request.path.text);
    EXPECT_EQ(tape.reader()->size(), told.size());
  });
  ASSERT_TRUE(recorder->record(exchange(get("/a"), "answer")));
  ASSERT_TRUE(recorder->record(exchange(get("/b"), "answer")));
  EXPECT_EQ(told, (std::vector<std::string>{"/a", "/b"}));
}

TEST(Recorder, CountsTheAnswersWhoseBodyWasLeftOut) {
  Tape tape;
  const auto recorder = tape.recorder();
  ASSERT_TRUE(recorder->record(exchange(get("/a"), "answer")));
  EXPECT_TRUE(recorder->left_out().empty());
  ASSERT_TRUE(recorder->record(exchange(get("/b"), R"({"a":1)", "application/json")));
  ASSERT_TRUE(recorder->record(exchange(get("/c"), R"({"b":2)", "application/json")));
  ASSERT_EQ(recorder->left_out().size(), 1);
  EXPECT_EQ(recorder->left_out().begin()->second, 2);
  EXPECT_EQ(recorder->left_out().begin()->first, tape.reader()->interaction(2).value()->response->body.omitted);
}

TEST(Recorder, TheRecordCarriesTheKeyOfItsRedactedRequest) {
  Tape tape;
  const std::string token = "Bearer " + test::random_base64url(40);
  const http::Request asked = get("/api/trips?b=2&a=1", {{"Authorization", token}});
  tape.record({exchange(asked, "answer")});
  const auto reader = tape.reader();
  EXPECT_EQ(reader->key(0), match::key_of(tape.redacted(asked), usual_rules()));
  EXPECT_EQ(reader->key(0), match::key_of(reader->interaction(0).value()->request, usual_rules()));
  EXPECT_EQ(reader->key(0).rules, usual_rules().fingerprint);
}

TEST(Recorder, NoSecretReachesTheFile) {
  const std::string known = test::random_password();
  Tape tape(make_redactor({known}));
  const std::string token = test::random_base64url(40);
  const std::string user = test::random_text(12, "abcdefghijklmnop");
  const std::string password = test::random_base64url(20);
  Interaction raw = exchange(request("POST", "/oauth/token?token=" + token, {{"Authorization", "Bearer " + token}}),
                             R"({"echo":")" + token + R"(","password":")" + password + R"(","user":")" + user + "\"}",
                             "application/json");
  raw.request.fields.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  raw.request.body = "client_id=" + user + "&client_secret=" + password;
  raw.response->fields.push_back({"X-Anything", known});
  raw.response->fields.push_back({"Set-Cookie", "session=" + token + "; Path=/"});
  tape.record({raw});
  const std::string bytes = test::read_file(tape.path());
  for (const std::string& secret : {known, token, user, password}) {
    EXPECT_EQ(bytes.find(secret), std::string::npos) << "a secret of " << secret.size() << " characters";
  }
  EXPECT_TRUE(tape.redactor()->leaks(bytes, "the cassette").empty());
}

TEST(Recorder, ASecretLearnedLateIsPurgedBeforeTheSeal) {
  const std::string token = test::random_base64url(40);
  Tape tape;
  auto recorder = tape.recorder();
  ASSERT_TRUE(recorder->record(exchange(get("/api/trips/" + token), "the answer says " + token)));
  ASSERT_TRUE(recorder->record(exchange(get("/api/other"), "nothing here")));
  EXPECT_NE(test::read_file(tape.path()).find(token), std::string::npos);  // nobody could know
  ASSERT_TRUE(recorder->record(exchange(get("/api/trips", {{"Authorization", "Bearer " + token}}), "answer")));
  ASSERT_TRUE(recorder->close());
  EXPECT_EQ(recorder->purged(), 1U);
  recorder.reset();
  EXPECT_EQ(test::read_file(tape.path()).find(token), std::string::npos);
  const auto reader = tape.reader();
  ASSERT_EQ(reader->size(), 3U);
  EXPECT_EQ(reader->health(), cassette::Health::kSealed);
  for (std::uint64_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(tape.redactor()->leaks(*reader->interaction(i).value()).empty());
    EXPECT_EQ(reader->key(i), match::key_of(reader->interaction(i).value()->request, usual_rules()));
  }
  // A client that asks with the secret again finds its recording.
  EXPECT_EQ(reader->key(0), match::key_of(tape.redacted(get("/api/trips/" + token)), usual_rules()));
}

TEST(Recorder, WithoutLateSecretsTheFileStaysAsItIs) {
  const std::string token = test::random_base64url(40);
  Tape tape;
  auto recorder = tape.recorder();
  ASSERT_TRUE(recorder->record(exchange(get("/api/trips", {{"Authorization", "Bearer " + token}}), "answer")));
  ASSERT_TRUE(recorder->record(exchange(get("/api/trips/" + token), "answer")));
  const std::string before = test::read_file(tape.path());
  ASSERT_TRUE(recorder->close());
  EXPECT_EQ(recorder->purged(), 0U);
  EXPECT_TRUE(test::read_file(tape.path()).starts_with(before));
}

std::vector<cassette::Refusal> refusals_of(const Tape& tape) { return tape.reader()->refusals(); }

TEST(Recorder, TheHostOfARefusalIsRedactedAsThatOfAnInteraction) {
  const std::string secret = "k" + test::random_hex(28);
  Tape tape(make_redactor({secret}));
  auto recorder = tape.recorder();
  http::Request asked = get("/");
  asked.origin.host = secret + ".api.test";
  ASSERT_TRUE(recorder->record(exchange(asked, "answer")));
  recorder->note({1, "handshake", secret + ".api.test", "left for " + secret, 0});
  recorder->lose("not dialled: " + secret);
  ASSERT_TRUE(recorder->close());
  recorder.reset();
  EXPECT_EQ(test::read_file(tape.path()).find(secret), std::string::npos);
  ASSERT_EQ(refusals_of(tape).size(), 1U);
  EXPECT_EQ(refusals_of(tape)[0].host, tape.reader()->interaction(0).value()->request.origin.host);
  ASSERT_EQ(tape.reader()->gaps().size(), 1U);
}

TEST(Recorder, ASecretLearnedLateIsPurgedFromRefusals) {
  const std::string token = "k" + test::random_hex(28);
  Tape tape;
  auto recorder = tape.recorder();
  recorder->note({1, "handshake", "www." + token.substr(0, 1) + ".test", "left for x", 0});
  ASSERT_TRUE(recorder->writer().append(cassette::Refusal{2, "gate", "api.test", "it said " + token, 0}));
  ASSERT_TRUE(recorder->record(exchange(get("/api/trips", {{"Authorization", "Bearer " + token}}), "answer")));
  ASSERT_TRUE(recorder->close());
  recorder.reset();
  EXPECT_EQ(test::read_file(tape.path()).find(token), std::string::npos);
  EXPECT_EQ(tape.reader()->health(), cassette::Health::kSealed);
  EXPECT_EQ(refusals_of(tape).size(), 2U);
}

// Too short for the nets: nothing but knowing it finds it.
TEST(Recorder, WhatAnotherRecorderHasLeftUnsealedIsSearchedToo) {
  const std::string secret = "k" + test::random_hex(11);
  Tape tape(make_redactor({secret}));
  {
    auto killed = tape.recorder(make_redactor());
    ASSERT_TRUE(killed->record(exchange(get("/api/trips"), "answer " + secret)));
    killed->note({1, "gate", "api.test", "it said " + secret, 0});
  }
  auto recorder = tape.recorder();
  ASSERT_TRUE(recorder->close());
  EXPECT_EQ(recorder->purged(), 2U);
  recorder.reset();
  EXPECT_EQ(test::read_file(tape.path()).find(secret), std::string::npos);
  EXPECT_EQ(tape.reader()->health(), cassette::Health::kSealed);
}

TEST(Recorder, WhatCanNotBePutAnewLeavesTheCassetteUnsealed) {
  const std::string secret = "k" + test::random_hex(28);
  Tape tape(make_redactor({secret}));
  auto recorder = tape.recorder();
  ASSERT_TRUE(recorder->writer().append(cassette::UnknownRecord{200, 0, "for " + secret}));
  recorder.reset();
  recorder = tape.recorder();
  ASSERT_TRUE(recorder->record(exchange(get("/api/trips"), "answer")));
  const auto closed = recorder->close();
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().code, ErrorCode::kDamaged);
  EXPECT_EQ(closed.error().text.find(secret), std::string::npos);
  EXPECT_EQ(tape.reader()->health(), cassette::Health::kUnsealed);
}

TEST(Recorder, WhatDoesNotFitIsCountedAndNamed) {
  Tape tape;
  cassette::WriterOptions options;
  options.max_bytes = 6000;
  const auto recorder = tape.recorder(options);
  bool lost = false;
  for (int i = 0; i < 20 && !lost; ++i) {
    lost = !recorder->record(exchange(get("/api/trips"), test::random_base64url(2000)));
  }
  EXPECT_TRUE(lost);
  EXPECT_GT(recorder->writer().lost(), 0U);
  EXPECT_FALSE(recorder->writer().last_error().empty());
}

TEST(Recorder, FailuresAreRecordedLikeAnswers) {
  Tape tape;
  tape.record({failed(get("/api/trips"), FailureKind::kTimeout, "https://sandbox.avinode.com: no bytes in time")});
  const RedactedInteraction recorded = tape.reader()->interaction(0).value();
  EXPECT_FALSE(recorded->response);
  EXPECT_EQ(recorded->failure->kind, FailureKind::kTimeout);
  EXPECT_EQ(recorded->failure->detail, "https://sandbox.avinode.com: no bytes in time");
}

}  // namespace
}  // namespace cvr::engine
