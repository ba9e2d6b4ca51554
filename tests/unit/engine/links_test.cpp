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

TEST(Links, WhichBodiesHoldLinks) {
  for (const char* type : {"application/json", "Application/JSON; charset=utf-8", "application/problem+json",
                           "application/hal+json", "text/json"}) {
    EXPECT_TRUE(has_mappable_body(type)) << type;
  }
  for (const char* type : {"", "text/html", "application/octet-stream", "text/plain; note=json", "image/png"}) {
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
