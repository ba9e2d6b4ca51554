#include "redact/coded_leaf.h"

#include "base/base64.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "kit.h"

namespace cvr::redact {
namespace {

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

std::string in_lines(std::string_view text, std::string_view line_break) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += 76) out.append(text.substr(at, 76)).append(line_break);
  return out;
}

std::string json_string(std::string_view text) { return '"' + encode(text, View::kJson) + '"'; }

class CodedLeaf : public ::testing::Test {
 protected:
  // A JSON body whose only member is this value, when it was read.
  std::string in_json(std::string_view value) {
    const std::string out = kit_.ruled(collect_json, "{\"x\":" + json_string(value) + "}", "application/json").text;
    return decode(std::string_view(out).substr(6, out.size() - 8), View::kJson);
  }
  std::string in_markup(std::string_view text) { return kit_.ruled(collect_markup, text, "application/xml").text; }
  std::string member(std::string_view value) const {
    return R"({"n":7,"client_secret":")" + std::string(value) + R"(","pad":"a pad that is longer than one line"})";
  }
  std::string masked() const { return member(kit_.pseudonyms.of(secret_)); }

  Kit kit_;
  const std::string secret_ = test::random_text(4, "bcdf") + "-" + test::random_text(4, "ghjk") + "-qwert123";
  const std::string json_ = member(secret_);
};

TEST_F(CodedLeaf, Base64KeepsItsLines) {
  for (const char* line_break : {"\n", "\r\n", "\n    "}) {
    const std::string out = in_json(in_lines(base64_encode(json_), line_break));
    EXPECT_EQ(out.find(line_break), 76U);
    std::string bare = replaced(out, line_break, "");
    const auto plain = base64_decode(bare);
    ASSERT_TRUE(plain) << out;
    EXPECT_EQ(*plain, masked());
  }
}

TEST_F(CodedLeaf, HexKeepsItsCase) {
  EXPECT_EQ(in_json(hex_encode(json_)), hex_encode(masked()));
  std::string upper = hex_encode(json_);
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  EXPECT_EQ(hex_decode(in_json(upper)), masked());
  EXPECT_EQ(hex_decode(in_json(hex_encode("a=1&client_secret=" + secret_))),
            "a=1&client_secret=" + kit_.pseudonyms.of(secret_));
}

TEST_F(CodedLeaf, DataUrls) {
  EXPECT_EQ(in_json("data:application/json;base64," + base64_encode(json_)),
            "data:application/json;base64," + base64_encode(masked()));
  for (const std::string& value : {"data:application/json," + percent_encode(json_),
                                   "data:application/json;charset=utf-8;base64," + percent_encode(base64_encode(json_)),
                                   "data:text/xml,<a><password>" + secret_ + "</password></a>",
                                   "data:application/x-www-form-urlencoded,a=1&client_secret=" + secret_}) {
    const std::string out = in_json(value);
    EXPECT_NE(out, value);
    EXPECT_TRUE(out.starts_with("data:"));
    EXPECT_EQ(out.find(secret_), out.npos) << out;
  }
}

TEST_F(CodedLeaf, OtherTextsInBase64) {
  for (const std::string& text :
       {"<a><password>" + secret_ + "</password></a>", "X-Api-Key: " + secret_ + "\r\nHost: x", base64_encode(json_),
        hex_encode(json_), "[" + json_ + "]"}) {
    const auto plain = base64_decode(in_json(base64_encode(text)));
    ASSERT_TRUE(plain) << text;
    EXPECT_NE(*plain, text);
    EXPECT_EQ(plain->find(secret_), plain->npos) << text;
  }
}

TEST_F(CodedLeaf, LongOnesAreReadAndVeryLongOnesLeftOut) {
  const std::string text = R"({"pad":")" + std::string(80'000, 'x') + R"(","client_secret":")" + secret_ + R"("})";
  EXPECT_EQ(base64_decode(in_json(base64_encode(text))), replaced(text, secret_, kit_.pseudonyms.of(secret_)));
  const std::string huge = R"({"pad":")" + std::string(7u << 20, 'x') + R"(","client_secret":")" + secret_ + R"("})";
  const std::string coded = base64_encode(huge);
  EXPECT_EQ(in_json(coded).find(coded.substr(coded.size() - 40)), std::string::npos);
}

TEST_F(CodedLeaf, EscapedStructures) {
  std::string entities = encode(json_, View::kHtml);
  const std::string twice = encode(json_, View::kJson);
  for (const std::string& value :
       {percent_encode(json_), percent_encode(percent_encode(json_)), replaced(json_, "\"", "%22"), entities, twice,
        json_string(json_), "<a>" + entities + "</a>", "<a><![CDATA[" + json_ + "]]></a>",
        percent_encode("a=1&client_secret=" + secret_),
        "<a>" + encode(R"({"j":)" + json_string(json_) + "}", View::kHtml) + "</a>",
        percent_encode("https://h/x?access_token=" + secret_)}) {
    const std::string out = in_json(value);
    EXPECT_EQ(out.find(secret_), out.npos) << value << '\n' << out;
  }
  EXPECT_EQ(decode(in_json(percent_encode(json_)), View::kPercent), masked());
  EXPECT_EQ(decode(in_json(entities), View::kHtml), masked());
}

TEST_F(CodedLeaf, JsonInJsonInMarkup) {
  const std::string outer = R"({"j":)" + json_string(json_) + "}";
  for (const std::string& text :
       {"<r><p>" + encode(outer, View::kHtml) + "</p></r>", "<r><p><![CDATA[" + outer + "]]></p></r>",
        "<r><p>\n " + base64_encode(json_) + "\n</p></r>"}) {
    const std::string out = in_markup(text);
    EXPECT_EQ(out.find(secret_), out.npos) << out;
    EXPECT_EQ(out.find(base64_encode(json_)), out.npos);
  }
  const std::string page =
      "<html><script type=\"application/json\">" + outer + "</script><p>token: is a word here</p></html>";
  EXPECT_EQ(kit_.ruled(collect_markup, page, "text/html").text.find(secret_), std::string::npos);
}

TEST_F(CodedLeaf, WholeBodies) {
  for (const CollectBody rule : {collect_text, collect_binary, collect_form}) {
    EXPECT_EQ(kit_.ruled(rule, base64_encode(json_)).text, base64_encode(masked()));
    EXPECT_EQ(kit_.ruled(rule, hex_encode(json_) + "\n").text, hex_encode(masked()) + "\n");
  }
  EXPECT_EQ(kit_.ruled(collect_text, percent_encode(json_)).text.find(secret_), std::string::npos);
  EXPECT_EQ(kit_.ruled(collect_form, percent_encode(json_)).text.find(secret_), std::string::npos);
}

TEST_F(CodedLeaf, InnocentValuesStay) {
  const std::string bytes = test::random_text(300, "\x01\x80\xff\x10zq");
  for (const std::string& value :
       {std::string("7b22a0e1-1111-4abc-8def-0123456789ab"), test::random_hex(64), base64_encode("\x89PNG\r\n" + bytes),
        base64_encode("GIF89a" + bytes), "data:image/png;base64," + base64_encode("\x89PNG\r\n" + bytes),
        "data:image/gif;base64," + base64_encode("GIF89a" + bytes), std::string("asellerlift-123456789"),
        std::string("An ordinary sentence\nof two lines"), std::string("100%25 sure"), std::string("a & b &lt; c"),
        base64_encode(R"({"page":"two","sort":"name"})"), hex_encode("plain words alone"),
        percent_encode(R"({"a":"b c"})"), std::string("data:,"), std::string("data:;base64,"),
        std::string("%7B%7B%7B%%%"), std::string("&lt;&lt;&lt;&"), std::string("7b7b7b7b7b7b7b7b7"),
        std::string("eyJ=eyJ=eyJ=eyJ=")}) {
    EXPECT_EQ(in_json(value), value);
    EXPECT_EQ(kit_.ruled(collect_text, value).text, value);
  }
}

TEST_F(CodedLeaf, WordsOfTheAlphabetAreNoBase64) {
  Edits edits;
  const std::string words = "client_secret_value";
  ASSERT_TRUE(may_be_packed(words));
  EXPECT_FALSE(collect_packed(words, kit_.context, edits));
  EXPECT_TRUE(edits.empty());
}

TEST_F(CodedLeaf, BeyondTheDepthNothingPasses) {
  std::string json = json_, coded = json_, percent = json_, markup = json_;
  for (int depth = 1; depth < 12; ++depth) {
    json = R"({"j":)" + json_string(json) + "}";
    coded = R"({"j":")" + base64_encode(coded) + "\"}";
    percent = R"({"j":")" + percent_encode(percent) + "\"}";
    markup = R"({"j":)" + json_string("<a>" + encode(markup, View::kHtml) + "</a>") + "}";
    for (std::string text : {json, coded, percent, markup}) {
      std::string out = kit_.ruled(collect_json, text, "application/json").text;
      EXPECT_NE(out, text) << depth;
      for (int i = 0; i < 80 && !out.empty(); ++i) {
        ASSERT_EQ(out.find(secret_), out.npos) << depth;
        const std::size_t at = out.find("{\"j\":\"");
        if (at == 0 && base64_decode(out.substr(6, out.size() - 8))) {
          out = *base64_decode(out.substr(6, out.size() - 8));
        } else {
          out = decode(out, View::kAll);
        }
      }
    }
    if (json.size() > 400'000) json = json_;
  }
  std::string prose = "Nothing to see: just words.";
  std::string wrapped = prose;
  for (int depth = 0; depth < 9; ++depth) wrapped = R"({"j":)" + json_string(wrapped) + "}";
  EXPECT_EQ(kit_.ruled(collect_json, wrapped, "application/json").text, wrapped);
}

TEST_F(CodedLeaf, Looks) {
  EXPECT_TRUE(may_be_packed(base64_encode(json_)));
  EXPECT_TRUE(looks_packed(hex_encode(json_)));
  EXPECT_FALSE(may_be_packed("Some words that are long"));
  EXPECT_FALSE(may_be_packed("short"));
  EXPECT_FALSE(looks_packed(""));
  EXPECT_TRUE(opens_escaped("%7B%22a"));
  EXPECT_TRUE(opens_escaped("[{\\\"a"));
  EXPECT_TRUE(opens_escaped("a%253D1"));
  EXPECT_FALSE(opens_escaped("{\"a\":\"b%3Dc\"}"));
  EXPECT_FALSE(opens_escaped(""));
}

// In one leaf a name gives one value away, and another is known: both go, whichever is longer, in a body and in a
// query, and when it becomes known later too.
TEST(CodedLeafWhole, WhatIsKnownBesideANamedValueGoes) {
  for (const bool hex : {false, true}) {
    for (const bool late : {false, true}) {
      const std::string known = test::random_text(34, "bcdfgh") + "-" + test::random_text(6, "klmnp");
      const std::string plain = R"({"password":"abcdefgh1234","note":"it is )" + known +
                                R"( indeed","z":1,"client_secret":")" + known + R"("})";
      const std::string coded = hex ? hex_encode(plain) : base64url_encode(plain);
      const auto redactor = late ? make_redactor() : make_redactor({known});
      http::Request request = get_request("/");
      request.query = "data=" + coded;
      request.has_query = true;
      RedactedInteraction done =
          redactor->redact(exchange(request, "application/json", R"({"data":")" + coded + R"("})"));
      if (late) done = redactor->redact_again(*done);
      EXPECT_TRUE(redactor->leaks(*done).empty());
      const std::string& body = done->response->body.content.text;
      const std::string& query = done->request.query.text;
      for (const std::string_view leaf :
           {std::string_view(body).substr(9, body.size() - 11), std::string_view(query).substr(5)}) {
        const auto shown = hex ? hex_decode(leaf) : base64_decode(leaf);
        ASSERT_TRUE(shown || late) << leaf;
        if (!shown) continue;  // what is met in part goes whole
        EXPECT_EQ(shown->find(known), shown->npos) << *shown;
        EXPECT_EQ(shown->find("abcdefgh1234"), shown->npos) << *shown;
        EXPECT_TRUE(late || shown->find(R"(","note":"it is )") != shown->npos) << *shown;
      }
    }
  }
}

}  // namespace
}  // namespace cvr::redact
