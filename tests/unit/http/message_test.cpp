#include "cvr/http.h"

namespace cvr::http {
namespace {

TEST(Message, Schemes) {
  EXPECT_EQ(to_string(Scheme::kHttp), "http");
  EXPECT_EQ(to_string(Scheme::kHttps), "https");
  EXPECT_EQ(default_port(Scheme::kHttp), 80);
  EXPECT_EQ(default_port(Scheme::kHttps), 443);
}

TEST(Message, Origins) {
  EXPECT_EQ(to_string(Origin{Scheme::kHttps, "a.example", 443}), "https://a.example");
  EXPECT_EQ(to_string(Origin{Scheme::kHttps, "a.example", 80}), "https://a.example:80");
  EXPECT_EQ(to_string(Origin{Scheme::kHttp, "a.example", 80}), "http://a.example");
  EXPECT_EQ(to_string(Origin{Scheme::kHttp, "::1", 8080}), "http://[::1]:8080");
}

TEST(Message, SafeMethods) {
  for (const char* method : {"GET", "HEAD", "OPTIONS", "TRACE"}) EXPECT_TRUE(is_safe(method));
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE", "CONNECT", "get", "", "GETX"})
    EXPECT_FALSE(is_safe(method));
}

TEST(Message, NamesAreComparedWithoutCase) {
  EXPECT_TRUE(equals_ignoring_case("Content-Type", "cONTENT-tYPE"));
  EXPECT_TRUE(equals_ignoring_case("", ""));
  EXPECT_FALSE(equals_ignoring_case("a", "ab"));
  EXPECT_FALSE(equals_ignoring_case("@[`{", "`{@["));       // 0x20 apart, and no letters
  EXPECT_FALSE(equals_ignoring_case("\xc4", "\xe4"));       // ASCII only
  EXPECT_FALSE(equals_ignoring_case("K", "\xe2\x84\xaa"));  // the Kelvin sign
  EXPECT_EQ(to_lower("AbZ[@\xc4"), "abz[@\xc4");
}

TEST(Message, FieldLookup) {
  const Fields fields = {{"A", "1"}, {"b", "2"}, {"a", "3"}, {"Empty", ""}};
  EXPECT_EQ(find(fields, "a"), &fields[0]) << "the first wins";
  EXPECT_EQ(find(fields, "B"), &fields[1]);
  EXPECT_EQ(find(fields, "c"), nullptr);
  EXPECT_EQ(value_of(fields, "A"), "1");
  EXPECT_EQ(value_of(fields, "empty"), "");
  EXPECT_EQ(value_of(fields, "c"), "");
  EXPECT_NE(find(fields, "empty"), nullptr) << "empty and absent are told apart";
}

TEST(Message, Targets) {
  Request request;
  request.origin = {Scheme::kHttps, "a.example", 8443};
  request.path = "/b";
  EXPECT_EQ(target_of(request), "/b");
  EXPECT_EQ(url_of(request), "https://a.example:8443/b");
  request.has_query = true;
  EXPECT_EQ(target_of(request), "/b?");
  request.query = "c=d?e";
  EXPECT_EQ(target_of(request), "/b?c=d?e");
  EXPECT_EQ(url_of(request), "https://a.example:8443/b?c=d?e");
  Request options;
  options.origin = {Scheme::kHttp, "a.example", 80};
  options.path = "*";
  EXPECT_EQ(target_of(options), "*");
  EXPECT_EQ(url_of(options), "http://a.example/*");
}

}  // namespace
}  // namespace cvr::http
