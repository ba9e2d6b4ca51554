// Heads that must be refused, made by combination: smuggling, odd Hosts, control bytes at every
// place, folds, line breaks, names, versions (SAFETY T01-T04; RFC 9112; RFC 9110 sections 5 and 7).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cvr::http::test {

struct HeadCase {
  std::string name;
  std::string bytes;
  int status = 400;
};

// "GET / HTTP/1.1", a Host, `lines` (each with its CR LF), the empty line.
inline std::string request_with(std::string_view lines) {
  return "GET /a HTTP/1.1\r\nHost: example.com\r\n" + std::string(lines) + "\r\n";
}

inline std::string response_with(std::string_view lines) {
  return "HTTP/1.1 200 OK\r\nDate: today\r\n" + std::string(lines) + "\r\n";
}

// Bytes that may stand nowhere in a head, and a name for each.
inline std::vector<std::string> control_bytes() {
  std::vector<std::string> out;
  for (int c = 0; c < 0x20; ++c) {
    if (c != '\t' && c != '\r' && c != '\n') out.emplace_back(1, static_cast<char>(c));
  }
  out.emplace_back(1, '\x7f');
  return out;
}

// Field lines with two readings; they are refused in requests and in responses.
inline std::vector<std::string> smuggling_lines() {
  using namespace std::string_literals;
  std::vector<std::string> out;
  for (const std::string length : {"Content-Length: 5\r\n", "content-length: 0\r\n", "CONTENT-LENGTH:5 \r\n"}) {
    for (const std::string coding :
         {"Transfer-Encoding: chunked\r\n", "transfer-encoding:Chunked\r\n", "TRANSFER-ENCODING: identity\r\n",
          "Transfer-Encoding:\r\n", "Transfer_Encoding: chunked\r\n"}) {
      out.push_back(length + coding);
      out.push_back(coding + "X: y\r\n" + length);
    }
    out.push_back(length + length);
    out.push_back(length + "Content-Length: 6\r\n");
    out.push_back(length + "Content_Length: 6\r\n");
  }
  for (const std::string& value : {"xchunked"s,
                                   "chunked, identity"s,
                                   "identity"s,
                                   "identity, chunked"s,
                                   "gzip, chunked"s,
                                   "chunked, chunked"s,
                                   "\"chunked\""s,
                                   "'chunked'"s,
                                   "chunked;q=1"s,
                                   "chunk"s,
                                   "chunked,"s,
                                   ",chunked"s,
                                   ""s,
                                   "chunked chunked"s,
                                   "chunked\0"s,
                                   "\vchunked"s,
                                   "chunked\f"s,
                                   "chun\xc5\xb1ked"s,
                                   "chunked\x80"s,
                                   "\xa0"
                                   "chunked"s,
                                   "cow"s,
                                   "deflate"s,
                                   "c hunked"s,
                                   "chunked\rX: y"s,
                                   "chunked\nX: y"s,
                                   "\r\n chunked"s,
                                   "\r\n\tchunked"s,
                                   "\n chunked"s}) {
    out.push_back("Transfer-Encoding: " + value + "\r\n");
  }
  for (const std::string& name : {"Transfer-Encoding "s,
                                  "Transfer-Encoding\t"s,
                                  "Transfer_Encoding"s,
                                  "transfer_encoding"s,
                                  " Transfer-Encoding"s,
                                  "\tTransfer-Encoding"s,
                                  "Transfer-Encoding\0"s,
                                  "Transfer\0-Encoding"s,
                                  "\xefTransfer-Encoding"s,
                                  "Transfer-Encoding\xff"s,
                                  "Transfer Encoding"s,
                                  "Transfer-Encoding\r\n"s,
                                  "Transfer-Encoding\n"s,
                                  "\vTransfer-Encoding"s,
                                  "X: y\nTransfer-Encoding"s,
                                  "X: y\rTransfer-Encoding"s,
                                  "X: y\r\r\nTransfer-Encoding"s,
                                  "Transfer-Encoding: chunked\r\nTransfer-Encoding"s,
                                  "Transfer-Encoding: identity\r\nTransfer-Encoding"s,
                                  "Transfer-Encoding: chunked\r\ntransfer-encoding"s,
                                  "Transfer_encoding"s,
                                  "Proxy_Connection"s}) {
    out.push_back(name + ": chunked\r\n");
  }
  for (const std::string& value : {""s,
                                   "+5"s,
                                   "-5"s,
                                   "-0"s,
                                   "5,5"s,
                                   "5, 5"s,
                                   "5 5"s,
                                   "0x5"s,
                                   "5a"s,
                                   "a5"s,
                                   "5.0"s,
                                   "5e0"s,
                                   "\"5\""s,
                                   "5;"s,
                                   "5_0"s,
                                   "\xef\xbc\x95"s,
                                   "9223372036854775808"s,
                                   "18446744073709551616"s,
                                   "18446744073709551621"s,
                                   "99999999999999999999999999999999999999"s,
                                   "5\0"s,
                                   "\v5"s,
                                   "5\x80"s,
                                   "5\r\n 5"s,
                                   "\r\n 5"s,
                                   "5\n"s,
                                   "NaN"s}) {
    out.push_back("Content-Length: " + value + "\r\n");
  }
  for (const std::string& name : {"Content-Length "s, "Content-Length\t"s, "Content_Length"s, "content_length"s,
                                  " Content-Length"s, "Content-Length\0"s,
                                  "\x80"
                                  "Content-Length"s,
                                  "Content Length"s, "X: y\nContent-Length"s, "X: y\rContent-Length"s}) {
    out.push_back(name + ": 5\r\n");
  }
  return out;
}

// Field lines that no message may hold.
inline std::vector<std::string> malformed_lines() {
  using namespace std::string_literals;
  std::vector<std::string> out = {
      ": value\r\n", "no colon\r\n",    "name\r\n",        " \r\n",         "\t\r\n",     "A : b\r\n",
      "A\t: b\r\n",  "A: b\r\n c\r\n",  "A: b\r\n\tc\r\n", "A: b\r\n \r\n", " A: b\r\n",  "A: b\nC: d\r\n",
      "A: b\n\r\n",  "A: b\rC: d\r\n",  "A: b\r\r\n",      "A: b\r \n",     "\rA: b\r\n", "\nA: b\r\n",
      "A b: c\r\n",  "\xc3\xa4: b\r\n", "A\x80: b\r\n",    "A\xff: b\r\n"};
  for (const char c : "(),/;<=>?@[\\]{}\""s) out.push_back("A"s + c + "B: c\r\n");
  for (const std::string& c : control_bytes()) {
    out.push_back("A: b" + c + "c\r\n");
    out.push_back("A: " + c + "\r\n");
    out.push_back("A" + c + "B: c\r\n");
    out.push_back(c + "A: b\r\n");
  }
  return out;
}

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
    add("GET / " + std::string(version) + "\r\nHost: a\r\n\r\n", 505);
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
