#include "engine/links.h"

namespace cvr::engine {
namespace {

const LinkMap kToListener{"https://sandbox.avinode.com", "http://127.0.0.1:8877"};

TEST(Links, AnOriginIsMappedWhereItEnds) {
  for (const char* behind : {"", "/", "/api/trips/1", "?a=1", "#top", "\"", "'", "<", ">", ")", " ", ",", "\n", "\t",
                             "\\", "}", "\xc3\xa4"}) {
    const std::string rest(behind);
    EXPECT_EQ(map_links("https://sandbox.avinode.com" + rest, kToListener), "http://127.0.0.1:8877" + rest);
  }
}

TEST(Links, AnotherHostOrPortOrUserIsLeftAlone) {
  for (const char* text :
       {"https://sandbox.avinode.com.evil.example/", "https://sandbox.avinode.community",
        "https://sandbox.avinode.com-x/", "https://sandbox.avinode.com:8443/",
        "https://sandbox.avinode.com@evil.example/", "https://sandbox.avinode.com_/", "https://sandbox.avinode.com%2e/",
        "https://sandbox.avinode.com0", "http://sandbox.avinode.com/", "https://www.avinode.com/",
        "sandbox.avinode.com/", "//sandbox.avinode.com/", "https:/sandbox.avinode.com/",
        "https:\\/\\/sandbox.avinode.com.evil.example\\/", "", "https://", "\xff\xfe"}) {
    EXPECT_EQ(map_links(text, kToListener), text);
  }
}

TEST(Links, EveryOneInBothSpellings) {
  EXPECT_EQ(map_links(R"({"a":"https://sandbox.avinode.com/1","b":"https:\/\/sandbox.avinode.com\/2",)"
                      R"("c":["https://sandbox.avinode.com","https://sandbox.avinode.com.evil/"]})",
                      kToListener),
            R"({"a":"http://127.0.0.1:8877/1","b":"http:\/\/127.0.0.1:8877\/2",)"
            R"("c":["http://127.0.0.1:8877","https://sandbox.avinode.com.evil/"]})");
  EXPECT_EQ(map_links("https://sandbox.avinode.comhttps://sandbox.avinode.com/", kToListener),
            "https://sandbox.avinode.comhttp://127.0.0.1:8877/");
}

TEST(Links, SchemeAndHostHaveNoCase) {
  EXPECT_EQ(map_links("<HTTPS://Sandbox.Avinode.COM/Trips>; rel=\"next\"", kToListener),
            "<http://127.0.0.1:8877/Trips>; rel=\"next\"");
}

TEST(Links, TheWayBackIsTheSameMap) {
  const LinkMap back{kToListener.to, kToListener.from};
  const std::string upstream = R"({"a":"https://sandbox.avinode.com/1","b":"https:\/\/sandbox.avinode.com\/2"})";
  EXPECT_EQ(map_links(map_links(upstream, kToListener), back), upstream);
  EXPECT_EQ(map_links("http://127.0.0.1:88771/", back), "http://127.0.0.1:88771/");
}

TEST(Links, OriginsWithAPortAndAnAddress) {
  EXPECT_EQ(
      map_links("https://api.example:8443/x https://api.example/x", {"https://api.example:8443", "http://[::1]:9"}),
      "http://[::1]:9/x https://api.example/x");
  EXPECT_EQ(map_links("http://[::1]:9/x http://[::1]:98/x", {"http://[::1]:9", "https://api.example"}),
            "https://api.example/x http://[::1]:98/x");
}

TEST(Links, WhatAClientSendsBackLeadsToTheUpstream) {
  const auto sent = [](std::string type, std::string body) {
    http::Request request;
    request.query =
        "next=http%3A%2F%2f127.0.0.1%3a8877%2Fp2&other=http%3A%2F%2F127.0.0.1%3A88771&b=http://127.0.0.1:8877/x";
    request.fields = {{"Content-Type", std::move(type)},
                      {"Referer", "http://127.0.0.1:8877/a"},
                      {"Origin", "http://127.0.0.1:8877"},
                      {"X-Note", "http://127.0.0.1:8877"}};
    request.body = std::move(body);
    map_back(request, kToListener);
    return request;
  };
  const http::Request form =
      sent("application/x-www-form-urlencoded; charset=utf-8", "u=http%3A%2F%2F127.0.0.1%3A8877");
  EXPECT_EQ(form.body, "u=https%3A%2F%2Fsandbox.avinode.com");
  EXPECT_EQ(form.query,
            "next=https%3A%2F%2Fsandbox.avinode.com%2Fp2&other=http%3A%2F%2F127.0.0.1%3A88771&"
            "b=https://sandbox.avinode.com/x");
  EXPECT_EQ(form.fields[1].value, "https://sandbox.avinode.com/a");
  EXPECT_EQ(form.fields[2].value, "https://sandbox.avinode.com");
  EXPECT_EQ(form.fields[3].value, "http://127.0.0.1:8877");
  EXPECT_EQ(sent("application/json", R"(["http:\/\/127.0.0.1:8877\/1"])").body,
            R"(["https:\/\/sandbox.avinode.com\/1"])");
  EXPECT_EQ(sent("text/plain", "http://127.0.0.1:8877/").body, "http://127.0.0.1:8877/");
}

TEST(Links, WhichBodiesHoldLinks) {
  for (const char* type : {"application/json", "Application/JSON; charset=utf-8", "application/problem+json",
                           "application/hal+json", "text/json"}) {
    EXPECT_TRUE(has_mappable_body(type)) << type;
  }
  for (const char* type : {"", "text/html", "application/octet-stream", "text/plain; note=json", "image/png",
                           "application/x-ndjson", "application/jsonl", "application/json-seq"}) {
    EXPECT_FALSE(has_mappable_body(type)) << type;
  }
}

TEST(Links, WhichHeadersAreLinks) {
  for (const char* name : {"Location", "location", "CONTENT-LOCATION", "Link", "Refresh"}) {
    EXPECT_TRUE(is_link_header(name)) << name;
  }
  for (const char* name : {"", "Locations", "X-Location", "Referer", "Host"})
    EXPECT_FALSE(is_link_header(name)) << name;
}

}  // namespace
}  // namespace cvr::engine
