#include "redact/providers.h"

#include <set>

#include "kit.h"
#include "redact/check.h"

namespace cvr::redact {
namespace {

std::string tail_of(Tail tail, std::size_t size) {
  switch (tail) {
    case Tail::kHex:
      return test::random_hex(size);
    case Tail::kUpper:
      return test::random_text(size, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
    default:
      return test::random_text(size, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
  }
}

TEST(Providers, EveryFormatIsFoundAndReplaced) {
  Kit kit;
  std::set<std::string_view> seen;
  for (const Provider& provider : providers()) {
    EXPECT_GE(provider.prefix.size(), 3u);
    EXPECT_TRUE(seen.insert(provider.prefix).second) << provider.prefix;
    const std::string secret = tail_of(provider.tail, provider.min_tail);
    const std::string token = std::string(provider.prefix) + secret;
    const RedactedText out = kit.found("{\"x\":\"" + token + "\"}");
    EXPECT_EQ(out.text.find(secret), std::string::npos) << provider.prefix;
    if (provider.min_tail >= 20) {
      EXPECT_TRUE(out.text.starts_with("{\"x\":\"" + std::string(provider.prefix))) << out.text;
    }
    EXPECT_EQ(kit.found(out.text).text, out.text) << "redacted twice: " << provider.prefix;
    // One character less, or in the middle of a word: no token.
    EXPECT_TRUE(kit.found("{\"x\":\"a" + token + "\"}").spans.empty()) << provider.prefix;
  }
}

TEST(Providers, EveryParameterIsFoundAndReplaced) {
  Kit kit;
  for (const Parameter& parameter : parameters()) {
    const std::string secret = test::random_text(24, "abcdefghijklmnopqrstuvwxyz0123456789");
    for (const char* before : {"", "?", "&", ";", " "}) {
      for (const char* after : {"", "&a=b", ";Database=x", "\"", " "}) {
        const std::string name = before + std::string(parameter.name);
        const RedactedText out = kit.found(name + secret + after);
        EXPECT_TRUE(out.text.starts_with(name) && out.text.ends_with(after)) << out.text;
        EXPECT_EQ(out.text.find(secret), std::string::npos) << out.text;
      }
    }
  }
}

TEST(Providers, WhatOnlyLooksLikeAParameter) {
  Kit kit;
  for (const char* text : {"xpassword=hunter2x", "password={password}", "Password=;", "password=$PASSWORD",
                           "token=document.getElementById('x')", "password=required", "sig=abc",
                           "token=", "token==0123456789abcdef0123", "Signature=\"\"", "$token=0123456789abcdef0123"}) {
    EXPECT_TRUE(kit.found(std::string("--- ") + text).spans.empty()) << text;
  }
}

TEST(Providers, TokensWithoutAPrefixOfTheirOwn) {
  Kit kit;
  const std::string twilio = "SK" + test::random_hex(32);
  EXPECT_EQ(kit.found("key " + twilio).text.find(twilio.substr(3)), std::string::npos);
  const std::string azure = "aB1" + std::string("8Q~") + tail_of(Tail::kAlnum, 34);
  const RedactedText out = kit.found("secret: " + azure + " end");
  EXPECT_EQ(out.text.find(azure.substr(6)), std::string::npos);
  EXPECT_EQ(out.text.find("aB1"), std::string::npos);
  const std::string link = "https://hooks.slack.com/services/T0000/B0000/" + tail_of(Tail::kAlnum, 24);
  EXPECT_EQ(kit.found(link).text.find(link.substr(45)), std::string::npos);
}

}  // namespace
}  // namespace cvr::redact
