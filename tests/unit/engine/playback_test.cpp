#include "engine/playback.h"

#include "http/chunks.h"
#include "http/codings.h"
#include "http/head.h"

namespace cvr::engine {
namespace {

RedactedText text(std::string plain) { return {std::move(plain), {}}; }
RedactedField field(std::string name, std::string value) { return {text(std::move(name)), text(std::move(value))}; }

// A recorded GET that was answered with `body`.
RedactedParts recorded(std::string body, std::vector<RedactedField> fields = {}, Framing framing = Framing::kLength) {
  RedactedParts parts;
  parts.request.method = "GET";
  parts.request.path = text("/");
  parts.response.emplace();
  parts.response->status = 200;
  parts.response->reason = text("OK");
  parts.response->fields = std::move(fields);
  parts.response->body.content = text(std::move(body));
  parts.response_framing = framing;
  return parts;
}

Playback play(RedactedParts parts, const LinkMap* links = nullptr) {
  auto made = make_playback(7, RedactionPass::vouch(std::move(parts)), links);
  EXPECT_TRUE(made) << (made ? "" : made.error().text);
  return std::move(*made);
}

TEST(Playback, LengthIsThatOfWhatIsSent) {
  // Redaction changed the body; the recorded length is evidence only.
  const Playback playback =
      play(recorded("hello", {field("Content-Type", "text/plain"), field("content-length", "99")}));
  EXPECT_EQ(playback.wire, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(playback.n, 7U);
  EXPECT_FALSE(playback.bodiless);
  EXPECT_FALSE(playback.cut_after);
}

TEST(Playback, NamesOrderAndRepeatsStay) {
  const Playback playback =
      play(recorded("", {field("x-b", "1"), field("X-A", ""), field("X-B", "2"), field("x-b", "1")}));
  EXPECT_EQ(playback.wire, "HTTP/1.1 200 OK\r\nx-b: 1\r\nX-A: \r\nX-B: 2\r\nx-b: 1\r\nContent-Length: 0\r\n\r\n");
}

TEST(Playback, ChunksAndTrailersStayChunksAndTrailers) {
  RedactedParts parts =
      recorded("hello", {field("Transfer-Encoding", "chunked"), field("Trailer", "X-Sum")}, Framing::kChunked);
  parts.response->trailers = {field("X-Sum", "17")};
  const Playback playback = play(parts);
  EXPECT_EQ(
      playback.wire,
      "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 17\r\n\r\n");
  EXPECT_EQ(play(recorded("", {}, Framing::kChunked)).wire,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
}

TEST(Playback, ABodyUntilTheCloseGetsALength) {
  EXPECT_EQ(play(recorded("hello", {field("Connection", "close")}, Framing::kUntilClose)).wire,
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
}

TEST(Playback, FieldsOfTheOldConnectionAreNotReplayed) {
  const Playback playback = play(
      recorded("", {field("Connection", "keep-alive, X-Hop"), field("Keep-Alive", "timeout=5"), field("x-hop", "1"),
                    field("Proxy-Authenticate", "Basic"), field("Upgrade", "h2c"), field("X-Kept", "1")}));
  EXPECT_EQ(playback.wire, "HTTP/1.1 200 OK\r\nX-Kept: 1\r\nContent-Length: 0\r\n\r\n");
}

TEST(Playback, CodingsArePutOnAgain) {
  for (const char* coding : {"gzip", "deflate", "br", "zstd"}) {
    RedactedParts parts =
        recorded(std::string(3000, 'a'), {field("Content-Encoding", coding), field("Content-Length", "50")});
    parts.response->body.codings = {coding};
    const Playback playback = play(parts);
    EXPECT_EQ(http::decode_body(playback.body, {coding}, 1 << 20), std::string(3000, 'a')) << coding;
    EXPECT_LT(playback.body.size(), 1000U);
    EXPECT_NE(playback.wire.find("Content-Encoding: " + std::string(coding) + "\r\nContent-Length: " +
                                 std::to_string(playback.body.size()) + "\r\n\r\n" + playback.body),
              std::string::npos);
  }
}

TEST(Playback, ACodingThatIsNotKnownCanNotBePutOnAgain) {
  RedactedParts parts = recorded("hello");
  parts.response->body.codings = {"compress"};
  const auto made = make_playback(1, RedactionPass::vouch(parts), nullptr);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::kUnsupported);
}

TEST(Playback, ABodyThatWasNotRecordedIsNotInvented) {
  RedactedParts parts = recorded("");
  parts.response->body.omitted = "omitted: over the limit";
  const auto made = make_playback(1, RedactionPass::vouch(parts), nullptr);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(made.error().text, "the body of this answer was not recorded (omitted: over the limit)");
}

TEST(Playback, TheAnswerToHeadKeepsItsLengthAndHasNoBody) {
  RedactedParts parts = recorded("", {field("Content-Length", "1234"), field("X-A", "1")}, Framing::kNone);
  parts.request.method = "HEAD";
  const Playback playback = play(parts);
  EXPECT_TRUE(playback.bodiless);
  EXPECT_EQ(playback.wire, "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nX-A: 1\r\n\r\n");
  EXPECT_EQ(closing_wire(playback, 1),
            "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nX-A: 1\r\nConnection: close\r\n\r\n");
}

TEST(Playback, NoContentAndNotModifiedHaveNoBody) {
  RedactedParts parts = recorded("", {field("Content-Length", "1234"), field("ETag", "\"a\"")}, Framing::kNone);
  parts.response->status = 304;
  EXPECT_EQ(play(parts).wire, "HTTP/1.1 304 OK\r\nContent-Length: 1234\r\nETag: \"a\"\r\n\r\n");  // evidence
  parts.response->status = 204;
  EXPECT_EQ(play(parts).wire, "HTTP/1.1 204 OK\r\nETag: \"a\"\r\n\r\n");  // RFC 9110 section 8.6: none in a 204
}

TEST(Playback, AFailureIsAnsweredAsItWasLive) {
  RedactedParts parts;
  parts.request.method = "GET";
  parts.failure = Failure{FailureKind::kTimeout, "https://api.example: no bytes in time"};
  const Playback playback = play(parts);
  EXPECT_TRUE(playback.wire.starts_with("HTTP/1.1 502 Bad Gateway\r\n")) << playback.wire;
  EXPECT_NE(playback.wire.find("\r\nx-cvr: upstream-error; kind=timeout\r\n"), std::string::npos);
  EXPECT_TRUE(
      playback.wire.ends_with("Content-Length: " + std::to_string(playback.body.size()) + "\r\n\r\n" + playback.body));
  EXPECT_NE(playback.body.find("no bytes in time"), std::string::npos);
}

TEST(Playback, TheFailureOfAHeadHasNoBodyEither) {
  // Its bytes would be taken for the next answer.
  RedactedParts parts;
  parts.request.method = "HEAD";
  parts.failure = Failure{FailureKind::kDns, "api.example: no such host"};
  const Playback playback = play(parts);
  EXPECT_TRUE(playback.wire.ends_with("\r\n\r\n")) << playback.wire;
  EXPECT_TRUE(closing_wire(playback, 1).ends_with("\r\n\r\n"));
  std::size_t scanned = 0;
  http::ResponseHead head;
  const auto parsed = http::parse_response_head(playback.wire, scanned, {}, "HEAD", head);
  EXPECT_EQ(parsed.kind, http::HeadResult::Kind::kDone);
  EXPECT_EQ(parsed.consumed, playback.wire.size());
  EXPECT_EQ(head.status, 502);
}

TEST(Playback, NeitherAnswerNorFailureIsAReset) {
  RedactedParts parts;
  parts.request.method = "GET";
  EXPECT_NE(play(parts).wire.find("x-cvr: upstream-error; kind=reset"), std::string::npos);
}

TEST(Playback, ABodyThatBrokeOffAnnouncesMoreThanItSends) {
  RedactedParts parts = recorded("half", {field("Content-Length", "1000")});
  parts.flags = {std::string(kFlagIncomplete), std::string(kFlagClientGone)};
  EXPECT_EQ(play(parts).wire, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
  EXPECT_EQ(play(parts).cut_after, 4U);
  // Without a length on record, and with one that redaction outgrew.
  parts.response->fields = {};
  EXPECT_EQ(play(parts).wire, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhalf");
  parts.response->fields = {field("Content-Length", "3")};
  EXPECT_EQ(play(parts).wire, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhalf");
}

TEST(Playback, ChunksThatBrokeOffHaveNoLastOne) {
  RedactedParts parts = recorded("half", {}, Framing::kChunked);
  parts.failure = Failure{FailureKind::kReset, "the connection closed"};
  const Playback playback = play(parts);
  EXPECT_TRUE(playback.cut_after);
  EXPECT_TRUE(playback.wire.ends_with("\r\n\r\n4\r\nhalf\r\n")) << playback.wire;
}

TEST(Playback, ABrokenBodyThatCouldNotBeReadBreaksOffBehindItsHead) {
  // Half of a gzip body is left out of the record; that there was a half is known.
  RedactedParts parts = recorded("", {field("Content-Encoding", "gzip"), field("Content-Length", "1000")});
  parts.failure = Failure{FailureKind::kReset, "the connection closed"};
  parts.response->body.codings = {"gzip"};
  parts.response->body.omitted = "omitted: not readable";
  const Playback playback = play(parts);
  EXPECT_EQ(playback.wire, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1000\r\n\r\n");
  EXPECT_EQ(playback.cut_after, 0U);
  parts.response_framing = Framing::kChunked;
  EXPECT_TRUE(play(parts).wire.ends_with("chunked\r\n\r\n"));
}

TEST(Playback, HalfOfACompressedBodyHasNoEnd) {
  const std::string plain = "half of what was said";
  RedactedParts parts = recorded(plain, {field("Content-Encoding", "gzip"), field("Content-Length", "1000")});
  parts.failure = Failure{FailureKind::kReset, "the connection closed"};
  parts.response->body.codings = {"gzip"};
  for (const std::uint64_t wire_size : {std::uint64_t{12}, std::uint64_t{700}}) {
    parts.response->body.wire_size = wire_size;
    const Playback playback = play(parts);
    EXPECT_LE(playback.body.size(), wire_size);
    EXPECT_FALSE(http::decode_body(playback.body, {"gzip"}, 1000));
    EXPECT_EQ(playback.cut_after, playback.body.size());
    EXPECT_TRUE(plain.starts_with(http::decode_beginning(playback.body, {"gzip"}, 1000)));
  }
  EXPECT_EQ(http::decode_beginning(play(parts).body, {"gzip"}, 1000), plain);
}

TEST(Playback, OldClientsGetNoChunksOfABrokenBodyEither) {
  RedactedParts parts = recorded("half", {}, Framing::kChunked);
  parts.failure = Failure{FailureKind::kReset, "the connection closed"};
  EXPECT_EQ(closing_wire(play(parts), 0), "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhalf");
}

TEST(Playback, KnowsWhenItWasRecorded) {
  RedactedParts parts = recorded("");
  parts.timing.started_utc_us = 1'772'000'000'000'000;
  EXPECT_EQ(play(parts).recorded_utc_us, 1'772'000'000'000'000);
}

TEST(Playback, LinksLeadToTheListenerInJsonAndInLinkHeaders) {
  const LinkMap links{"https://api.example", "http://127.0.0.1:9"};
  const RedactedParts parts =
      recorded(R"({"href":"https://api.example/1"})",
               {field("Content-Type", "application/json"), field("Location", "https://api.example/2"),
                field("X-Other", "https://api.example/3")});
  EXPECT_EQ(play(parts, &links).wire,
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLocation: http://127.0.0.1:9/2\r\n"
            "X-Other: https://api.example/3\r\nContent-Length: 31\r\n\r\n{\"href\":\"http://127.0.0.1:9/1\"}");
  EXPECT_NE(play(parts).wire.find("Location: https://api.example/2"), std::string::npos);  // not in forward mode
}

TEST(Playback, LinksInOtherBodiesStay) {
  const LinkMap links{"https://api.example", "http://127.0.0.1:9"};
  EXPECT_EQ(play(recorded("https://api.example/1", {field("Content-Type", "text/plain")}), &links).body,
            "https://api.example/1");
  EXPECT_EQ(play(recorded("https://api.example/1"), &links).body, "https://api.example/1");
}

TEST(Playback, LinksInsideACodingAreMappedToo) {
  const LinkMap links{"https://api.example", "http://127.0.0.1:9"};
  RedactedParts parts = recorded(R"(["https://api.example/1"])", {field("content-type", "application/hal+json")});
  parts.response->body.codings = {"gzip"};
  EXPECT_EQ(http::decode_body(play(parts, &links).body, {"gzip"}, 1000), R"(["http://127.0.0.1:9/1"])");
}

TEST(Playback, WaitsAsLongAsTheUpstreamThought) {
  RedactedParts parts = recorded("");
  parts.timing = {0, 1'000, 26'000, 30'000};
  EXPECT_EQ(play(parts).wait_us, 25'000);
  parts.timing = {0, 5'000, 1'000, 30'000};  // an answer before the request was whole
  EXPECT_EQ(play(parts).wait_us, 0);
}

TEST(Playback, AClientThatClosesIsToldSo) {
  EXPECT_EQ(closing_wire(play(recorded("hello")), 1),
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(closing_wire(play(recorded("hello")), 0),
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello");
}

TEST(Playback, OldClientsGetNoChunks) {
  RedactedParts parts = recorded("hello", {}, Framing::kChunked);
  parts.response->trailers = {field("X-Sum", "17")};
  EXPECT_EQ(
      closing_wire(play(parts), 1),
      "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 17\r\n\r\n");
  EXPECT_EQ(closing_wire(play(parts), 0), "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");
}

}  // namespace
}  // namespace cvr::engine
