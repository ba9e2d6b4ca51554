#include "engine/player.h"

#include <thread>

#include "support/golden.h"
#include "support/random.h"
#include "unit/engine/kit.h"

namespace cvr::engine {
namespace {

std::string body(const std::variant<Hit, NoAnswer>& answer) {
  const auto* hit = std::get_if<Hit>(&answer);
  return hit != nullptr ? hit->playback->body : "none: " + std::get<NoAnswer>(answer).reason;
}

// "#3 query, #1 path"
std::string nearest(const match::MissReport& report) {
  std::string out;
  for (const match::Nearest& near : report.nearest) {
    out += (out.empty() ? "#" : ", #") + std::to_string(near.n) + ' ' + near.difference.rule;
  }
  return out;
}

TEST(Player, AnswersWhatWasRecordedInItsOrder) {
  Tape tape;
  tape.record({exchange(get("/a"), "a1"), exchange(get("/b"), "b1"), exchange(get("/a"), "a2")});
  const auto player = tape.player();
  EXPECT_EQ(player->size(), 3U);
  EXPECT_EQ(body(player->answer(tape.redacted(get("/a")), nullptr)), "a1");
  EXPECT_EQ(body(player->answer(tape.redacted(get("/a")), nullptr)), "a2");
  EXPECT_EQ(body(player->answer(tape.redacted(get("/b")), nullptr)), "b1");
  EXPECT_EQ(player->unused(), 0U);
}

TEST(Player, SaysWhyNothingAnswers) {
  Tape tape;
  tape.record({exchange(request("POST", "/a"), "1"), exchange(request("POST", "/a"), "2")});
  const auto player = tape.player();
  const RedactedRequest asked = tape.redacted(request("POST", "/a"));
  EXPECT_EQ(body(player->answer(tape.redacted(request("PUT", "/a")), nullptr)),
            "none: no recorded interaction matches");
  player->answer(asked, nullptr);
  player->answer(asked, nullptr);
  EXPECT_EQ(body(player->answer(asked, nullptr)), "none: all 2 matching interactions were used");
}

TEST(Player, ExplainsByTheNearestThree) {
  Tape tape;
  tape.record({exchange(request("DELETE", "/other"), ""), exchange(get("/trips/1"), ""),
               exchange(get("/trips?a=1"), ""), exchange(request("POST", "/trips?a=2"), ""),
               exchange(get("/trips?a=3"), "")});
  const auto player = tape.player();
  const match::MissReport report = player->explain(tape.redacted(get("/trips?a=9")), "why");
  EXPECT_EQ(report.method, "GET");
  EXPECT_EQ(report.url, "https://sandbox.avinode.com/trips?a=9");
  EXPECT_EQ(report.reason, "why");
  EXPECT_NE(report.hint.find("cvr run --mode new_episodes"), std::string::npos);
  EXPECT_EQ(report.nearest.size(), 3U);
  EXPECT_TRUE(nearest(report).starts_with("#3 query, #5 query, #")) << nearest(report);
  EXPECT_EQ(player->unused(), 5U);  // to explain takes no position
}

TEST(Player, AnExplanationHoldsNoSecret) {
  const std::string token = test::random_base64url(40);
  Tape tape;
  tape.record({exchange(get("/trips?access_token=" + test::random_base64url(40)), "")});
  const http::Request asked = get("/trips?a=1&access_token=" + token);
  const match::MissReport report = tape.player()->explain(tape.redacted(asked), "why");
  EXPECT_EQ(match::to_json(report).find(token), std::string::npos);
  EXPECT_EQ(match::to_text(report).find(token), std::string::npos);
}

TEST(Player, SeveralCassettesAreOneSequence) {
  Tape first, second;
  first.record({exchange(get("/a"), "first"), exchange(get("/b"), "b")});
  second.record({exchange(get("/a"), "second"), exchange(get("/c"), "c")});
  std::vector<std::unique_ptr<cassette::Reader>> readers;
  readers.push_back(first.reader());
  readers.push_back(second.reader());
  Player player(std::move(readers), usual_rules(), OnEnd::kFail);
  EXPECT_EQ(player.size(), 4U);
  EXPECT_EQ(body(player.answer(first.redacted(get("/c")), nullptr)), "c");
  EXPECT_EQ(body(player.answer(first.redacted(get("/a")), nullptr)), "first");
  EXPECT_EQ(body(player.answer(first.redacted(get("/a")), nullptr)), "second");
  const auto unused = player.list_unused(10);
  ASSERT_EQ(unused.size(), 1U);
  EXPECT_EQ(unused[0].n, 2U);
  EXPECT_EQ(unused[0].method + ' ' + unused[0].url, "GET https://sandbox.avinode.com/b");
}

TEST(Player, WithoutACassetteNothingAnswers) {
  Tape tape;
  Player player({}, usual_rules(), OnEnd::kDefault);
  EXPECT_EQ(player.size(), 0U);
  EXPECT_EQ(body(player.answer(tape.redacted(get("/a")), nullptr)), "none: no recorded interaction matches");
  EXPECT_TRUE(player.explain(tape.redacted(get("/a")), "why").nearest.empty());
}

TEST(Player, AnswersAreKeptReady) {
  Tape tape;
  tape.record({exchange(get("/a"), "a")});
  const auto player = tape.player(OnEnd::kLast);
  const auto first = player->answer(tape.redacted(get("/a")), nullptr);
  const auto second = player->answer(tape.redacted(get("/a")), nullptr);
  EXPECT_EQ(std::get<Hit>(first).playback, std::get<Hit>(second).playback);
}

TEST(Player, BeyondTheBoundAnswersAreMadeAnew) {
  Tape tape;
  const std::string large(12 << 20, '.');
  {
    // Put on record as it is: to redact so much takes long under a sanitizer.
    const auto recorder = tape.recorder();
    for (const char* path : {"/0", "/1", "/2"}) {
      RedactedParts parts;
      parts.request = tape.redacted(get(path));
      parts.response.emplace();
      parts.response->status = 200;
      parts.response->body.content.text = large;
      parts.key = match::key_of(parts.request, usual_rules());
      ASSERT_TRUE(recorder->writer().append(RedactionPass::vouch(parts)));
    }
  }
  const auto player = tape.player();
  std::string owned;
  for (const char* path : {"/0", "/1", "/2"}) {
    const auto answer = player->answer(tape.redacted(get(path)), nullptr);
    EXPECT_TRUE(body(answer) == large) << path;
    owned += std::get<Hit>(answer).owned != nullptr ? "owned " : "kept ";
  }
  EXPECT_EQ(owned, "kept kept owned ");  // 64 MiB, counted as head and body and as the whole
}

TEST(Player, MappedAnswersAreNotKeptForOthers) {
  Tape tape;
  tape.record({exchange(get("/a"), R"({"href":"https://sandbox.avinode.com/1"})", "application/json")});
  const auto player = tape.player(OnEnd::kLast);
  const LinkMap links{"https://sandbox.avinode.com", "http://127.0.0.1:9"};
  const RedactedRequest asked = tape.redacted(get("/a"));
  EXPECT_EQ(body(player->answer(asked, &links)), R"({"href":"http://127.0.0.1:9/1"})");
  EXPECT_EQ(body(player->answer(asked, nullptr)), R"({"href":"https://sandbox.avinode.com/1"})");
  EXPECT_EQ(body(player->answer(asked, &links)), R"({"href":"http://127.0.0.1:9/1"})");
}

TEST(Player, UnderOtherMatchRulesTheRecordsAreKeyedAnew) {
  Tape tape;
  match::MatchRules old_rules = usual_rules();
  old_rules.volatile_query = {"a"};
  old_rules.fingerprint ^= 1;
  {
    const auto recorder = tape.recorder({}, old_rules);
    ASSERT_TRUE(recorder->record(exchange(get("/a?a=1"), "one")));
    ASSERT_TRUE(recorder->record(exchange(get("/a?a=2"), "two")));
  }
  const auto player = tape.player();
  EXPECT_EQ(body(player->answer(tape.redacted(get("/a?a=2")), nullptr)), "two");
  EXPECT_EQ(body(player->answer(tape.redacted(get("/a?a=1")), nullptr)), "one");
}

TEST(Player, UnderALooserRuleTheSameComesFirst) {
  Tape tape;
  {
    const auto recorder = tape.recorder();
    for (const char* n : {"1", "2", "3"}) {
      ASSERT_TRUE(recorder->record(exchange(get(std::string("/a?q=") + n), n)));
    }
  }
  match::MatchRules loose = usual_rules();
  loose.parts.query = *match::parse_comparison("any");
  match::finish_rules(loose);
  std::vector<std::unique_ptr<cassette::Reader>> readers;
  readers.push_back(tape.reader());
  Player player(std::move(readers), loose, OnEnd::kFail);
  const auto asked = [&](const std::string& n) {
    return body(player.answer(tape.redacted(get("/a?q=" + n)), nullptr));
  };
  EXPECT_EQ(asked("3"), "3");
  EXPECT_EQ(asked("9"), "1");  // only alike: the first that is left
  EXPECT_EQ(asked("2"), "2");
  EXPECT_EQ(player.unused(), 0U);
}

TEST(Player, ADamagedRecordIsNotPlayed) {
  Tape tape;
  const std::string good = test::random_base64url(5000);
  tape.record({exchange(get("/a"), good), exchange(get("/b"), "b")});
  std::string bytes = test::read_file(tape.path());
  bytes[2000] = static_cast<char>(bytes[2000] ^ 1);  // in the first record's body
  std::vector<std::unique_ptr<cassette::Reader>> readers;
  readers.push_back(cassette::Reader::open_bytes(bytes, "t.cvr").value());
  Player player(std::move(readers), usual_rules(), OnEnd::kLast);
  const std::string answer = body(player.answer(tape.redacted(get("/a")), nullptr));
  EXPECT_TRUE(answer.starts_with("none: ")) << answer.substr(0, 100);
  EXPECT_NE(answer, "none: no recorded interaction matches");
  EXPECT_EQ(body(player.answer(tape.redacted(get("/b")), nullptr)), "b");
}

TEST(Player, ABodyThatWasNotRecordedIsNoAnswer) {
  Tape tape;
  Interaction raw = exchange(get("/a"), "");
  raw.response_over_limit = BodyDigest{1 << 30, {}};
  tape.record({raw});
  const std::string answer = body(tape.player()->answer(tape.redacted(get("/a")), nullptr));
  EXPECT_TRUE(answer.starts_with("none: the body of this answer was not recorded (omitted: ")) << answer;
}

TEST(Player, TheListOfUnusedIsBounded) {
  Tape tape;
  tape.record({exchange(get("/1"), ""), exchange(get("/2"), ""), exchange(get("/3"), "")});
  const auto player = tape.player();
  player->answer(tape.redacted(get("/1")), nullptr);
  EXPECT_EQ(player->list_unused(1).size(), 1U);
  EXPECT_EQ(player->list_unused(1)[0].n, 2U);
  EXPECT_EQ(player->unused(), 2U);
}

TEST(Player, RewoundItAnswersFromTheBeginning) {
  Tape tape;
  tape.record({exchange(get("/a"), "1"), exchange(get("/a"), "2")});
  const auto player = tape.player();
  EXPECT_EQ(body(player->answer(tape.redacted(get("/a")), nullptr)), "1");
  player->rewind();
  EXPECT_EQ(player->unused(), 2U);
  EXPECT_EQ(body(player->answer(tape.redacted(get("/a")), nullptr)), "1");
}

TEST(Player, ThreadsShareAnswersAndPositions) {
  constexpr int kRecorded = 64;
  Tape tape;
  std::vector<Interaction> all;
  for (int i = 0; i < kRecorded; ++i) all.push_back(exchange(get("/a"), std::to_string(i)));
  all.push_back(exchange(get("/b"), "b"));
  tape.record(all);
  const auto player = tape.player(OnEnd::kLast);
  const RedactedRequest a = tape.redacted(get("/a"));
  const RedactedRequest b = tape.redacted(get("/b"));
  std::atomic<int> sum{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < kRecorded / 4; ++i) {
        sum += std::stoi(body(player->answer(a, nullptr)));
        EXPECT_EQ(body(player->answer(b, nullptr)), "b");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(sum, kRecorded * (kRecorded - 1) / 2);  // each once
}

TEST(Player, UrlsForPeople) {
  Tape tape;
  EXPECT_EQ(url_of(tape.redacted(get("/a"))), "https://sandbox.avinode.com/a");
  EXPECT_EQ(url_of(tape.redacted(get("/a?"))), "https://sandbox.avinode.com/a?");
  http::Request all = request("OPTIONS", "*");
  all.origin.port = 8443;
  EXPECT_EQ(url_of(tape.redacted(all)), "https://sandbox.avinode.com:8443/*");
}

}  // namespace
}  // namespace cvr::engine
