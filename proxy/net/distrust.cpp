#include "net/distrust.h"

#include <algorithm>

#include "base/escape.h"
#include "cvr/http.h"

namespace cvr::net {
namespace {

struct Known {
  std::string_view begin;  // of User-Agent, in lower case
  std::string_view name, variable;
};

// The first that fits counts.
constexpr Known kKnown[] = {
    {"curl/", "curl", "CURL_CA_BUNDLE (or look for cacert in ~/.curlrc)"},
    {"wget/", "wget", "WGETRC (no variable names a CA for it)"},
    {"git/", "git", "GIT_SSL_CAINFO (or look at git config http.sslCAInfo)"},
    {"python-requests/", "requests", "REQUESTS_CA_BUNDLE (and no verify= in the code)"},
    {"httpie/", "httpie", "REQUESTS_CA_BUNDLE"},
    {"python-urllib/", "urllib", "SSL_CERT_FILE"},
    {"python-httpx/", "httpx", "SSL_CERT_FILE"},
    {"python/", "aiohttp", "SSL_CERT_FILE"},
    {"node", "Node", "NODE_EXTRA_CA_CERTS and NODE_OPTIONS (code that passes ca: drops the first)"},
    {"axios/", "axios", "NODE_EXTRA_CA_CERTS"},
    {"bun/", "Bun", "NODE_EXTRA_CA_CERTS"},
    {"deno/", "Deno", "DENO_CERT"},
    {"go-http-client/", "Go", "SSL_CERT_FILE"},
    {"java", "Java", "JAVA_TOOL_OPTIONS with a trust store (Java reads no other variable)"},
    {"okhttp", "OkHttp", "JAVA_TOOL_OPTIONS with a trust store (Java reads no other variable)"},
    {"ruby", "Ruby", "SSL_CERT_FILE"},
    {"mozilla/", "a browser", "no variable: chromium $(cvr env --browser), or cvr ca install --store nss"}};

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + printable(name);
  return out;
}

// Without a User-Agent the ClientHello tells families apart.
Known by_hello(const BrokenHandshake& broken) {
  const auto& alpn = broken.alpn;
  const bool h2 = std::ranges::find(alpn, "h2") != alpn.end();
  if (alpn.empty()) {
    return {"", "a client without ALPN (Node, Ruby, Java, aiohttp)",
            "NODE_EXTRA_CA_CERTS for Node, SSL_CERT_FILE for Ruby and Python, JAVA_TOOL_OPTIONS for Java"};
  }
  if (h2) {
    return {"", "a client that offers HTTP/2 (a browser, Java, Go, rustls)",
            "SSL_CERT_FILE for Go, DENO_CERT for Deno, JAVA_TOOL_OPTIONS for Java; chromium $(cvr env --browser)"};
  }
  return {"", "a client that offers HTTP/1.1 (Python, Bun, undici)",
          "SSL_CERT_FILE and REQUESTS_CA_BUNDLE for Python, NODE_EXTRA_CA_CERTS for Node and Bun"};
}

// What is not there reads as nothing.
struct Parts {
  std::string_view rest;
  std::string_view take(std::size_t size) {
    const std::string_view part = size <= rest.size() ? rest.substr(0, size) : std::string_view();
    rest.remove_prefix(std::min(size, rest.size()));
    return part;
  }
  std::size_t number(std::size_t bytes) {
    std::size_t out = 0;
    for (const char c : take(bytes)) out = out << 8 | static_cast<unsigned char>(c);
    return out;
  }
};

constexpr std::size_t kAlpn = 16;
constexpr std::size_t kMostNames = 16;

std::vector<std::string> names_of(std::string_view extension) {
  Parts all{extension};
  Parts list{all.take(all.number(2))};
  std::vector<std::string> out;
  while (!list.rest.empty() && out.size() < kMostNames) {
    const std::string_view name = list.take(list.number(1));
    if (name.empty()) return {};
    out.emplace_back(name);
  }
  return out;
}

}  // namespace

Advice advise(const BrokenHandshake& broken) {
  const std::string agent = http::to_lower(broken.user_agent);
  const auto named = std::ranges::find_if(kKnown, [&](const Known& known) { return agent.starts_with(known.begin); });
  const Known known = named != std::end(kKnown) ? *named : by_hello(broken);
  const std::string name(known.name);
  const std::string host = printable(broken.host);
  // Said by CVR's own side: nothing that the client speaks is HTTP/1.1 or HTTP/2.
  if (broken.problem.find("no application protocol") != std::string::npos ||
      broken.problem.find("no suitable application protocol") != std::string::npos) {
    return {name + " alpn", name + " offers only " + joined(broken.alpn) + " for " + host +
                                ": CVR speaks HTTP/1.1 and HTTP/2; let the client offer one of them"};
  }
  const std::string why = broken.problem.empty() ? "it left without a word" : printable(broken.problem);
  return {name, name + " broke off TLS for " + host + " (" + why + "): it does not trust CVR's CA; set " +
                    std::string(known.variable) + "; `cvr env` prints all"};
}

cassette::Refusal as_refusal(const BrokenHandshake& broken, bool late) {
  // RFC 8446 section 6.2, in OpenSSL's words: "tlsv1 alert unknown ca", "sslv3 alert bad certificate" ...
  const bool told =
      broken.problem.find("alert") != std::string::npos && (broken.problem.find("certificate") != std::string::npos ||
                                                            broken.problem.find("unknown ca") != std::string::npos);
  const std::string_view kind = told || late ? cassette::kRefusedCertificate : cassette::kLeftHandshake;
  const std::string reason = broken.problem.empty() ? "it left without a word" : broken.problem.substr(0, 100);
  return {0, std::string(kind), broken.host, reason};
}

bool verifies_late(std::string_view user_agent) {
  const std::string agent = http::to_lower(user_agent);
  return agent.starts_with("wget/") || agent.starts_with("git/");
}

std::vector<std::string> offered_protocols(std::string_view client_hello) {
  Parts hello{client_hello};
  hello.take(1 + 3 + 2 + 32);   // type, length, version, random
  hello.take(hello.number(1));  // session
  hello.take(hello.number(2));  // cipher suites
  hello.take(hello.number(1));  // compression
  Parts extensions{hello.take(hello.number(2))};
  while (!extensions.rest.empty()) {
    const std::size_t type = extensions.number(2);
    const std::string_view body = extensions.take(extensions.number(2));
    if (type == kAlpn) return names_of(body);
  }
  return {};
}

}  // namespace cvr::net
