// Base64 and hex in texts, however they are broken.
#include "base/base64.h"
#include "base/escape.h"
#include "http/unpack.h"
#include "kit.h"
#include "redact/wide.h"

namespace cvr::redact {
namespace {

std::string secret_text(std::size_t size = 36) {
  return test::random_text(size, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}

std::string without_space(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  return text;
}

TEST(ExploreRuns, WhiteSpaceAnywhereInBase64AndHex) {
  Kit kit;
  const std::string secret = secret_text();
  kit.know(secret);
  for (const std::size_t every : {1, 2, 4, 7, 19, 50}) {
    for (const std::string space : {" ", "\n", "\r\n", "\t", "  \n "}) {
      for (std::string coded : {base64_encode(secret), base64_encode("ab" + secret), hex_encode(secret)}) {
        const std::string whole = coded;
        for (std::size_t at = every; at < coded.size(); at += every + space.size()) coded.insert(at, space);
        const std::string out = kit.found("some words: " + coded + " , and more").text;
        ASSERT_TRUE(out.starts_with("some words: ")) << out;
        const std::string bare = without_space(out);
        for (std::size_t i = 0; i + 16 <= whole.size(); i += 4) {
          EXPECT_EQ(bare.find(whole.substr(i, 16)), bare.npos) << every << ' ' << out;
        }
      }
    }
  }
}

// As a form or a query sends it: '+' for a space.
TEST(ExploreRuns, WhiteSpaceOfAForm) {
  Kit kit;
  const std::string secret = secret_text();
  kit.know(secret);
  for (const std::size_t every : {1, 4, 8, 13, 30}) {
    for (const std::string space : {"+", "%20", "%0D%0A+", "%0a", "++"}) {
      for (std::string coded : {base64_encode("xy" + secret + "zz"), base64_encode(secret), hex_encode(secret)}) {
        std::erase_if(coded, [](char c) { return c == '+' || c == '/' || c == '='; });  // else %2B
        const std::string whole = coded;
        for (std::size_t at = every; at < coded.size(); at += every + space.size()) coded.insert(at, space);
        const std::string out = kit.found("a=1+2&note=" + coded + "&b=so+it+is").text;
        ASSERT_TRUE(out.starts_with("a=1+2&note=") && out.ends_with("&b=so+it+is")) << out;
        std::string bare = without_space(decode(out, View::kPercentPlus));
        for (std::size_t i = 0; i + 16 <= whole.size(); i += 4) {
          EXPECT_EQ(bare.find(whole.substr(i, 16)), bare.npos) << every << ' ' << out;
        }
      }
    }
  }
  for (const std::string same : {"q=1+555+123+4567&r=a+b", "name=the+quick+brown+fox", "a+b=c", "x=+++"}) {
    EXPECT_EQ(kit.found(same).text, same);
  }
}

// A value cut over two encoded words (RFC 2047), in a header, in JSON, in mail and, with '+' between them, in a form.
TEST(ExploreRuns, EncodedWordsOfWhichEachHoldsAPart) {
  for (const std::size_t size : {24, 64, 9200}) {
    Kit kit;
    const std::string secret = secret_text(size);
    kit.know(secret);
    for (const std::size_t cut : {3, 9, 12, 20}) {
      const auto words = [&](std::string_view space) {
        return "=?utf-8?B?" + base64_encode(secret.substr(0, cut)) + "?=" + std::string(space) + "=?utf-8?B?" +
               base64_encode(secret.substr(cut)) + "?=";
      };
      const std::string rest = base64_encode(secret.substr(cut)).substr(0, 16);
      const std::string mail = words("\r\n ");
      for (const std::string& text : {"a " + mail, "{\"subject\":\"" + words(" ") + "\"}",
                                      "Subject: " + mail + "\r\n\r\nhi", "subject=" + words("+")}) {
        EXPECT_EQ(kit.found(text).text.find(rest), std::string::npos)
            << size << ' ' << cut << ' ' << text.substr(0, 40);
      }
      // As browsers write it.
      std::string form = percent_encode(words(" "));
      for (std::size_t at = form.find("%20"); at != form.npos; at = form.find("%20")) form.replace(at, 3, "+");
      const std::string out = kit.found("n=1&subject=" + form + "&m=2").text;
      EXPECT_EQ(out.find(rest), out.npos) << size << ' ' << cut;
      EXPECT_TRUE(out.starts_with("n=1&subject=") && out.ends_with("&m=2")) << out;
    }
  }
}

std::string escaped(std::string_view text, const char* before) {
  std::string out;
  for (const char c : text) out += before + hex_encode(std::string_view(&c, 1));
  return out;
}

// "v1_eyJ...", "cache/H4sI...": characters of the alphabet in front shift what is encoded once more.
TEST(ExploreRuns, EncodedTwiceBehindAPrefix) {
  using Inner = std::string (*)(const std::string&);
  const Inner inners[] = {
      [](const std::string& s) { return http::pack("{\"tok\":\"" + s + "\"}", http::Packing::kGzip).value(); },
      [](const std::string& s) { return http::pack("{\"tok\":\"" + s + "\"}", http::Packing::kZlib).value(); },
      [](const std::string& s) { return http::pack("{\"tok\":\"" + s + "\"}", http::Packing::kZstd).value(); },
      [](const std::string& s) { return "{\"x\":\"" + hex_encode(s) + "\"}"; },
      [](const std::string& s) { return "{\"x\":\"" + base64_encode(s) + "\"}"; },
      [](const std::string& s) { return "{\"x\":\"" + escaped(s, "%") + "\"}"; },
      [](const std::string& s) { return "{\"x\":\"" + escaped(s, "\\u00") + "\"}"; },
      [](const std::string& s) { return to_utf16(s, ByteOrder::kLittle); },
  };
  for (std::size_t i = 0; i < std::size(inners); ++i) {
    for (std::size_t before = 0; before < 9; ++before) {
      Kit kit;
      const std::string secret = secret_text(24);
      kit.know(secret);
      const std::string prefix = std::string("cache/v1").substr(0, before);
      const std::string other = secret_text(24);
      for (const bool url : {false, true}) {
        const auto coded = [&](const std::string& value) {
          return url ? base64url_encode(inners[i](value)) : base64_encode(inners[i](value));
        };
        for (const std::string around : {"{\"cursor\":\"", "see ", "/api/v1/", "/s/"}) {
          const std::string out = kit.found(around + prefix + coded(secret) + "\"} ok").text;
          EXPECT_EQ(out.find(coded(secret)), out.npos) << i << ' ' << before << ' ' << around;
          EXPECT_TRUE(out.starts_with(around) && out.ends_with("\"} ok")) << i << ' ' << before << ' ' << around << out;
          const std::string same = around + prefix + coded(other) + "/items";
          EXPECT_EQ(kit.found(same).text, same) << i << ' ' << before;
        }
      }
      const std::string hex = std::string("abcdef12").substr(0, before) + hex_encode(inners[i](secret));
      EXPECT_EQ(kit.found("see " + hex + " ok").text.find(hex), std::string::npos) << i << ' ' << before;
    }
  }
}

// Stretches that can not hold the shortest known value are passed over; one that just can is not.
TEST(ExploreRuns, TheShortestStretchThatHoldsAKnownValue) {
  for (std::size_t size = 8; size < 30; ++size) {
    Kit kit;
    const std::string secret = secret_text(size);
    kit.know(secret);
    for (const std::string_view before : {"", "a", "ab"}) {
      // Of the encoding only what no neighbour has a part in, with one space in it.
      const std::string coded = base64_encode(std::string(before) + secret + "xyz");
      const std::size_t first = (before.size() * 8 + 5) / 6;
      std::string core = coded.substr(first, (before.size() + size) * 8 / 6 - first);
      const std::string whole = core;
      core.insert(core.size() / 2, " ");
      EXPECT_EQ(without_space(kit.found(core).text).find(whole), std::string::npos) << size << ' ' << before;
    }
  }
}

TEST(ExploreRuns, WordsStay) {
  Kit kit;
  kit.know(secret_text());
  const std::string text = "the quick brown fox\njumps over the lazy dog 1234 5678 and back";
  EXPECT_EQ(kit.found(text).text, text);
}

TEST(ExploreRuns, UnreadArchivesInBase64AreRefused) {
  Kit kit;
  kit.know(secret_text());
  std::string xz(
      "\xfd"
      "7zXZ\0",
      6);
  xz.resize(40, '\x81');
  EXPECT_EQ(kit.found("data " + base64_encode(xz)).text, "gave up");
  EXPECT_EQ(kit.found("data " + base64_encode("BZh91AY&SY" + std::string(30, '\x81'))).text, "gave up");
}

constexpr std::string_view kAlnum = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

// Signs of a form or an escape at the cut begin nothing by themselves.
TEST(ExploreRuns, WhatACutAnswerEndsWithStaysWhenItBeginsNothingKnown) {
  const auto redactor = make_redactor({test::random_text(24, kAlnum)});
  std::vector<std::string> ends = {"x=1&y=2", "50%", "c:\\temp", "n=%4"};
  for (int i = 0; i < 200; ++i) ends.push_back(test::random_text(3000, kAlnum));
  for (const std::string& text : ends) {
    Interaction raw = exchange(get_request(), "text/plain", text);
    raw.failure = Failure{FailureKind::kReset, "reset"};
    const auto out = redactor->redact(raw);
    ASSERT_FALSE(out->response->body.omitted) << text;
    EXPECT_EQ(out->response->body.content.text, text);
  }
}

}  // namespace
}  // namespace cvr::redact
