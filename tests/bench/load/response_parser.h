// An incremental reader of HTTP/1.x responses: just enough to know where each one ends (RFC 9112
// section 6.3).  Takes pieces of any size, keeps the head only, never the body.  Interim responses
// (1xx) are passed over.  One thread at a time.
//
// It is a load client's parser: it believes a proxy's framing, and refuses what it cannot follow.
// Limits: a head of 64 KiB, a chunk line or trailer line of 8 KiB.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cvr::load {

class ResponseParser {
 public:
  enum class State : std::uint8_t { kReading, kDone, kBad };

  // Before each response.  `head_request`: the answer to a HEAD has no body.
  void start(bool head_request);

  // Takes bytes; answers how many belonged to this response.  All of them while kReading.
  std::size_t feed(std::string_view bytes);

  // The connection ended.  Completes a body that is framed by the end; anything else is kBad.
  void end();

  State state() const { return state_; }
  int status() const { return status_; }
  std::uint64_t body_bytes() const { return body_bytes_; }
  // Whether the connection may carry another request.  Known when kDone.
  bool keeps_alive() const { return keeps_alive_; }

 private:
  enum class Part : std::uint8_t { kHead, kLength, kUntilEnd, kChunkSize, kChunkData, kChunkEnd, kTrailer };

  std::size_t feed_head(std::string_view bytes);
  std::size_t feed_chunk_line(std::string_view bytes);
  std::size_t skip_data(std::string_view bytes);
  void read_head(std::string_view head);
  bool read_status_line(std::string_view line);
  bool read_field(std::string_view line);
  void choose_framing();
  void end_of_line(std::string_view line);

  State state_ = State::kReading;
  Part part_ = Part::kHead;
  bool head_request_ = false;
  bool keeps_alive_ = true;
  bool chunked_ = false;
  bool has_length_ = false;
  int status_ = 0;
  std::uint64_t left_ = 0;  // of the body or of the chunk
  std::uint64_t body_bytes_ = 0;
  std::string text_;  // of a head or line that is not whole yet
};

}  // namespace cvr::load
