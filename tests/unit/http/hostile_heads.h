// Heads that must be refused, made by combination: hostile field lines, request lines and status
// lines, odd Hosts, versions, sizes (SAFETY T01-T04, T16; RFC 9112; RFC 9110 section 7.2).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hostile_lines.h"

namespace cvr::http::test {

struct HeadCase {
  std::string name;
  std::string bytes;
  int status = 400;
};

inline std::vector<std::string> hostile_request_lines() {
  using namespace std::string_literals;
  std::vector<std::string> out = {"GET /",
                                  "GET",
                                  "GET  HTTP/1.1",
                                  "GET  / HTTP/1.1",
                                  "GET /  HTTP/1.1",
                                  " GET / HTTP/1.1",
                                  "GET / HTTP/1.1 ",
                                  "GET\t/ HTTP/1.1",
                                  "GET /\tHTTP/1.1",
                                  "GET / a HTTP/1.1",
                                  "/ HTTP/1.1",
                                  "GET / http/1.1",
                                  "GET / HTTP/1.1x",
                                  "GET / HTTP/1",
                                  "GET / HTTP/11",
                                  "GET / HTTP /1.1",
                                  "GET / HTP/1.1",
                                  "GET / HTTP/1.11",
                                  "GET / HTTP/01.1",
                                  "GET / HTTP/1,1",
                                  "GET / XHTTP/1.1",
                                  "GET * HTTP/1.1",
                                  "POST * HTTP/1.1",
                                  "G(T / HTTP/1.1",
                                  "GET: / HTTP/1.1",
                                  "G\"T / HTTP/1.1",
                                  "GET /\xc3\xa4 HTTP/1.1",
                                  "G\x80T / HTTP/1.1",
                                  "GET / HTTP/1.\xb9",
                                  "GET /\xff HTTP/1.1"};
  for (const std::string& c : control_bytes()) {
    out.push_back("G" + c + "T / HTTP/1.1");
    out.push_back("GET /" + c + "a HTTP/1.1");
    out.push_back("GET / HTTP/1." + c);
  }
  for (const std::string c : {"\r", "\n"}) {
    for (const std::string before : {"", "GE", "GET ", "GET /", "GET / ", "GET / HTTP/1.1"}) {
      out.push_back(before + c + std::string("GET / HTTP/1.1").substr(before.size()));
    }
  }
  return out;
}

inline std::vector<std::string> hostile_hosts() {
  using namespace std::string_literals;
  return {""s,      "a@b"s,     "@a"s,   "a/b"s,  "a/"s,        "a?b"s,       "a#b"s,    "a,b"s,     "a, b"s, "a b"s,
          "a\tb"s,  "a\\b"s,    "a%41"s, "a\"b"s, "[::1"s,      "::1]"s,      "[::1]x"s, "[::1]:x"s, "a:b"s,  "a:-1"s,
          "a:+80"s, "a:8 0"s,   ":80"s,  "a;b"s,  "a\xc3\xa9"s, "a'b"s,       "a(b)"s,   "a<b"s,     "a|b"s,  "{a}"s,
          "a\0b"s,  "a\r\n b"s, "a=b"s,  "a&b"s,  "http://a"s,  "a:80,b:80"s, "a[b]"s,   "[a]["s,    "a`b"s,  "a^b"s};
}

inline std::vector<HeadCase> hostile_requests() {
  std::vector<HeadCase> out;
  const auto add = [&](std::string bytes, int status = 400) {
    std::string name = bytes.substr(0, 120);
    out.push_back({std::move(name), std::move(bytes), status});
  };
  for (const std::string& lines : smuggling_lines()) add(request_with(lines));
  for (const std::string& lines : malformed_lines()) {
    add(request_with(lines));
    add("GET /a HTTP/1.1\r\n" + lines + "Host: example.com\r\n\r\n");
  }
  for (const std::string& line : hostile_request_lines()) add(line + "\r\nHost: example.com\r\n\r\n");
  for (const std::string& host : hostile_hosts()) add("GET /a HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
  for (const char* version : {"HTTP/2.0", "HTTP/3.0", "HTTP/0.9", "HTTP/1.2", "HTTP/1.9", "HTTP/9.1", "HTTP/0.1"}) {
    add("GET / " + std::string(version) + "\r\nHost: a\r\n\r\n", 400);
  }
  add("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
  add("GET / HTTP/1.1\r\n\r\n");
  add("GET / HTTP/1.1\r\nAccept: */*\r\n\r\n");
  add("GET http://a/ HTTP/1.1\r\n\r\n");
  for (const char* more : {"Host: a\r\n", "host: a\r\n", "HOST: b\r\n", "Host:\r\n", "X: y\r\nHost: c\r\n"}) {
    add("GET / HTTP/1.1\r\nHost: a\r\n" + std::string(more) + "\r\n");
    add("GET / HTTP/1.0\r\nHost: a\r\n" + std::string(more) + "\r\n");
  }
  add("GET / HTTP/1.1\nHost: a\n\n");
  add("GET / HTTP/1.1\rHost: a\r\r");
  add("GET / HTTP/1.1\r\nHost: a\n\r\n");
  add("GET / HTTP/1.1\r\nHost: a\r\n\n");
  add("GET / HTTP/1.1\r\nHost: a\n\n");
  add("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
  add("\rGET / HTTP/1.1\r\nHost: a\r\n\r\n");
  add("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
  add("\r\n\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
  add("\r\n GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  add("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  add("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\nContent-Length: 5\r\n\r\n");
  add("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (const char* value : {"100-continue, x", "x", "100-continuee", "y 100-continue", "100 continue", "200-ok"}) {
    add(request_with("Content-Length: 5\r\nExpect: " + std::string(value) + "\r\n"), 417);
  }
  add("GET /" + std::string(16 * 1024, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
  add("GET /" + std::string(70 * 1024, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
  add(std::string(70 * 1024, 'G'), 414);
  add(request_with("A: " + std::string(64 * 1024, 'b') + "\r\n"), 431);
  std::string many;
  for (int i = 0; i < 256; ++i) many += "A: b\r\n";
  add(request_with(many), 431);
  std::string flood;
  for (int i = 0; i < 20'000; ++i) flood += "A:\r\n";
  add(request_with(flood), 431);
  return out;
}

inline std::vector<HeadCase> hostile_responses() {
  std::vector<HeadCase> out;
  const auto add = [&](std::string bytes) {
    std::string name = bytes.substr(0, 120);
    out.push_back({std::move(name), std::move(bytes), 502});
  };
  for (const std::string& lines : smuggling_lines()) add(response_with(lines));
  for (const std::string& lines : malformed_lines()) add(response_with(lines));
  for (const char* line :
       {"HTTP/1.1",         "HTTP/1.1 ",        "HTTP/1.1 20",      "HTTP/1.1 2000 OK", "HTTP/1.1 20x OK",
        "HTTP/1.1  200 OK", "HTTP/1.1\t200 OK", "HTTP/1.1 200\tOK", "HTTP/1.1 -20 OK",  "HTTP/1.1 099 OK",
        "HTTP/1.1 000 OK",  "HTTP/2.0 200 OK",  "HTTP/1.2 200 OK",  "HTTP/0.9 200 OK",  "http/1.1 200 OK",
        "HTTP/1.1x200 OK",  " HTTP/1.1 200 OK", "ICY 200 OK",       "HTTP/11 200 OK",   "200 OK",
        "<html>",           "GET / HTTP/1.1",   "\x16\x03\x01",     "HTTP/1.1 +20 OK",  "HTTP/1.1 200OK"}) {
    add(std::string(line) + "\r\nContent-Length: 0\r\n\r\n");
  }
  for (const std::string& c : control_bytes()) add("HTTP/1.1 200 O" + c + "K\r\nContent-Length: 0\r\n\r\n");
  add("HTTP/1.1 200 O\rK\r\nContent-Length: 0\r\n\r\n");
  add("HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n");
  add("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
  add("\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  add("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (const char* status : {"100", "101", "103", "199", "204"}) {
    add("HTTP/1.1 " + std::string(status) + " X\r\nContent-Length: 5\r\n\r\n");
    add("HTTP/1.1 " + std::string(status) + " X\r\nTransfer-Encoding: chunked\r\n\r\n");
  }
  add(response_with("A: " + std::string(64 * 1024, 'b') + "\r\n"));
  std::string many;
  for (int i = 0; i < 256; ++i) many += "A: b\r\n";
  add(response_with(many));
  return out;
}

}  // namespace cvr::http::test
