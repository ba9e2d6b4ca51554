#include "net/distrust.h"

namespace cvr::net {
namespace {

std::string text(const std::string& user_agent, const std::vector<std::string>& alpn,
                 const std::string& problem = "tlsv1 alert unknown ca") {
  return advise({"api.test", user_agent, alpn, problem}).text;
}

TEST(Distrust, ByUserAgent) {
  EXPECT_EQ(
      text("curl/7.88.1", {}),
      "curl broke off TLS for api.test (tlsv1 alert unknown ca): it does not trust CVR's CA; set CURL_CA_BUNDLE (or "
      "look for cacert in ~/.curlrc); `cvr env` prints all");
  for (const auto& [agent, variable] : {std::pair("Wget/1.21.3", "WGETRC"),
                                        {"git/2.39.5", "GIT_SSL_CAINFO"},
                                        {"python-requests/2.28", "REQUESTS_CA_BUNDLE"},
                                        {"node/v20.20.2 cvr", "NODE_EXTRA_CA_CERTS"},
                                        {"Deno/2.9.6", "DENO_CERT"},
                                        {"Go-http-client/1.1", "SSL_CERT_FILE"},
                                        {"Java-http-client/17.0.15", "JAVA_TOOL_OPTIONS"},
                                        {"Mozilla/5.0 (X11)", "cvr env --browser"}}) {
    EXPECT_NE(text(agent, {"h2"}).find(variable), std::string::npos) << agent;
  }
}

TEST(Distrust, ByClientHello) {
  EXPECT_NE(text("", {}).find("without ALPN"), std::string::npos);
  EXPECT_NE(text("", {"h2", "http/1.1"}).find("DENO_CERT"), std::string::npos);
  EXPECT_NE(text("other/1", {"http/1.1"}).find("Python, Bun, undici"), std::string::npos);
  EXPECT_NE(text("", {}, "").find("it left without a word"), std::string::npos);
}

TEST(Distrust, WhoVerifiesLate) {
  EXPECT_TRUE(verifies_late("Wget/1.21.3"));
  EXPECT_TRUE(verifies_late("git/2.39.5"));
  EXPECT_FALSE(verifies_late("curl/7.88.1"));
  EXPECT_FALSE(verifies_late(""));
}

TEST(Distrust, OnlyAProtocolThatIsNotSpoken) {
  const Advice advice = advise({"api.test", "", {"spdy/3"}, "no application protocol"});
  EXPECT_NE(advice.text.find("offers only spdy/3 for api.test: CVR speaks HTTP/1.1 and HTTP/2"), std::string::npos);
  EXPECT_NE(advice.kind, advise({"api.test", "", {"spdy/3"}, "tlsv1 alert unknown ca"}).kind);
}

TEST(Distrust, OnceAKindWhateverTheHost) {
  EXPECT_EQ(advise({"a.test", "curl/7", {}, "x"}).kind, advise({"b.test", "curl/8", {"h2"}, "y"}).kind);
  EXPECT_NE(advise({"a.test", "curl/7", {}, "x"}).kind, advise({"a.test", "Wget/1", {}, "x"}).kind);
}

TEST(Distrust, OnRecordByWhatTheAlertSays) {
  const auto kind = [](const std::string& problem, bool late) {
    return as_refusal({"api.test", "curl/7", {}, problem}, late).kind;
  };
  for (const char* problem :
       {"tlsv1 alert unknown ca", "sslv3 alert bad certificate", "ssl/tls alert certificate unknown"})
    EXPECT_EQ(kind(problem, false), cassette::kRefusedCertificate) << problem;
  for (const char* problem : {"", "no application protocol", "wrong version number", "tlsv1 alert protocol version"})
    EXPECT_EQ(kind(problem, false), cassette::kLeftHandshake) << problem;
  EXPECT_EQ(kind("", true), cassette::kRefusedCertificate);
  const cassette::Refusal refusal = as_refusal({"api.test", "curl/7", {"h2"}, std::string(1000, 'x')}, false);
  EXPECT_EQ(refusal.host, "api.test");
  EXPECT_EQ(refusal.reason.size(), 100U);
  EXPECT_EQ(as_refusal({"api.test", "", {}, ""}, false).reason, "it left without a word");
}

TEST(Distrust, WhatIsForeignIsPrintable) {
  EXPECT_EQ(text("\x1b]0;x\x07", {"\x1b[31m"}, "no application protocol").find('\x1b'), std::string::npos);
}

std::string sized(std::size_t bytes, const std::string& text) {
  std::string out;
  for (std::size_t i = bytes; i-- > 0;) out += static_cast<char>(text.size() >> (8 * i) & 0xff);
  return out + text;
}

std::string hello(const std::string& alpn) {
  const std::string extensions = std::string("\0\x17\0\0", 4) + std::string("\0\x10", 2) + sized(2, alpn);
  const std::string body = std::string(34, 'v') + sized(1, "id") + sized(2, "cipher") + sized(1, std::string(1, '\0')) +
                           sized(2, extensions);
  return "\x01" + sized(3, body);
}

TEST(Distrust, WhatAClientHelloOffers) {
  using Names = std::vector<std::string>;
  const std::string whole = hello(sized(2, "\x02h2\x08http/1.1"));
  EXPECT_EQ(offered_protocols(whole), (Names{"h2", "http/1.1"}));
  for (std::size_t cut = 0; cut < whole.size(); ++cut)
    EXPECT_EQ(offered_protocols(whole.substr(0, cut)), Names{}) << cut;
  EXPECT_EQ(offered_protocols(hello("")), Names{});
  EXPECT_EQ(offered_protocols(hello(sized(2, "\x05h2"))), Names{});
  EXPECT_EQ(offered_protocols(hello(sized(2, std::string("\0\x02h2", 4)))), Names{});
  EXPECT_EQ(offered_protocols(hello(std::string("\xff\xff\x02h2", 5))), Names{});
  EXPECT_EQ(offered_protocols(hello(sized(2, std::string(128, '\x01') + "\x01"))).size(), 16U);
}

}  // namespace
}  // namespace cvr::net
