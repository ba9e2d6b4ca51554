#include "redact/body.h"

#include "base/base64.h"
#include "http/codings.h"
#include "http/unpack.h"
#include "kit.h"
#include "redact/charset.h"

namespace cvr::redact {
namespace {

RedactedBody body(Kit& kit, std::string_view wire, const http::Fields& fields,
                  const std::optional<BodyDigest>& over = {}, std::uint64_t limit = 1u << 20) {
  BodyDraft draft;
  collect_body(wire, fields, over, limit, kit.context, draft);
  return finish_body(draft, wire, kit.finder, kit.context);
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

TEST(Body, ABodyThatIsNotThereKeepsItsReason) {
  Kit kit;
  const RedactedBody out = body(kit, "", {}, BodyDigest{7, {}, "omitted: not in the imported file"});
  EXPECT_EQ(out.omitted, "omitted: not in the imported file");
  EXPECT_EQ(out.wire_size, 7u);
  EXPECT_EQ(out.digest, "");
}

TEST(Body, HalfOfACompressedBodyIsKeptWhenTheAnswerBrokeOff) {
  Kit kit;
  const std::string token = test::random_hex(40);
  std::string plain = "{\"access_token\":\"" + token + "\",\"list\":[";
  for (int i = 0; i < 60'000; ++i) plain += std::to_string(test::rng()() % 100003) + ",";
  for (const char* coding : {"gzip", "deflate", "br", "zstd"}) {
    const std::string whole = http::encode_body(plain, {coding}).value();
    const std::string wire = whole.substr(0, whole.size() * 3 / 4);
    const http::Fields fields = {{"Content-Encoding", coding}, {"Content-Type", "application/json"}};
    EXPECT_EQ(body(kit, wire, fields).omitted, "omitted: broken content coding") << coding;
    BodyDraft draft;
    draft.cut = true;
    collect_body(wire, fields, {}, 1u << 20, kit.context, draft);
    const RedactedBody out = finish_body(draft, wire, kit.finder, kit.context);
    ASSERT_FALSE(out.omitted) << coding;
    EXPECT_EQ(out.content.text.find(token), std::string::npos) << coding;
    EXPECT_TRUE(out.content.text.starts_with("{\"access_token\":\"")) << coding;
    EXPECT_GT(out.content.text.size(), 100U) << coding;
    EXPECT_EQ(out.wire_size, wire.size());
  }
}

TEST(Body, ATypeThatIsSaidBesideTheHeadersCounts) {
  Kit kit;
  const std::string secret = "q7 " + std::string("kelp&mortar");
  const auto text = [&](std::string_view said, const http::Fields& fields) {
    BodyDraft draft;
    draft.said_type = said;
    const std::string wire = "comment=x&password=q7+kelp%26mortar";
    collect_body(wire, fields, std::nullopt, 1u << 20, kit.context, draft);
    return finish_body(draft, wire, kit.finder, kit.context).content.text;
  };
  EXPECT_EQ(text("application/x-www-form-urlencoded", {}), "comment=x&password=" + kit.pseudonyms.of(secret));
  EXPECT_EQ(text("application/x-www-form-urlencoded", {{"Content-Type", "none"}}),
            "comment=x&password=" + kit.pseudonyms.of(secret));
}

TEST(Body, WhatACompressedFileNamesAsSecretIsFoundInIt) {
  Kit kit;
  const std::string plain = R"({"user":"bob","password":"zebra-Quilt-7791-moon","list":[1,2,3]})";
  for (const auto packing : {http::Packing::kGzip, http::Packing::kZlib, http::Packing::kZstd}) {
    const std::string wire = http::pack(plain, packing).value();
    for (const char* type : {"application/gzip", "application/octet-stream", ""}) {
      const RedactedBody out = body(kit, wire, {{"Content-Type", type}});
      const auto unpacked = http::unpack(out.content.text, packing, 1u << 20);
      EXPECT_TRUE(unpacked.whole) << type;
      EXPECT_EQ(unpacked.plain.find("zebra-Quilt"), std::string::npos) << type;
      EXPECT_NE(unpacked.plain.find("\"list\":[1,2,3]"), std::string::npos) << type;
    }
    if (packing == http::Packing::kZstd) continue;  // half a block of it is nothing
    Kit fresh;
    EXPECT_TRUE(body(fresh, wire.substr(0, wire.size() - 2), {}).omitted);
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
  EXPECT_EQ(omitted(body(kit, std::string("\0x\0", 3), {{"Content-Type", "text/plain; charset=utf-16"}})),
            "omitted: broken UTF-16");
  EXPECT_EQ(omitted(body(kit, "x", {{"Content-Type", "text/plain; charset=utf-32"}})), "omitted: broken charset");
  EXPECT_EQ(omitted(body(kit, "x", {{"Content-Type", "text/plain; charset=utf-7"}})),
            "omitted: charset that is not read");
  EXPECT_EQ(omitted(body(kit, std::string(100, 'x'), {}, {}, 99)), "omitted: over the body limit");
  const std::string bomb = http::encode_body(std::string(100'000, 'x'), {"gzip"}).value();
  EXPECT_EQ(omitted(body(kit, bomb, {{"Content-Encoding", "gzip"}}, {}, 10'000)),
            "omitted: decoded body over the body limit");
}

constexpr const char* kPassword = "P\xc3\xa4ss\xc3\xb6w\xc3\xb6rt7";
constexpr const char* kLatin = "P\xe4ss\xf6w\xf6rt7";

TEST(Body, DeclaredCharsetsAreRead) {
  for (const char* charset : {"iso-8859-1", "windows-1252", "iso-8859-15", "iso-8859-9"}) {
    Kit kit;
    kit.know(kPassword);
    const std::string type = std::string("text/plain; charset=") + charset;
    ASSERT_TRUE(is_read_charset(charset)) << charset;
    const RedactedBody out = body(kit, std::string("it is ") + kLatin + ", sch\xf6n", {{"Content-Type", type}});
    EXPECT_EQ(out.content.text, "it is " + kit.pseudonyms.of(kPassword) + ", sch\xf6n") << charset;
    ASSERT_EQ(out.content.spans.size(), 1u);
    EXPECT_EQ(span_text(out.content, 0), kit.pseudonyms.of(kPassword));
    // Half in the charset, half as entities.
    const std::string mixed = "P\xe4ss&ouml;w\xf6rt7";
    EXPECT_EQ(
        body(kit, mixed, {{"Content-Type", "text/html; charset=" + std::string(charset)}}).content.text.find("rt7"),
        std::string::npos);
    const RedactedBody same = body(kit, "nothing sch\xf6n", {{"Content-Type", type}});
    EXPECT_EQ(same.content.text, "nothing sch\xf6n");
  }
}

TEST(Body, CharsetsThatMarkupNames) {
  Kit kit;
  ASSERT_TRUE(is_read_charset("koi8-r")) << "the C library's charset modules are missing";
  const std::string secret = "\xd0\x9f\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c-2";
  kit.know(secret);
  const std::string page = "<?xml version=\"1.0\" encoding=\"koi8-r\"?><a>" + to_charset(secret, "koi8-r") + "</a>";
  const RedactedBody out = body(kit, page, {{"Content-Type", "text/xml"}});
  EXPECT_EQ(out.content.text.find(to_charset(secret, "koi8-r")), std::string::npos);
  EXPECT_TRUE(out.content.text.ends_with("</a>"));
}

TEST(Body, UnicodeThatSaysOtherwise) {
  Kit kit;
  kit.know(kPassword);
  const RedactedBody out =
      body(kit, std::string("it is ") + kPassword, {{"Content-Type", "text/plain; charset=iso-8859-2"}});
  EXPECT_EQ(out.content.text, "it is " + kit.pseudonyms.of(kPassword));
  // Both at once: bytes that are no UTF-8, and a secret that is.
  const RedactedBody both =
      body(kit, std::string("\xe4 it is ") + kPassword, {{"Content-Type", "text/plain; charset=iso-8859-2"}});
  EXPECT_EQ(both.content.text.find(kPassword), std::string::npos);
}

// A word before the bytes may lie: what they are is read, with its names, and what is known.
TEST(Body, BytesThatAreNotInTheCharsetTheySay) {
  for (const char* charset : {"utf-16", "UTF-16LE", "utf-16be", "ucs-2", "iso-10646-ucs-2", "\"utf-16\""}) {
    for (const auto& [type, before, after] : {std::tuple{"application/json", R"({"client_secret":")", R"(","note":")"},
                                              {"text/plain", "client_secret=", " and "},
                                              {"text/html", "<input name=\"client_secret\" value=\"", "\"><p>"},
                                              {"application/xml", "<a><client_secret>", "</client_secret><b>"},
                                              {"application/x-www-form-urlencoded", "client_secret=", "&n="},
                                              {"text/event-stream", "data: {\"client_secret\":\"", "\",\"n\":\""},
                                              {"text/csv", "client_secret,n\n", ","}}) {
      Kit kit;
      const std::string known = test::random_hex(30);
      const std::string named = test::random_text(6, "bcdf") + "-" + test::random_text(6, "ghjk");
      kit.know(known);
      const std::string end = type == std::string_view("application/json")    ? "\"}"
                              : type == std::string_view("application/xml")   ? "</b></a>"
                              : type == std::string_view("text/event-stream") ? "\"}\n\n"
                                                                              : "\n";
      for (const std::string mark : {"", "\xff\xfe", "\xfe\xff"}) {
        for (const std::string pad : {"", " "}) {
          const std::string text = mark + before + named + after + known + pad + end;
          const RedactedBody out =
              body(kit, text, {{"Content-Type", std::string(type) + "; charset=" + std::string(charset)}});
          EXPECT_EQ(out.content.text.find(known), std::string::npos) << type << charset;
          EXPECT_EQ(out.content.text.find(named), std::string::npos) << type << charset;
          EXPECT_TRUE(!mark.empty() || !out.omitted) << type << charset << out.omitted.value_or("");
        }
      }
    }
  }
}

TEST(Body, TextOfWhichHalfIsWideIsLeftOut) {
  const std::string known = test::random_hex(30);
  for (const std::string& narrow : {known, "client_secret=" + test::random_text(12, "bcdfg"), "x" + known}) {
    for (const bool first : {false, true}) {
      Kit kit;
      kit.know(known);
      const std::string wide = to_utf16("Some lines in UTF-16.\n", ByteOrder::kLittle);
      const std::string even = narrow + std::string(narrow.size() % 2, '\n');
      const RedactedBody out =
          body(kit, first ? even + wide : wide + even, {{"Content-Type", "text/plain; charset=utf-16le"}});
      EXPECT_TRUE(out.omitted);
      EXPECT_EQ(body(kit, wide, {{"Content-Type", "text/plain; charset=utf-16le"}}).content.text, wide);
    }
  }
}

// Bytes of two are a letter in one of these; read so, the secret's first letter belongs to that.
TEST(Body, ALetterThatIsHalfOfAnother) {
  for (const char* charset : {"shift_jis", "gbk", "big5"}) {
    Kit kit;
    const std::string known = "B" + test::random_hex(30);
    kit.know(known);
    const RedactedBody out =
        body(kit, "it is \x83" + known, {{"Content-Type", std::string("text/plain; charset=") + charset}});
    EXPECT_EQ(out.content.text.find(known), std::string::npos) << charset;
  }
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

// What servers in front of an API say under its type.  Left out, it would be a miss in replay.
TEST(Body, PagesAndProseUnderTheTypeOfJson) {
  Kit kit;
  const http::Fields json = {{"Content-Type", "application/json"}};
  EXPECT_EQ(body(kit, "upstream timed out", json).content.text, "upstream timed out");
  const std::string t = test::random_hex(20);
  const RedactedBody page = body(kit, "<html><input name=\"password\" value=\"" + t + "\"></html>", json);
  EXPECT_FALSE(page.omitted);
  EXPECT_TRUE(page.content.text.starts_with("<html><input name=\"password\" value=\""));
  EXPECT_EQ(page.content.text.find(t), std::string::npos);
  EXPECT_EQ(body(kit, "password=" + t, json).content.text.find(t), std::string::npos);
}

TEST(Body, WideJsonWithoutAWordIsRead) {
  Kit kit;
  const std::string secret = test::random_text(6, "bcdf") + "-" + test::random_text(6, "ghjk");
  const std::string plain = R"({"client_secret":")" + secret + R"(","n":1})";
  for (const bool big : {true, false}) {
    const auto widened = [big](std::string_view text) {
      std::string out;
      for (const char c : text) out += big ? std::string(3, '\0') + c : c + std::string(3, '\0');
      return out;
    };
    const RedactedBody out = body(kit, widened(plain), {{"Content-Type", "application/octet-stream"}});
    EXPECT_EQ(out.content.text, widened(R"({"client_secret":")" + kit.pseudonyms.of(secret) + R"(","n":1})"));
  }
}

TEST(Body, JsonTextSequencesAreRead) {
  Kit kit;
  const std::string secret = test::random_text(6, "bcdf") + "-" + test::random_text(6, "ghjk");
  const auto text = [](std::string_view value) {
    return "\x1e{\"a\":1}\n\x1e{\n \"client_secret\":\"" + std::string(value) + "\"}\n\x1e[]\n";
  };
  for (const char* type : {"application/json-seq", "application/geo+json-seq", "application/octet-stream", ""}) {
    EXPECT_EQ(body(kit, text(secret), {{"Content-Type", type}}).content.text, text(kit.pseudonyms.of(secret))) << type;
  }
  EXPECT_TRUE(body(kit, text("\"") + "x", {{"Content-Type", "application/json-seq"}}).omitted);
}

TEST(Body, ABodyThatIsAllBase64IsRead) {
  Kit kit;
  const std::string secret = test::random_text(6, "bcdf") + "-" + test::random_text(6, "ghjk");
  const auto text = [](std::string_view value) {
    return base64_encode(R"({"client_secret":")" + std::string(value) + R"(","n":1})");
  };
  for (const char* type : {"text/plain", "application/octet-stream", "application/x-unknown", ""}) {
    EXPECT_EQ(body(kit, text(secret), {{"Content-Type", type}}).content.text, text(kit.pseudonyms.of(secret))) << type;
  }
}

}  // namespace
}  // namespace cvr::redact
