#include "redact/body.h"

#include "http/codings.h"
#include "kit.h"

namespace cvr::redact {
namespace {

RedactedBody body(Kit& kit, std::string_view wire, const http::Fields& fields,
                  const std::optional<BodyDigest>& over = {}, std::uint64_t limit = 1u << 20) {
  BodyDraft draft;
  collect_body(wire, fields, over, limit, kit.context, draft);
  return finish_body(draft, wire, kit.finder, kit.masker);
}

TEST(Body, DecodesCodings) {
  Kit kit;
  const std::string plain = R"({"access_token":"abcd1234efgh","n":275.0})";
  for (const char* coding : {"gzip", "deflate", "br", "zstd"}) {
    const std::string wire = http::encode_body(plain, {coding}).value();
    const RedactedBody out = body(kit, wire, {{"Content-Encoding", coding}, {"Content-Type", "application/json"}});
    EXPECT_EQ(out.content.text, R"({"access_token":")" + kit.pseudonyms.of("abcd1234efgh") + R"(","n":275.0})")
        << coding;
    EXPECT_EQ(out.codings, std::vector<std::string>{coding});
    EXPECT_EQ(out.wire_size, wire.size());
    EXPECT_FALSE(out.omitted);
  }
}

TEST(Body, NestedCodings) {
  Kit kit;
  const std::string wire = http::encode_body("plain text", {"gzip", "br"}).value();
  const RedactedBody out = body(kit, wire, {{"Content-Encoding", "gzip"}, {"content-encoding", "br"}});
  EXPECT_EQ(out.content.text, "plain text");
  EXPECT_EQ(out.codings, (std::vector<std::string>{"gzip", "br"}));
}

TEST(Body, WhatCanNotBeReadIsOmitted) {
  Kit kit;
  const http::Fields json = {{"Content-Type", "application/json"}};
  const auto omitted = [&](const RedactedBody& b) {
    EXPECT_TRUE(b.content.text.empty());
    EXPECT_TRUE(b.omitted.value_or("").starts_with("omitted: "));
    EXPECT_EQ(b.digest.size(), 64u);
    return b.omitted.value_or("passed");
  };
  EXPECT_EQ(omitted(body(kit, "{\"a\":", json)), "omitted: not readable as JSON");
  EXPECT_EQ(omitted(body(kit, "{\"a\"}", {})), "omitted: not readable as JSON");
  EXPECT_EQ(omitted(body(kit, "xx", {{"Content-Encoding", "gzip"}})), "omitted: broken content coding");
  EXPECT_EQ(omitted(body(kit, "xx", {{"Content-Encoding", "rot13"}})), "omitted: unknown content coding");
  EXPECT_EQ(omitted(body(kit, "xx", {{"Content-Type", "multipart/form-data"}})), "omitted: not readable as multipart");
  EXPECT_EQ(omitted(body(kit, "x", {{"Content-Type", "text/plain; charset=utf-16"}})), "omitted: broken UTF-16");
  EXPECT_EQ(omitted(body(kit, "x", {{"Content-Type", "text/plain; charset=utf-32"}})),
            "omitted: charset that is not read");
  EXPECT_EQ(omitted(body(kit, std::string(100, 'x'), {}, {}, 99)), "omitted: over the body limit");
  const std::string bomb = http::encode_body(std::string(100'000, 'x'), {"gzip"}).value();
  EXPECT_EQ(omitted(body(kit, bomb, {{"Content-Encoding", "gzip"}}, {}, 10'000)),
            "omitted: decoded body over the body limit");
}

TEST(Body, OverTheLimitKeepsSizeAndKeyedDigest) {
  Kit kit;
  BodyDigest digest;
  digest.size = 1u << 30;
  const RedactedBody out = body(kit, "", {{"Content-Encoding", "gzip"}}, digest);
  EXPECT_EQ(out.omitted, "omitted: over the body limit");
  EXPECT_EQ(out.wire_size, 1u << 30);
  EXPECT_EQ(out.digest.size(), 64u);
  EXPECT_NE(out.digest, std::string(64, '0'));
  EXPECT_EQ(out.codings, std::vector<std::string>{"gzip"});
}

TEST(Body, EmptyBodiesHaveNoCoding) {
  Kit kit;
  const RedactedBody out = body(kit, "", {{"Content-Encoding", "gzip"}, {"Content-Type", "application/json"}});
  EXPECT_EQ(out, RedactedBody{});
  EXPECT_FALSE(body_changed(out));
}

TEST(Body, TextThatOnlyLooksLikeJson) {
  Kit kit;
  const RedactedBody out = body(kit, "[12:00] password=abcd1234 [end]", {{"Content-Type", "text/plain"}});
  EXPECT_EQ(out.content.text, "[12:00] password=" + kit.pseudonyms.of("abcd1234") + " [end]");
}

TEST(Body, BinaryStaysByteEqual) {
  Kit kit;
  kit.know("some-known-secret");
  std::string bytes(5000, '\0');
  for (char& c : bytes) c = static_cast<char>(test::rng()());
  EXPECT_EQ(body(kit, bytes, {{"Content-Type", "image/png"}}).content.text, bytes);
  const std::string tainted = bytes + "some-known-secret" + bytes;
  const RedactedBody out = body(kit, tainted, {{"Content-Type", "image/png"}});
  EXPECT_EQ(out.content.text, bytes + kit.pseudonyms.of("some-known-secret") + bytes);
  EXPECT_TRUE(body_changed(out));
}

}  // namespace
}  // namespace cvr::redact
