// Chunked bodies that must be refused and odd ones that must not (RFC 9112 section 7.1, SAFETY T01).
#pragma once

#include <string>
#include <vector>

#include "hostile_heads.h"

namespace cvr::http::test {

inline void add_hostile_sizes(std::vector<std::string>& out) {
  using namespace std::string_literals;
  for (const std::string& size : {"-5"s,
                                  "+5"s,
                                  "0x5"s,
                                  "0X5"s,
                                  " 5"s,
                                  "\t5"s,
                                  "5 "s,
                                  "5\t"s,
                                  "5 5"s,
                                  "g"s,
                                  ""s,
                                  ";a"s,
                                  "5,"s,
                                  "5:"s,
                                  "5.0"s,
                                  "5h"s,
                                  "\"5\""s,
                                  "5\0"s,
                                  "5\x80"s,
                                  "\xff"
                                  "5"s,
                                  "ffffffffffffffff"s,
                                  "10000000000000000"s,
                                  "8000000000000000"s,
                                  "fffffffffffffffffffffffffffffffff"s,
                                  "100000000000000005"s,
                                  "5;a\x01"s,
                                  "5;a\x7f"s,
                                  "5;a\0b"s,
                                  "5;a\rb"s,
                                  "5\r;a"s,
                                  "\r"s,
                                  "5;a\x0b"s,
                                  "5\f"s,
                                  "5\v;a"s,
                                  "5\xc2\xa0"s,
                                  "\xef\xbc\x95"s,
                                  "5 x;a"s,
                                  "5\x1b[2J"s}) {
    out.push_back(size + "\r\nhello\r\n0\r\n\r\n");
    out.push_back("3\r\nabc\r\n" + size + "\r\nhello\r\n0\r\n\r\n");
  }
}

inline void add_hostile_ends(std::vector<std::string>& out) {
  for (const char* body :
       {"5\nhello\r\n0\r\n\r\n", "5\rhello\r\n0\r\n\r\n", "5\r\r\nhello\r\n0\r\n\r\n", "5\r\nhello\n0\r\n\r\n",
        "5\r\nhello\r0\r\n\r\n", "5\r\nhello\rX0\r\n\r\n", "5\r\nhelloXX0\r\n\r\n", "5\r\nhello0\r\n\r\n",
        "5\r\nhello!\r\n0\r\n\r\n", "5\r\nhell\r\n0\r\n\r\n", "5\r\nhello\r\n0\n\r\n", "5\r\nhello\r\n0\r\n\n",
        "5\r\nhello\r\n0\r\n\rX", "5;a\nhello\r\n0\r\n\r\n", "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n",
        "5\r\nhello\r\n0;a\n\r\n", "5\r\nhello\r\n\r\n0\r\n\r\n", "0\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\n5\r\nhello\r\n0\r\n\r\n"}) {
    out.emplace_back(body);
  }
  for (const char* name :
       {"Content-Length", "content-length", "Transfer-Encoding", "Host", "Content_Length", "Transfer_Encoding"}) {
    out.push_back("0\r\n" + std::string(name) + ": chunked\r\n\r\n");
    out.push_back("1\r\na\r\n0\r\nX: y\r\n" + std::string(name) + ": 5\r\n\r\n");
  }
  for (const std::string& lines : malformed_lines()) out.push_back("0\r\nX: y\r\n" + lines + "\r\n");
}

// One extension, extensions and zeros of a whole body, trailers by size and by number.
inline void add_chunk_floods(std::vector<std::string>& out) {
  out.push_back("5;" + std::string(5000, 'a'));
  out.push_back("5;" + std::string(5000, 'a') + "\r\nhello\r\n0\r\n\r\n");
  out.push_back(std::string(5000, '0') + "5\r\nhello\r\n0\r\n\r\n");
  std::string many;
  for (int i = 0; i < 100; ++i) many += "1;" + std::string(1000, 'a') + "\r\nx\r\n";
  out.push_back(many);
  std::string zeros;
  for (int i = 0; i < 100; ++i) zeros += std::string(1000, '0') + "1\r\nx\r\n";
  out.push_back(zeros);
  out.push_back("0\r\nA: " + std::string(70'000, 'b') + "\r\n\r\n");
  out.push_back("0\r\nA: " + std::string(70'000, 'b'));
  std::string fields;
  for (int i = 0; i < 257; ++i) fields += "A: b\r\n";
  out.push_back("0\r\n" + fields + "\r\n");
}

inline std::vector<std::string> hostile_chunked_bodies() {
  std::vector<std::string> out;
  add_hostile_sizes(out);
  add_hostile_ends(out);
  add_chunk_floods(out);
  return out;
}

struct LegalChunks {
  std::string bytes;
  std::string data;
};

inline std::vector<LegalChunks> legal_chunked_bodies() {
  return {{"0\r\n\r\n", ""},
          {"00000\r\n\r\n", ""},
          {"5\r\nhello\r\n0\r\n\r\n", "hello"},
          {"0005\r\nhello\r\n000\r\n\r\n", "hello"},
          {"A\r\n0123456789\r\n0\r\n\r\n", "0123456789"},
          {"a\r\n0123456789\r\n0\r\n\r\n", "0123456789"},
          {"1\r\na\r\n1\r\nb\r\n1\r\n\n\r\n0\r\n\r\n", "ab\n"},
          {"4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n"},
          {"5;ext\r\nhello\r\n0\r\n\r\n", "hello"},
          {"5;a=b;c=\"d ; \xe9\"\r\nhello\r\n0;last\r\n\r\n", "hello"},
          {"5 ;a\r\nhello\r\n0\t; b\r\n\r\n", "hello"},
          {"5; a = b \r\nhello\r\n0\r\n\r\n", "hello"},
          {"5;" + std::string(4000, 'a') + "\r\nhello\r\n0\r\n\r\n", "hello"},
          {std::string(1000, '0') + "5\r\nhello\r\n0\r\n\r\n", "hello"},
          {"5\r\nhello\r\n0\r\nX-Sum: abc\r\nX-Sum: def\r\nY:\r\n\r\n", "hello"}};
}

}  // namespace cvr::http::test
