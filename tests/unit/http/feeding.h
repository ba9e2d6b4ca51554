// Feeds one text to the parsers whole and byte by byte, as a socket would.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "http/chunks.h"
#include "http/head.h"

namespace cvr::http::test {

using Kind = HeadResult::Kind;

// `head`, when given, views into `bytes`.
inline HeadResult request_whole(std::string_view bytes, RequestHead* head = nullptr, const HeadLimits& limits = {}) {
  RequestHead own;
  std::size_t scanned = 0;
  return parse_request_head(bytes, scanned, limits, head != nullptr ? *head : own);
}

inline HeadResult response_whole(std::string_view bytes, std::string_view method = "GET",
                                 ResponseHead* head = nullptr) {
  ResponseHead own;
  std::size_t scanned = 0;
  return parse_response_head(bytes, scanned, HeadLimits{}, method, head != nullptr ? *head : own);
}

// Calls `parse(prefix, scanned)` for every prefix until it answers something else than kNeedMore.
template <class Parse>
HeadResult byte_by_byte(std::string_view bytes, Parse parse) {
  std::size_t scanned = 0;
  for (std::size_t size = 1; size <= bytes.size(); ++size) {
    const HeadResult result = parse(bytes.substr(0, size), scanned);
    if (result.kind != Kind::kNeedMore) return result;
    EXPECT_EQ(scanned, size) << "a byte would be scanned twice";
  }
  return {};
}

inline HeadResult request_byte_by_byte(std::string_view bytes, RequestHead* head = nullptr) {
  RequestHead own;
  return byte_by_byte(bytes, [&](std::string_view prefix, std::size_t& scanned) {
    return parse_request_head(prefix, scanned, HeadLimits{}, head != nullptr ? *head : own);
  });
}

inline HeadResult response_byte_by_byte(std::string_view bytes, std::string_view method = "GET") {
  ResponseHead head;
  return byte_by_byte(bytes, [&](std::string_view prefix, std::size_t& scanned) {
    return parse_response_head(prefix, scanned, HeadLimits{}, method, head);
  });
}

struct Body {
  ChunkDecoder::Kind kind = ChunkDecoder::Kind::kNeedMore;
  std::string data;
  std::size_t consumed = 0;
  Fields trailers;
  std::string why;
};

// Feeds a chunked body in pieces of `piece` bytes; what is not consumed is presented again.
inline Body decode_chunks(std::string_view bytes, std::size_t piece) {
  ChunkDecoder decoder;
  Body body;
  std::size_t have = 0;
  for (;;) {
    const ChunkDecoder::Step step = decoder.step(bytes.substr(body.consumed, have - body.consumed));
    body.kind = step.kind;
    body.consumed += step.consumed;
    body.data += step.data;
    body.why = step.why;
    if (step.kind == ChunkDecoder::Kind::kRefused || step.kind == ChunkDecoder::Kind::kDone) break;
    if (step.kind == ChunkDecoder::Kind::kData) continue;
    if (have == bytes.size()) break;
    have = std::min(bytes.size(), have + piece);
  }
  body.trailers = decoder.trailers();
  return body;
}

}  // namespace cvr::http::test
