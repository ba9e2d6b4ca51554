#include "http/target.h"

namespace cvr::http {
namespace {

TEST(Target, OriginForm) {
  const auto target = parse_target("/a%5B/b?c=d?e", false);
  ASSERT_TRUE(target);
  EXPECT_EQ(target->form, TargetForm::kOrigin);
  EXPECT_FALSE(target->origin);
  EXPECT_EQ(target->path, "/a%5B/b");
  EXPECT_TRUE(target->has_query);
  EXPECT_EQ(target->query, "c=d?e");
  const auto empty_query = parse_target("/a?", false);
  EXPECT_TRUE(empty_query->has_query);
  EXPECT_EQ(empty_query->query, "");
  EXPECT_FALSE(parse_target("/a", false)->has_query);
  EXPECT_EQ(parse_target("//evil.example/a", false)->path, "//evil.example/a");
  EXPECT_EQ(parse_target("/http://a@b/", false)->path, "/http://a@b/");
}

TEST(Target, AsteriskForm) {
  const auto target = parse_target("*", false);
  ASSERT_TRUE(target);
  EXPECT_EQ(target->form, TargetForm::kAsterisk);
  EXPECT_EQ(target->path, "*");
  EXPECT_FALSE(parse_target("*", true));
  EXPECT_FALSE(parse_target("**", false));
}

struct Absolute {
  const char* text;
  Scheme scheme;
  const char* host;
  int port;
  const char* path;
};

TEST(Target, AbsoluteForm) {
  for (const Absolute& c : {Absolute{"http://example.com/a", Scheme::kHttp, "example.com", 80, "/a"},
                            {"https://example.com/a", Scheme::kHttps, "example.com", 443, "/a"},
                            {"HTTPS://EXAMPLE.Com:8443/A", Scheme::kHttps, "example.com", 8443, "/A"},
                            {"http://example.com", Scheme::kHttp, "example.com", 80, "/"},
                            {"http://example.com:", Scheme::kHttp, "example.com", 80, "/"},
                            {"http://example.com:/a", Scheme::kHttp, "example.com", 80, "/a"},
                            {"http://example.com?a@b", Scheme::kHttp, "example.com", 80, "/"},
                            {"http://example.com./a", Scheme::kHttp, "example.com", 80, "/a"},
                            {"http://example.com/a@b:c", Scheme::kHttp, "example.com", 80, "/a@b:c"},
                            {"http://a_b.example/", Scheme::kHttp, "a_b.example", 80, "/"},
                            {"https://[::1]:18443/a", Scheme::kHttps, "::1", 18443, "/a"},
                            {"https://[::1]/a", Scheme::kHttps, "::1", 443, "/a"},
                            {"https://[::1]:/a", Scheme::kHttps, "::1", 443, "/a"},
                            {"https://[2001:DB8::a]/", Scheme::kHttps, "2001:db8::a", 443, "/"},
                            {"http://127.0.0.1:8080/", Scheme::kHttp, "127.0.0.1", 8080, "/"},
                            // CLIENTS section 3.2: without brackets the last colon splits.
                            {"https://::1:18443/", Scheme::kHttps, "::1", 18443, "/"},
                            {"https://::1/", Scheme::kHttps, "::1", 443, "/"},
                            {"https://2001:db8::5:443/", Scheme::kHttps, "2001:db8::5", 443, "/"},
                            {"http://2001:db8:0:0:0:0:0:1/", Scheme::kHttp, "2001:db8:0:0:0:0:0:1", 80, "/"}}) {
    const auto target = parse_target(c.text, false);
    ASSERT_TRUE(target) << c.text << ' ' << target.error().text;
    EXPECT_EQ(target->form, TargetForm::kAbsolute) << c.text;
    EXPECT_EQ(*target->origin, (Origin{c.scheme, c.host, static_cast<std::uint16_t>(c.port)})) << c.text;
    EXPECT_EQ(target->path, c.path) << c.text;
  }
  EXPECT_EQ(parse_target("http://example.com?a@b", false)->query, "a@b");
}

constexpr const char* kHostileTargets[] = {"",
                                           "a",
                                           "a/b",
                                           "?a",
                                           "http:",
                                           "http:/",
                                           "http://",
                                           "http:///a",
                                           "http:a",
                                           "http//a",
                                           "ftp://a/",
                                           "file:///a",
                                           "ws://a/",
                                           "javascript://a/",
                                           "://a/",
                                           "http ://a/",
                                           "xhttp://a/",
                                           "http://a@b/",
                                           "http://a:b@c/",
                                           "http://@a/",
                                           "http://a#b",
                                           "/a#b",
                                           "/#",
                                           "http://a/#",
                                           "http://a:0/",
                                           "http://a:65536/",
                                           "http://a:99999999/",
                                           "http://a:-1/",
                                           "http://a:+1/",
                                           "http://a:b/",
                                           "http://a: 1/",
                                           "http://a:1:2/",
                                           "http://:80/",
                                           "http://a..b/",
                                           "http://.a/",
                                           "http://-a/",
                                           "http://a../",
                                           "http://a%41/",
                                           "http://a,b/",
                                           "http://a;b/",
                                           "http://a\\b/",
                                           "http://a b/",
                                           "http://[::1/",
                                           "http://::1]/",
                                           "http://[::1]a/",
                                           "http://[::1]a:80/",
                                           "http://[]/",
                                           "http://[a]/",
                                           "http://[1.2.3.4]/",
                                           "http://[::1%25eth0]/",
                                           "http://[v1.x]/",
                                           "http://[::g]/",
                                           "http://[1:2:3]/",
                                           "http://:::/",
                                           "http://a\xc3\xa4/",
                                           "http://a'/",
                                           "http://127.1/",
                                           "http://2130706433/",
                                           "http://0x7f000001/",
                                           "http://0x7f.1/",
                                           "http://1.2.3.4.5/",
                                           "http://256.1.1.1/",
                                           "http://01.2.3.4/",
                                           "http://1.2.3.0x4/",
                                           "http://a.1/",
                                           "http://127.0.0.1../",
                                           "HTTPS//a",
                                           "*/",
                                           "http://*/"};

TEST(Target, RefusesHostileTargets) {
  for (const char* text : kHostileTargets) {
    const auto target = parse_target(text, false);
    ASSERT_FALSE(target) << text;
    EXPECT_EQ(target.error().code, ErrorCode::kMalformed);
  }
}

TEST(Target, AuthorityForm) {
  const auto target = parse_target("Example.COM:8443", true);
  ASSERT_TRUE(target);
  EXPECT_EQ(target->form, TargetForm::kAuthority);
  EXPECT_EQ(*target->origin, (Origin{Scheme::kHttps, "example.com", 8443}));
  EXPECT_EQ(parse_target("[::1]:18443", true)->origin->host, "::1");
  EXPECT_EQ(*parse_target("::1:18443", true)->origin, (Origin{Scheme::kHttps, "::1", 18443}));
  EXPECT_EQ(*parse_target("2001:db8::5:443", true)->origin, (Origin{Scheme::kHttps, "2001:db8::5", 443}));
  EXPECT_EQ(*parse_target("::ffff:1.2.3.4:443", true)->origin, (Origin{Scheme::kHttps, "::ffff:1.2.3.4", 443}));
  for (const char* text : {"",         ":443",
                           "a",        "a:",
                           "a:0",      "a:65536",
                           "a:x",      "a:443/",
                           "a:443?",   "http://a:443",
                           "a@b:443",  "/",
                           "[::1]",    "[::1]:",
                           "::1",      "a,b:443",
                           "a:443 ",   "a:443:443",
                           "a b:443",  "127.1:443",
                           "*:443",    "*.example.com:443",
                           "a\tb:443", "-a:443"}) {
    EXPECT_FALSE(parse_target(text, true)) << text;
  }
}

TEST(Target, Authorities) {
  const auto is = [](std::string_view text, std::uint16_t port, std::string_view host, std::uint16_t want) {
    const auto authority = parse_authority(text, port);
    return authority && authority->host == host && authority->port == want;
  };
  EXPECT_TRUE(is("Example.com", 80, "example.com", 80));
  EXPECT_TRUE(is("example.com.", 80, "example.com", 80));
  EXPECT_TRUE(is("example.com.:81", 80, "example.com", 81));
  EXPECT_TRUE(is("example.com:", 80, "example.com", 80));
  EXPECT_TRUE(is("a:00080", 443, "a", 80));
  EXPECT_TRUE(is("[::1]", 443, "::1", 443));
  EXPECT_TRUE(is("[::1]:1", 443, "::1", 1));
  EXPECT_TRUE(is("::1", 443, "::1", 443));
  EXPECT_TRUE(is("::1:18443", 443, "::1", 18443)) << "a Host beside CONNECT ::1:18443";
  EXPECT_TRUE(is("::", 443, "::", 443));
  EXPECT_TRUE(is("fe80::1:ffff", 443, "fe80::1:ffff", 443));
  EXPECT_FALSE(parse_authority("a", 0));
  EXPECT_FALSE(parse_authority("a:", 0));
  EXPECT_FALSE(parse_authority("z::", 80));
  EXPECT_FALSE(parse_authority(":", 80));
  EXPECT_FALSE(parse_authority("a:000080", 80));
  EXPECT_FALSE(parse_authority(std::string(254, 'a'), 80));
  EXPECT_TRUE(parse_authority(std::string(253, 'a'), 80));
  EXPECT_FALSE(parse_authority(std::string(100'000, ':'), 80));
}

TEST(Target, Origins) {
  EXPECT_EQ(*parse_origin("https://Sandbox.avinode.com"), (Origin{Scheme::kHttps, "sandbox.avinode.com", 443}));
  EXPECT_EQ(*parse_origin("http://a:8080/"), (Origin{Scheme::kHttp, "a", 8080}));
  for (const char* url :
       {"https://a/b", "https://a?", "https://a/?b", "a", "a:80", "/", "*", "", "https://u@a/", "https://a/#"}) {
    EXPECT_FALSE(parse_origin(url)) << url;
  }
}

TEST(Target, Hosts) {
  for (const char* host : {"a", "a.b", "a-b.c", "a_b", "xn--a.example", "1a", "1.a", "127.0.0.1", "::1",
                           "::ffff:1.2.3.4", "0xg", "a.0xz"}) {
    EXPECT_TRUE(is_valid_host(host)) << host;
  }
  for (const char* host :
       {"",      ".",         "..",  "a.", ".a",    "-a", "a..b", "A",     "a b",      "a/b", "a:80",      "1",
        "127.1", "1.2.3.4.5", "0x1", "0x", "a.0x1", "*",  "a*",   "[::1]", "::1%eth0", ":::", "a\xc3\xa4", "a%2e"}) {
    EXPECT_FALSE(is_valid_host(host)) << host;
  }
  EXPECT_FALSE(is_valid_host(std::string_view("a\0b", 3)));
  EXPECT_FALSE(is_valid_host(std::string_view("127.0.0.1\0", 10)));
  EXPECT_FALSE(is_valid_host(std::string_view("::1\0x", 5)));
}

TEST(Target, IpLiterals) {
  for (const char* host : {"127.0.0.1", "0.0.0.0", "255.255.255.255", "::1", "::", "2001:db8::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(is_ip_literal(host)) << host;
  }
  for (const char* host :
       {"", "a", "1.2.3", "1.2.3.4.", "256.1.1.1", "1.2.3.4.5", "...", "1::2::3", ":", "12345::", "[::1]"}) {
    EXPECT_FALSE(is_ip_literal(host)) << host;
  }
  EXPECT_FALSE(is_ip_literal(std::string_view("1.2.3.4\0", 8)));
}

TEST(Target, HostPatterns) {
  EXPECT_TRUE(host_matches("*", "anything"));
  EXPECT_TRUE(host_matches("avinode.com", "avinode.com"));
  EXPECT_TRUE(host_matches("Avinode.com", "avinode.com"));
  EXPECT_FALSE(host_matches("avinode.com", "sandbox.avinode.com"));
  EXPECT_FALSE(host_matches("avinode.com", "evilavinode.com"));
  EXPECT_TRUE(host_matches("*.avinode.com", "sandbox.avinode.com"));
  EXPECT_TRUE(host_matches("*.AVINODE.com", "a.b.avinode.com"));
  EXPECT_FALSE(host_matches("*.avinode.com", "avinode.com"));
  EXPECT_FALSE(host_matches("*.avinode.com", ".avinode.com"));
  EXPECT_FALSE(host_matches("*.avinode.com", "evilavinode.com"));
  EXPECT_FALSE(host_matches("*.avinode.com", "avinode.com.evil"));
  EXPECT_FALSE(host_matches("", "a"));
}

TEST(Target, ErrorsHoldNoPayload) {
  for (const char* text : {"http://secretuser:secretword@a/", "http://a:secret/", "secret", "secret://a/"}) {
    EXPECT_EQ(parse_target(text, false).error().text.find("secret"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace cvr::http
