#include "http/head.h"

#include <algorithm>

#include "feeding.h"
#include "hostile_heads.h"
#include "http/characters.h"
#include "legal_heads.h"
#include "support/random.h"

namespace cvr::http {
namespace {

using test::Kind;
using test::request_byte_by_byte;
using test::request_whole;
using test::request_with;
using test::response_byte_by_byte;
using test::response_whole;
using test::response_with;

TEST(Head, RefusesHostileRequestsWholeAndByteByByte) {
  const auto cases = test::hostile_requests();
  ASSERT_GE(cases.size(), 150u);
  for (const auto& hostile : cases) {
    const HeadResult whole = request_whole(hostile.bytes);
    ASSERT_EQ(whole.kind, Kind::kRefused) << hostile.name;
    EXPECT_EQ(whole.status, hostile.status) << hostile.name << '\n' << whole.why;
    EXPECT_STRNE(whole.why, "");
    const HeadResult split = request_byte_by_byte(hostile.bytes);
    ASSERT_EQ(split.kind, Kind::kRefused) << hostile.name;
    EXPECT_EQ(split.status, hostile.status) << hostile.name << '\n' << split.why;
  }
}

TEST(Head, RefusesHostileResponsesWholeAndByteByByte) {
  const auto cases = test::hostile_responses();
  ASSERT_GE(cases.size(), 150u);
  for (const auto& hostile : cases) {
    const HeadResult whole = response_whole(hostile.bytes);
    ASSERT_EQ(whole.kind, Kind::kRefused) << hostile.name;
    EXPECT_EQ(whole.status, 502) << hostile.name << '\n' << whole.why;
    const HeadResult split = response_byte_by_byte(hostile.bytes);
    ASSERT_EQ(split.kind, Kind::kRefused) << hostile.name;
    EXPECT_EQ(split.status, 502) << hostile.name << '\n' << split.why;
  }
}

TEST(Head, AcceptsOddButLegalRequests) {
  for (const std::string& bytes : test::legal_requests()) {
    const std::string name = bytes.substr(0, 120);
    RequestHead head;
    const std::string pipelined = bytes + "\x16 what follows";
    const HeadResult whole = request_whole(pipelined, &head);
    ASSERT_EQ(whole.kind, Kind::kDone) << name << '\n' << whole.why;
    EXPECT_EQ(whole.consumed, bytes.size()) << name;
    RequestHead again;
    const HeadResult split = request_byte_by_byte(bytes, &again);
    ASSERT_EQ(split.kind, Kind::kDone) << name << '\n' << split.why;
    EXPECT_EQ(split.consumed, bytes.size()) << name;
    EXPECT_EQ(to_fields(head.fields), to_fields(again.fields)) << name;
    EXPECT_EQ(head.framing, again.framing) << name;
    EXPECT_EQ(head.content_length, again.content_length) << name;
  }
}

TEST(Head, AcceptsOddButLegalResponses) {
  for (const std::string& bytes : test::legal_responses()) {
    const std::string name = bytes.substr(0, 120);
    const HeadResult whole = response_whole(bytes + "body");
    ASSERT_EQ(whole.kind, Kind::kDone) << name << '\n' << whole.why;
    EXPECT_EQ(whole.consumed, bytes.size()) << name;
    const HeadResult split = response_byte_by_byte(bytes);
    ASSERT_EQ(split.kind, Kind::kDone) << name << '\n' << split.why;
    EXPECT_EQ(split.consumed, bytes.size()) << name;
  }
}

TEST(Head, TakesARequestApart) {
  const std::string bytes = "POST /a?b=c HTTP/1.1\r\nHost: Example.com\r\nA:  b \r\na:\r\nContent-Length: 3\r\n\r\nxyz";
  RequestHead head;
  const HeadResult result = request_whole(bytes, &head);
  ASSERT_EQ(result.kind, Kind::kDone) << result.why;
  EXPECT_EQ(result.consumed, bytes.size() - 3);
  EXPECT_EQ(head.method, "POST");
  EXPECT_EQ(head.target, "/a?b=c");
  EXPECT_EQ(head.minor_version, 1);
  EXPECT_EQ(head.host, "Example.com");
  EXPECT_EQ(to_fields(head.fields), (Fields{{"Host", "Example.com"}, {"A", "b"}, {"a", ""}, {"Content-Length", "3"}}));
  EXPECT_EQ(head.framing, Framing::kLength);
  EXPECT_EQ(head.content_length, 3u);
}

TEST(Head, TakesAResponseApart) {
  const std::string bytes = "HTTP/1.0 404  No such\tthing \r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\n";
  ResponseHead head;
  const HeadResult result = response_whole(bytes, "GET", &head);
  ASSERT_EQ(result.kind, Kind::kDone) << result.why;
  EXPECT_EQ(head.status, 404);
  EXPECT_EQ(head.reason, " No such\tthing ");
  EXPECT_EQ(head.minor_version, 0);
  EXPECT_EQ(to_fields(head.fields), (Fields{{"Set-Cookie", "a"}, {"Set-Cookie", "b"}}));
}

TEST(Head, AHeadObjectIsUsedAgain) {
  RequestHead head;
  const std::string long_one =
      request_with("A: b\r\nC: d\r\nContent-Length: 9\r\nConnection: close\r\nExpect: 100-continue\r\n");
  ASSERT_EQ(request_whole(long_one, &head).kind, Kind::kDone);
  const std::string old_version = "GET / HTTP/1.0\r\n\r\n";
  ASSERT_EQ(request_whole(old_version, &head).kind, Kind::kDone);
  EXPECT_TRUE(head.fields.empty());
  EXPECT_TRUE(head.host.empty());
  EXPECT_EQ(head.framing, Framing::kNone);
  EXPECT_EQ(head.content_length, 0u);
  EXPECT_FALSE(head.expects_continue);
  EXPECT_FALSE(head.keep_alive);
}

TEST(Head, RefusesBeforeTheHeadIsWhole) {
  for (const std::string beginning :
       {"GET /\r\n", "GET / HTTP/2.0\r\n", "\x16\x03\x01", "\x05\x01", "\x80", " ", "\n", "\r\n\r", "GET /\x01",
        "GET /\n", "GET / HTTP/1.1\r\nA: b\x7f", "GET / HTTP/1.1\r\nA: b\n", "GET / HTTP/1.1\r\nA: b\rc",
        "GET / HTTP/1.1 \r\nA"}) {
    EXPECT_EQ(request_whole(beginning).kind, Kind::kRefused) << beginning;
    EXPECT_EQ(request_byte_by_byte(beginning).kind, Kind::kRefused) << beginning;
  }
  for (const std::string beginning :
       {"X", "HTTQ", "HTTP/2", "HTTP/1.1 20\r\n", "SSH-2.0", "\r\n", "HTTP/1.1 200 OK\r\nA\n"}) {
    if (beginning == "HTTP/2") continue;  // a version is told when its line is whole
    EXPECT_EQ(response_whole(beginning).kind, Kind::kRefused) << beginning;
    EXPECT_EQ(response_byte_by_byte(beginning).kind, Kind::kRefused) << beginning;
  }
}

TEST(Head, WaitsForWhatMayBecomeAHead) {
  const std::string request = "\r\nGET / HTTP/1.1\r\nHost: a\r\nA: \tb\r\n\r\n";
  for (std::size_t size = 0; size < request.size(); ++size) {
    EXPECT_EQ(request_whole(request.substr(0, size)).kind, Kind::kNeedMore) << size;
  }
  const std::string response = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
  for (std::size_t size = 0; size < response.size(); ++size) {
    EXPECT_EQ(response_whole(response.substr(0, size)).kind, Kind::kNeedMore) << size;
  }
}

// The parser must not look at old bytes again: here they are replaced by bytes it would refuse.
TEST(Head, DoesNotScanTwice) {
  std::string bytes = "GET / HTTP/1.1\r\nHost: a\r\n";
  RequestHead head;
  std::size_t scanned = 0;
  ASSERT_EQ(parse_request_head(bytes, scanned, HeadLimits{}, head).kind, Kind::kNeedMore);
  for (int i = 0; i < 10'000; ++i) {
    bytes += "A: b\r\n"[i % 6];
    if (i > 8) bytes[bytes.size() - 5] = '\x01';
    ASSERT_EQ(parse_request_head(bytes, scanned, HeadLimits{}, head).kind, Kind::kNeedMore) << i;
    ASSERT_EQ(scanned, bytes.size());
  }
  std::string trailers = "A: ";
  std::vector<FieldView> fields;
  scanned = 0;
  for (int i = 0; i < 10'000; ++i) {
    trailers += 'x';
    if (i > 8) trailers[trailers.size() - 5] = '\x01';
    ASSERT_EQ(parse_trailers(trailers, scanned, HeadLimits{}, fields).kind, Kind::kNeedMore) << i;
  }
}

TEST(Head, SplitAnywhereGivesTheSameFields) {
  const std::string bytes = "\r\nPUT /a HTTP/1.1\r\nHost: a\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n";
  for (std::size_t first = 0; first < bytes.size(); ++first) {
    for (std::size_t second = first; second < bytes.size(); ++second) {
      RequestHead head;
      std::size_t scanned = 0;
      HeadResult result;
      for (const std::size_t size : {first, second, bytes.size()}) {
        result = parse_request_head(std::string_view(bytes).substr(0, size), scanned, HeadLimits{}, head);
        if (result.kind != Kind::kNeedMore) break;
      }
      ASSERT_EQ(result.kind, Kind::kDone) << first << ' ' << second << result.why;
      ASSERT_EQ(result.consumed, bytes.size() - 3);
      ASSERT_EQ(head.fields.size(), 3u);
    }
  }
}

// Any single byte put at any place of a sound head: refused, or one reading that says so.
TEST(Head, EveryByteAtEveryPlace) {
  const std::string sound = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nA: b\r\n\r\n";
  for (std::size_t at = 0; at < sound.size(); ++at) {
    for (int c = 0; c < 256; ++c) {
      std::string bytes = sound;
      bytes.insert(at, 1, static_cast<char>(c));
      RequestHead head;
      const HeadResult whole = request_whole(bytes, &head);
      ASSERT_EQ(whole.kind, request_byte_by_byte(bytes).kind) << at << ' ' << c;
      if (whole.kind != Kind::kDone) continue;
      const bool control = (c < 0x20 && c != '\t') || c == 0x7f;
      ASSERT_TRUE(!control || c == '\r' || c == '\n') << at << ' ' << c;
      ASSERT_TRUE(!control || at + 2 >= sound.size()) << at << ' ' << c;  // behind the head: not part of it
      // A Content-Length is either there once, as the digits say, or its name was changed.
      const auto lengths = std::count_if(head.fields.begin(), head.fields.end(), [](const FieldView& field) {
        return equals_ignoring_case(field.name, "content-length");
      });
      ASSERT_EQ(lengths, head.framing == Framing::kLength ? 1 : 0) << at << ' ' << c;
    }
  }
}

TEST(Head, LimitsAreExact) {
  HeadLimits limits;
  limits.head_bytes = 64;
  limits.fields = 3;
  limits.target_bytes = 8;
  const auto status = [&](const std::string& bytes) { return request_whole(bytes, nullptr, limits).status; };
  EXPECT_EQ(status("GET /2345678 HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
  EXPECT_EQ(status("GET /23456789 HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
  EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: a\r\nB:\r\nC:\r\n\r\n"), 0);
  EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: a\r\nB:\r\nC:\r\nD:\r\n\r\n"), 431);
  const std::string start = "GET / HTTP/1.1\r\nHost: a\r\nB: ";
  const std::string full = start + std::string(64 - start.size() - 4, 'x') + "\r\n\r\n";
  ASSERT_EQ(full.size(), 64u);
  EXPECT_EQ(status(full), 0);
  EXPECT_EQ(status(full + std::string(1000, 'b')), 0);
  EXPECT_EQ(status(start + std::string(64 - start.size() - 3, 'x') + "\r\n\r\n"), 431);
  EXPECT_EQ(status(start + std::string(64, 'x')), 431);
}

TEST(Head, RefusalsHoldNoPayload) {
  const std::string secret = cvr::test::random_hex(32);
  for (const std::string& bytes :
       {request_with("A" + secret + " : b\r\n"), request_with("Content-Length: " + secret + "\r\n"),
        "GET " + secret + "\r\n\r\n", "GET / HTTP/1.1\r\nHost: " + secret + "@a\r\n\r\n"}) {
    const HeadResult result = request_whole(bytes);
    ASSERT_EQ(result.kind, Kind::kRefused) << bytes;
    EXPECT_EQ(std::string_view(result.why).find(secret), std::string_view::npos);
  }
}

TEST(Head, TrailersKeepFramingNamesOut) {
  std::vector<FieldView> fields;
  const auto parse = [&](std::string_view bytes) { return parse_trailers(bytes, HeadLimits{}, fields); };
  EXPECT_EQ(parse("\r\nrest").consumed, 2u);
  EXPECT_TRUE(fields.empty());
  EXPECT_EQ(parse("X-Sum: abc\r\nY:\r\n\r\nrest").consumed, 18u);
  EXPECT_EQ(to_fields(fields), (Fields{{"X-Sum", "abc"}, {"Y", ""}}));
  for (const char* name : {"Content-Length", "transfer-encoding", "HOST", "Content_Length", "TRANSFER_ENCODING"}) {
    EXPECT_EQ(parse(std::string(name) + ": 1\r\n\r\n").kind, Kind::kRefused) << name;
  }
  for (const std::string& lines : test::malformed_lines()) {
    EXPECT_EQ(parse("X: y\r\n" + lines + "\r\n").kind, Kind::kRefused) << lines;
  }
  for (const char* unfinished : {"", "\r", "X", "X: y\r\n", "X: y\r\n\r"}) {
    EXPECT_EQ(parse(unfinished).kind, Kind::kNeedMore) << unfinished;
  }
  EXPECT_EQ(parse(std::string(70'000, 'x')).status, 431);
  EXPECT_EQ(parse("\n").kind, Kind::kRefused);
}

TEST(Head, HopByHopNames) {
  for (const char* name :
       {"Connection", "connection", "Keep-Alive", "TE", "Transfer-Encoding", "Upgrade", "Proxy-Connection",
        "Proxy-Authorization", "Proxy-Authenticate", "Proxy-Authentication-Info", "HTTP2-Settings"}) {
    EXPECT_TRUE(is_hop_by_hop(name)) << name;
  }
  for (const char* name : {"Trailer", "Host", "Content-Length", "Date", "Authorization", "WWW-Authenticate", "T", "",
                           "Upgrad3", "Expect", "Via", "Connection-", "Keep_Alive"}) {
    EXPECT_FALSE(is_hop_by_hop(name)) << name;
  }
}

TEST(Head, Lists) {
  EXPECT_TRUE(list_contains("close", "close"));
  EXPECT_TRUE(list_contains("a, \tCLOSE ,b", "close"));
  EXPECT_TRUE(list_contains(",,close,,", "close"));
  EXPECT_FALSE(list_contains("", "close"));
  EXPECT_FALSE(list_contains("closed, xclose, clo se", "close"));
  EXPECT_FALSE(list_contains(",", "close"));
}

TEST(Head, EndOfValueAgreesWithTheTable) {
  for (int c = 0; c < 256; ++c) {
    for (std::size_t at = 0; at < 24; ++at) {
      std::string text(24, '\xe9');
      text[23 - at] = '\t';
      text[at] = static_cast<char>(c);
      const auto plain = std::find_if_not(text.begin(), text.end(), is_value_character) - text.begin();
      ASSERT_EQ(end_of_value(text, 0), static_cast<std::size_t>(plain)) << c << ' ' << at;
    }
  }
  EXPECT_EQ(end_of_value("", 0), 0u);
  EXPECT_EQ(end_of_value("ab\r", 3), 3u);
}

}  // namespace
}  // namespace cvr::http
