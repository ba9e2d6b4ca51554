#include "engine/faults.h"

#include <thread>

#include "unit/engine/kit.h"

namespace cvr::engine {
namespace {

std::string complaint(std::string_view text) {
  const auto fault = parse_fault(text);
  if (fault) return "";
  EXPECT_EQ(fault.error().code, ErrorCode::kUsage);
  EXPECT_EQ(fault.error().text.find('\n'), std::string::npos);
  EXPECT_TRUE(fault.error().text.starts_with("--fault '")) << fault.error().text;
  return fault.error().text;
}

Faults faults(const std::vector<std::string>& texts, std::uint64_t seed = 1) {
  std::vector<Fault> out;
  for (const std::string& text : texts) out.push_back(parse_fault(text).value());
  return Faults(std::move(out), seed);
}

// "x..x" for a run of GET /a: where a status fault stands in the place of the answer.
std::string run(Faults& all, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += all.instead("GET", "/a") ? 'x' : '.';
  return out;
}

TEST(Faults, AreReadAsTheyAreTyped) {
  const Fault all =
      parse_fault("POST /trips/*: status=503 retry-after=7, delay=250ms rate=0.25 times=3 after=1").value();
  EXPECT_EQ(all.method, "POST");
  EXPECT_EQ(all.path, "/trips/*");
  EXPECT_EQ(all.status, 503);
  EXPECT_EQ(all.retry_after_s, 7U);
  EXPECT_EQ(all.delay_ms, 250);
  EXPECT_DOUBLE_EQ(all.rate, 0.25);
  EXPECT_EQ(all.times, 3U);
  EXPECT_EQ(all.after, 1U);
  EXPECT_TRUE(parse_fault("* *: reset")->reset);
  EXPECT_EQ(parse_fault("GET /a:b: truncate=1K")->truncate_bytes, 1024U);
  EXPECT_EQ(parse_fault("GET /a:b: truncate=1K")->path, "/a:b");
  EXPECT_EQ(parse_fault("GET /a:delay=2")->delay_ms, 2000);
  EXPECT_DOUBLE_EQ(parse_fault("GET /a: reset rate=1")->rate, 1);
  EXPECT_DOUBLE_EQ(parse_fault("GET /a: reset rate=.5")->rate, 0.5);
}

TEST(Faults, WhatIsWrongIsToldWithWhatIsAllowed) {
  for (const char* text :
       {"", "GET", "GET /a", "GET: reset", "GET /a:", "GET /a: explode", ": reset", "GET /a: rate=0.5"}) {
    EXPECT_NE(complaint(text).find("'POST /trips: status=503'"), std::string::npos) << text << complaint(text);
  }
  EXPECT_NE(complaint("GET /a: status=99").find("200 to 599"), std::string::npos);
  EXPECT_NE(complaint("GET /a: status=999999999999999999999").find("200 to 599"), std::string::npos);
  EXPECT_NE(complaint("GET /a: status").find("200 to 599"), std::string::npos);
  EXPECT_NE(complaint("GET /a: status=").find("200 to 599"), std::string::npos);
  EXPECT_NE(complaint("GET /a: delay=2h").find("at most an hour"), std::string::npos);
  EXPECT_NE(complaint("GET /a: truncate=-1").find("a size"), std::string::npos);
  for (const char* rate : {"2", "1.5", "-1", "0.", ".", "", "0.x", "1e9", "0.0000000001"}) {
    EXPECT_NE(complaint("GET /a: reset rate=" + std::string(rate)).find("0 to 1"), std::string::npos) << rate;
  }
  EXPECT_NE(complaint("GET /a: reset times=x").find("a number"), std::string::npos);
  EXPECT_NE(complaint("GET /a: reset status=500").find("one of"), std::string::npos);
  EXPECT_NE(complaint("GET /a: reset retry-after=1").find("goes with status"), std::string::npos);
  EXPECT_NE(complaint("GET a: reset").find("begins with / or *"), std::string::npos);
  EXPECT_NE(complaint("GET /a?b: reset").find("no query"), std::string::npos);
  EXPECT_NE(complaint("G\x1b[2J /a: reset").find("METHOD"), std::string::npos);
  EXPECT_EQ(complaint("G\x1b[2J /a: reset").find('\x1b'), std::string::npos);
  EXPECT_LT(complaint(std::string(100'000, 'a')).size(), 1500U);
}

TEST(Faults, StarsStandForAnything) {
  const std::tuple<const char*, const char*, bool> cases[] = {
      {"/a", "/a", true},       {"/a", "/ab", false},          {"/a*", "/a", true},     {"/a*", "/a/b/c", false},
      {"*", "/", true},         {"/**/c", "/a/b/c", true},     {"/*/c", "/a/b", false}, {"/a*b*c", "/aXbXbXc", true},
      {"/a*b*c", "/ac", false}, {"/trips/*", "/trips", false}, {"/**", "/x", true},     {"/a", "/A", false},
  };
  for (const auto& [pattern, path, fits] : cases) {
    Faults one = faults({"GET " + std::string(pattern) + ": reset"});
    EXPECT_EQ(one.instead("GET", path).has_value(), fits) << pattern << ' ' << path;
  }
  Faults hostile = faults({"GET /*a*a*a*a*a*a*a*a*b: reset"});
  EXPECT_FALSE(hostile.instead("GET", "/" + std::string(16'000, 'a')));  // ends soon
  Faults post = faults({"POST /a: reset"});
  EXPECT_FALSE(post.instead("GET", "/a"));
  EXPECT_FALSE(post.instead("post", "/a"));  // methods are case-sensitive (RFC 9110 section 9.1)
}

TEST(Faults, TakeTurns) {
  Faults third = faults({"GET /a: status=500 after=2 times=2"});
  EXPECT_EQ(run(third, 6), "..xx..");
  EXPECT_EQ(third.counts()[0].matched, 6U);
  EXPECT_EQ(third.counts()[0].fired, 2U);
  // The first that ends the answer decides; the next is not asked.
  Faults two = faults({"GET /a: status=500 times=1", "* *: status=503 times=1"});
  EXPECT_EQ(two.instead("GET", "/a")->status, 500);
  EXPECT_EQ(two.counts()[1].matched, 0U);
  EXPECT_EQ(two.instead("GET", "/a")->status, 503);
  EXPECT_FALSE(two.instead("GET", "/a"));
}

TEST(Faults, ASeedAlwaysHitsTheSameRequests) {
  Faults one = faults({"GET /a: status=500 rate=0.3"}, 42);
  Faults again = faults({"GET /a: status=500 rate=0.3"}, 42);
  Faults other = faults({"GET /a: status=500 rate=0.3"}, 43);
  const std::string hits = run(one, 1000);
  EXPECT_EQ(run(again, 1000), hits);
  EXPECT_NE(run(other, 1000), hits);
  EXPECT_NEAR(static_cast<double>(one.counts()[0].fired), 300, 60);
  EXPECT_EQ(one.seed(), 42U);
  Faults never = faults({"GET /a: status=500 rate=0"}), always = faults({"GET /a: status=500 rate=1.0"});
  EXPECT_EQ(run(never, 5), ".....");
  EXPECT_EQ(run(always, 5), "xxxxx");
}

TEST(Faults, DelaysAndCutsAreForRecordedAnswers) {
  Faults all = faults({"GET /a: delay=1s", "GET /*: truncate=3 delay=2s", "GET /a: truncate=1"});
  EXPECT_FALSE(all.instead("GET", "/a"));
  const Mishap mishap = all.upon("GET", "/a", 10);
  EXPECT_EQ(mishap.delay_ms, 3000);
  EXPECT_EQ(mishap.truncate_bytes, 3U);
  EXPECT_EQ(all.counts()[2].matched, 0U);
  // A body that is short enough is not cut.
  Faults cut = faults({"GET /a: truncate=3"});
  EXPECT_FALSE(cut.upon("GET", "/a", 3).truncate_bytes);
  EXPECT_EQ(cut.counts()[0].matched, 1U) << "it was for that request, and had nothing to cut";
  EXPECT_EQ(cut.counts()[0].fired, 0U);
}

TEST(Faults, AreCountedFromSeveralThreads) {
  Faults all = faults({"* *: status=500 times=100"});
  std::atomic<int> fired{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 1000; ++k) fired += all.instead("GET", "/a") ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(fired.load(), 100);
  EXPECT_EQ(all.counts()[0].matched, 4000U);
}

Playback answered(std::string body, Framing framing) {
  Playback playback;
  playback.head = "HTTP/1.1 200 OK\r\n";
  playback.body = std::move(body);
  playback.framing = framing;
  make_wire(playback);
  return playback;
}

TEST(Faults, ACutAnswerAnnouncesTheWhole) {
  const Playback cut = truncated(answered("hello", Framing::kLength), 2);
  EXPECT_EQ(cut.wire, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
  EXPECT_EQ(cut.cut_after, 2U);
  EXPECT_EQ(truncated(answered("hello", Framing::kLength), 0).wire, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(truncated(answered("hello", Framing::kChunked), 2).wire,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n");
  EXPECT_FALSE(truncated(answered("hello", Framing::kLength), 5).cut_after);
  Playback half = answered("hello", Framing::kLength);  // broken off already
  half.cut_after = 5;
  half.announced = 100;
  EXPECT_EQ(truncated(half, 2).announced, 100U);
  Playback pieces = answered("hello", Framing::kLength);
  pieces.pieces = {{2, 0}, {2, 10}, {1, 20}};
  const auto left = truncated(pieces, 3).pieces;
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[1].bytes, 1U);
  Playback head = answered("", Framing::kLength);
  head.bodiless = true;
  EXPECT_FALSE(truncated(head, 0).cut_after);
}

}  // namespace
}  // namespace cvr::engine
