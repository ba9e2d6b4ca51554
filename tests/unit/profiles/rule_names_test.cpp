#include "profiles/rule_names.h"

#include <gtest/gtest.h>

namespace cvr::profiles {
namespace {

std::string problem(NameOf what, std::string_view written, bool keep = false) {
  return rule_name_problem(what, rule_name(what, written), keep);
}

TEST(RuleNames, AreLookedForAsTheyAreMeant) {
  EXPECT_EQ(rule_name(NameOf::kXml, "acme:note"), "note");
  EXPECT_EQ(rule_name(NameOf::kXml, "a:order.b:note"), "order.note");
  EXPECT_EQ(rule_name(NameOf::kXml, "note"), "note");
  EXPECT_EQ(rule_name(NameOf::kQuery, "page%5Bsize%5D"), "page[size]");
  EXPECT_EQ(rule_name(NameOf::kForm, "page%5bsize%5d"), "page[size]");
  EXPECT_EQ(rule_name(NameOf::kJson, "a:b%20"), "a:b%20");
  for (const std::string_view name : {"note", "order.note", "acme:note", "a.b.c", "@k", "*note"})
    EXPECT_EQ(problem(NameOf::kXml, name), "") << name;
  for (const std::string_view name :
       {"note", "data.note", "x.y.z", "$request.note", "page[size]", "/data/0/note", "/a~1b"})
    EXPECT_EQ(problem(NameOf::kJson, name), "") << name;
  for (const std::string_view name : {"page%5Bsize%5D", "page[size]", "a b"})
    EXPECT_EQ(problem(NameOf::kQuery, name), "") << name;
}

TEST(RuleNames, WhatFindsNothingIsRefusedWithWhatDoes) {
  const auto ends = [](const std::string& text, std::string_view with) { return text.ends_with(with); };
  EXPECT_TRUE(ends(problem(NameOf::kJson, "data/note"), ": /data/note"));
  EXPECT_TRUE(ends(problem(NameOf::kJson, "data[0].note"), ": /data/0/note"));
  EXPECT_TRUE(ends(problem(NameOf::kJson, "data[].note"), ": /data/*/note"));
  EXPECT_TRUE(ends(problem(NameOf::kJson, "data[*].note"), ": /data/*/note"));
  EXPECT_TRUE(ends(problem(NameOf::kJson, "$.data.note"), ": /data/note"));
  EXPECT_TRUE(problem(NameOf::kXml, "/order/note").find(" named order.note") != std::string::npos);
  EXPECT_TRUE(problem(NameOf::kXml, "order/note").find(" named order.note") != std::string::npos);
  EXPECT_TRUE(problem(NameOf::kXml, "/a/b/@k").find(" named b.k") != std::string::npos);
  EXPECT_TRUE(ends(problem(NameOf::kXml, "//note"), " named note"));
  EXPECT_NE(problem(NameOf::kXml, "/"), "");
  EXPECT_NE(problem(NameOf::kJson, "[[[]"), "");
  EXPECT_NE(problem(NameOf::kJson, "/a~2"), "");
}

TEST(RuleNames, HeadersAreTokensAndSomeAreNeverKept) {
  EXPECT_EQ(problem(NameOf::kHeader, "X-A"), "");
  EXPECT_EQ(problem(NameOf::kHeader, "x-*"), "");
  EXPECT_EQ(problem(NameOf::kHeader, "Authorization"), "");
  EXPECT_NE(problem(NameOf::kHeader, "X A"), "");
  EXPECT_NE(problem(NameOf::kHeader, "X:A"), "");
  for (const std::string_view name : {"Authorization", "cookie", "SET-COOKIE", "Proxy-Authorization"})
    EXPECT_NE(problem(NameOf::kHeader, name, true), "") << name;
  EXPECT_EQ(problem(NameOf::kHeader, "X-Api-Key", true), "");
}

TEST(RuleNames, Hosts) {
  for (const std::string_view host : {"api.vendor.example", "*.vendor.example", "127.0.0.1", "[::1]",
                                      "b\xc3\xbc"
                                      "cher.example"})
    EXPECT_EQ(rule_host_problem(host), "") << host;
  for (const std::string_view host : {"a b", "https://a.example", "a.example/x", "u@a.example", "a\n"})
    EXPECT_NE(rule_host_problem(host), "") << host;
}

}  // namespace
}  // namespace cvr::profiles
