// Heads that are odd and legal: each must be accepted, whole and byte by byte (CONTRACT "Limits and
// odd cases").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hostile_heads.h"

namespace cvr::http::test {

inline std::vector<std::string> legal_lines() {
  std::vector<std::string> out = {
      "",
      "A: b\r\n",
      "A:b\r\n",
      "A:\r\n",
      "A:   \t \r\n",
      "A: \t b \t \r\n",
      "A: b\tc  d\r\n",
      "A: b:c:d\r\n",
      "A: :\r\n",
      "A: b\r\nA: c\r\na: d\r\n",
      "A: caf\xc3\xa9\r\n",
      "A: caf\xe9 \x80\xff\r\n",
      "Set-Cookie: a=b\r\nSet-Cookie: c=d\r\n",
      "!#$%&'*+-.^_`|~09azAZ: all token characters\r\n",
      "A: ()<>@,;:\\\"/[]?={} are fine in a value\r\n",
      "X_Underscore: fine\r\n",
      "User_Agent: fine\r\n",
      "1: a digit as name\r\n",
      "A: \"quoted \\\" string\"\r\n",
      "Content-Length: 0\r\n",
      "Content-Length: 5\r\n",
      "CONTENT-LENGTH: 5\r\n",
      "Content-Length: 005\r\n",
      "Content-Length:5\r\n",
      "Content-Length: 5 \t\r\n",
      "Content-Length: 00000000000000000000000000000000000000005\r\n",
      "Content-Length: 9223372036854775807\r\n",
      "Transfer-Encoding: chunked\r\n",
      "Transfer-Encoding: Chunked\r\n",
      "Transfer-Encoding: CHUNKED\r\n",
      "transfer-encoding:chunked\r\n",
      "TRANSFER-ENCODING: \t chunked \r\n",
      "Trailer: X-Sum\r\nTransfer-Encoding: chunked\r\n",
      "TE: trailers\r\nConnection: TE\r\n",
      "Connection: close, X-Foo\r\nX-Foo: bar\r\n",
      "Connection: ,,keep-alive,\r\n",
      "Keep-Alive: timeout=5\r\nConnection: Keep-Alive\r\n",
      "X-Content-Length: abc\r\n",
      "X-Transfer-Encoding: gzip\r\n",
      "Content-Length-: 7\r\n",
      "Content-Encoding: gzip\r\n",
  };
  out.push_back("A: " + std::string(60 * 1024, 'b') + "\r\n");
  out.push_back(std::string(1000, 'n') + ": v\r\n");
  std::string many;
  for (int i = 0; i < 255; ++i) many += "A" + std::to_string(i) + ": b\r\n";
  out.push_back(many);
  return out;
}

inline std::vector<std::string> legal_requests() {
  std::vector<std::string> out;
  for (const std::string& lines : legal_lines()) {
    out.push_back(request_with(lines));
    out.push_back("POST /a HTTP/1.1\r\n" + lines + "hOsT: example.com:8443\r\n\r\n");
  }
  const std::string host = "\r\nHost: example.com\r\n\r\n";
  for (const char* line : {"get / HTTP/1.1", "PoSt / HTTP/1.1", "M-SEARCH / HTTP/1.1", "X!#$%&'*+-.^_`|~ / HTTP/1.1",
                           "OPTIONS * HTTP/1.1", "GET /? HTTP/1.1", "GET /a?b=c&d[]=e|f\"g<h>{i}^`\\ HTTP/1.1",
                           "GET //double HTTP/1.1", "GET /%00%0d%0a HTTP/1.1", "GET http://example.com HTTP/1.1",
                           "GET HTTPS://EXAMPLE.com:443/a?b HTTP/1.1", "GET /a;b=c:d@e HTTP/1.1", "GET / HTTP/1.0",
                           "TRACE / HTTP/1.1", "PRI / HTTP/1.1", "VERSION-CONTROL / HTTP/1.1"}) {
    out.push_back(line + host);
    out.push_back("\r\n" + std::string(line) + host);
  }
  out.push_back("GET /" + std::string(16 * 1024 - 1, 'a') + " HTTP/1.1" + host);
  out.push_back("BASELINE-CONTROL /" + std::string(16 * 1024 - 1, 'a') + " HTTP/1.1" + host);
  out.push_back("GET / HTTP/1.0\r\n\r\n");
  out.push_back("GET http://example.com/ HTTP/1.0\r\nProxy-Connection: Keep-Alive\r\n\r\n");
  out.push_back("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n");
  out.push_back("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nContent-Length: 0\r\n\r\n");
  out.push_back("CONNECT ::1:18443 HTTP/1.1\r\nHost: ::1:18443\r\n\r\n");
  out.push_back("CONNECT ::1:18443 HTTP/1.0\r\n\r\n");
  out.push_back("GET https://::1:18443/ HTTP/1.1\r\nHost: [::1]:18443\r\n\r\n");
  for (const char* name : {"example.com", "EXAMPLE.com.", "a:1", "a:", "a_b", "[::1]", "[::1]:8443", "[::1]:", "::1",
                           "1.2.3.4:80", "xn--bcher-kva.example", "a", "-", "~"}) {
    out.push_back("GET / HTTP/1.1\r\nHost: " + std::string(name) + " \r\n\r\n");
  }
  for (const char* value : {"100-continue", "100-Continue", ""}) {
    out.push_back(request_with("Content-Length: 5\r\nExpect: " + std::string(value) + "\r\n"));
  }
  return out;
}

inline std::vector<std::string> legal_responses() {
  std::vector<std::string> out;
  for (const std::string& lines : legal_lines()) out.push_back(response_with(lines));
  const std::string rest = "\r\nContent-Length: 0\r\n\r\n";
  for (const char* line : {"HTTP/1.1 200", "HTTP/1.1 200 ", "HTTP/1.0 200 OK", "HTTP/1.1 200  OK  with spaces ",
                           "HTTP/1.1 200 d\xe9"
                           "j\xe0 vu",
                           "HTTP/1.1 404 Not\tFound", "HTTP/1.1 999 Request denied", "HTTP/1.1 600 X",
                           "HTTP/1.1 299 (odd) <reason> \"here\"", "HTTP/1.1 204 No Content",
                           "HTTP/1.1 304 Not Modified", "HTTP/1.1 100 Continue", "HTTP/1.1 205 Reset Content"}) {
    out.push_back(line + rest);
  }
  out.push_back("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
  out.push_back("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n");
  out.push_back("HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\n\r\n");
  out.push_back("HTTP/1.1 200 OK\r\n\r\n");
  out.push_back("HTTP/1.1 200 " + std::string(4000, 'r') + "\r\n\r\n");
  return out;
}

}  // namespace cvr::http::test
