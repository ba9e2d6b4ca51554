#include "options.h"

#include <arpa/inet.h>

#include <charconv>
#include <functional>
#include <map>
#include <string_view>

namespace cvr::load {

const char kUsage[] =
    "cvr_load --url URL (--proxy 127.0.0.1:PORT | --connect-to 127.0.0.1:PORT) [options]\n"
    "A closed-loop HTTP/1.1 load client for loopback.  Prints one JSON object.\n"
    "  --absolute             through the proxy in absolute-form and clear text, not by CONNECT\n"
    "  --method M, --header 'NAME: VALUE', --body-bytes N\n"
    "  --connections N        default 1; each sends its next request when it has the answer\n"
    "  --fresh                a new connection for each request\n"
    "  --seconds S, --warm-up S    default 3 after 0.5\n"
    "  --requests N           exactly N requests instead, all measured\n"
    "  --first N, --keys N, --scattered   {n} in URL or header counts from --first, below\n"
    "                         first + keys, in order or scattered\n"
    "  --ca FILE              verify the server's certificate\n"
    "  --pids A,B             CPU time and memory of these processes\n"
    "  --expect-status N, --expect-bytes N   anything else counts as an error\n"
    "  --stall S              give up after S seconds without an answer, default 20\n"
    "example: cvr_load --url https://bench.test/item/{n} --proxy 127.0.0.1:8877 --connections 64 --keys 100\n";

namespace {

template <class Number>
bool read_number(std::string_view text, Number* number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  return error == std::errc() && !text.empty() && end == text.data() + text.size();
}

bool read_address(std::string_view text, Address* address) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || !read_number(text.substr(colon + 1), &address->port)) return false;
  in_addr binary{};
  if (inet_pton(AF_INET, std::string(text.substr(0, colon)).c_str(), &binary) != 1) return false;
  address->ipv4 = ntohl(binary.s_addr);
  return address->ipv4 >> 24 == 127 && address->port != 0;
}

bool read_url(std::string_view text, Url* url) {
  url->https = text.starts_with("https://");
  if (!url->https && !text.starts_with("http://")) return false;
  text.remove_prefix(url->https ? 8 : 7);
  const auto slash = text.find('/');
  const std::string_view authority = text.substr(0, slash);
  if (slash != std::string_view::npos) url->target = text.substr(slash);
  const auto colon = authority.find(':');
  url->host = authority.substr(0, colon);
  url->port = url->https ? 443 : 80;
  if (colon != std::string_view::npos && !read_number(authority.substr(colon + 1), &url->port)) return false;
  return !url->host.empty() && url->target.find_first_of(" \r\n") == std::string::npos;
}

bool read_pids(std::string_view text, std::vector<int>* pids) {
  while (true) {
    const auto comma = text.find(',');
    if (!read_number(text.substr(0, comma), &pids->emplace_back())) return false;
    if (comma == std::string_view::npos) return true;
    text.remove_prefix(comma + 1);
  }
}

bool read_text(std::string_view text, std::string* out) {
  *out = text;
  return !text.empty();
}

using Setter = std::function<bool(std::string_view)>;

std::map<std::string_view, Setter> valued_options(Options* o) {
  return {
      {"--url", [o](auto v) { return read_url(v, &o->url); }},
      {"--proxy", [o](auto v) { return read_address(v, &o->proxy); }},
      {"--connect-to", [o](auto v) { return read_address(v, &o->connect_to); }},
      {"--method", [o](auto v) { return read_text(v, &o->method); }},
      {"--header", [o](auto v) { return read_text(v, &o->headers.emplace_back()); }},
      {"--body-bytes", [o](auto v) { return read_number(v, &o->body_bytes); }},
      {"--connections", [o](auto v) { return read_number(v, &o->connections) && o->connections > 0; }},
      {"--seconds", [o](auto v) { return read_number(v, &o->seconds) && o->seconds > 0; }},
      {"--warm-up", [o](auto v) { return read_number(v, &o->warm_up_seconds) && o->warm_up_seconds >= 0; }},
      {"--requests", [o](auto v) { return read_number(v, &o->requests) && o->requests > 0; }},
      {"--stall", [o](auto v) { return read_number(v, &o->stall_seconds) && o->stall_seconds > 0; }},
      {"--first", [o](auto v) { return read_number(v, &o->first); }},
      {"--keys", [o](auto v) { return read_number(v, &o->keys) && o->keys > 0; }},
      {"--ca", [o](auto v) { return read_text(v, &o->ca_file); }},
      {"--pids", [o](auto v) { return read_pids(v, &o->pids); }},
      {"--expect-status", [o](auto v) { return read_number(v, &o->expect_status); }},
      {"--expect-bytes", [o](auto v) { return read_number(v, &o->expect_bytes); }},
  };
}

std::map<std::string_view, bool*> flags(Options* o) {
  return {{"--absolute", &o->absolute}, {"--fresh", &o->fresh}, {"--scattered", &o->scattered}};
}

// Rules between options; an empty text when all is well.
std::string contradiction(const Options& o) {
  if (o.url.host.empty()) return "--url is missing";
  if (o.proxy.given() == o.connect_to.given()) return "give either --proxy or --connect-to";
  if (o.absolute && !o.proxy.given()) return "--absolute needs --proxy";
  if (!o.url.https && o.proxy.given() && !o.absolute) return "an http:// URL through a proxy needs --absolute";
  if (o.scattered && o.keys == 0) return "--scattered needs --keys";
  return {};
}

}  // namespace

std::expected<Options, std::string> read_options(std::span<char* const> arguments) {
  Options options;
  const auto valued = valued_options(&options);
  const auto plain = flags(&options);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string name = arguments[i];
    if (const auto flag = plain.find(name); flag != plain.end()) {
      *flag->second = true;
      continue;
    }
    const auto option = valued.find(name);
    if (option == valued.end()) return std::unexpected("unknown option " + name);
    if (++i == arguments.size()) return std::unexpected(name + " needs a value");
    if (!option->second(arguments[i])) return std::unexpected(name + ": not a value for it: " + arguments[i]);
  }
  if (std::string text = contradiction(options); !text.empty()) return std::unexpected(std::move(text));
  return options;
}

}  // namespace cvr::load
