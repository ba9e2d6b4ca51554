// Field lines that must be refused wherever they stand: framing with two readings, control bytes at
// every place, folds, line breaks, names (SAFETY T01-T03; RFC 9112 sections 5 and 6; RFC 9110 section 5).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cvr::http::test {

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

inline void add_hostile_coding_beside_length(std::vector<std::string>& out) {
  using namespace std::string_literals;
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
}

inline void add_hostile_coding_values(std::vector<std::string>& out) {
  using namespace std::string_literals;
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
                                   "\240chunked"s,
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
}

inline void add_hostile_coding_names(std::vector<std::string>& out) {
  using namespace std::string_literals;
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
}

inline void add_hostile_length_values(std::vector<std::string>& out) {
  using namespace std::string_literals;
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
}

inline void add_hostile_length_names(std::vector<std::string>& out) {
  using namespace std::string_literals;
  for (const std::string& name : {"Content-Length "s, "Content-Length\t"s, "Content_Length"s, "content_length"s,
                                  " Content-Length"s, "Content-Length\0"s,
                                  "\x80"
                                  "Content-Length"s,
                                  "Content Length"s, "X: y\nContent-Length"s, "X: y\rContent-Length"s}) {
    out.push_back(name + ": 5\r\n");
  }
}

// Field lines with two readings; they are refused in requests and in responses.
inline std::vector<std::string> smuggling_lines() {
  std::vector<std::string> out;
  add_hostile_coding_beside_length(out);
  add_hostile_coding_values(out);
  add_hostile_coding_names(out);
  add_hostile_length_values(out);
  add_hostile_length_names(out);
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

}  // namespace cvr::http::test
