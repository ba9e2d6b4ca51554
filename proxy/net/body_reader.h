// Reads one message body from a stream, piece by piece as it arrives, transfer coding removed.
// The stream and buffer outlive the reader.  One thread at a time.
#pragma once

#include <string_view>

#include "http/chunks.h"
#include "net/buffer.h"
#include "net/stream.h"

namespace cvr::net {

class BodyReader {
 public:
  BodyReader(Stream& stream, Buffer& buffer, Framing framing, std::uint64_t length)
      : stream_(stream),
        buffer_(buffer),
        framing_(framing),
        left_(framing == Framing::kLength ? length : 0),
        done_(framing == Framing::kNone || (framing == Framing::kLength && length == 0)) {}

  struct Piece {
    Io io;                            // why reading stopped; kOk with data or with `last`
    std::string_view data;            // valid until the next call
    bool last = false;                // the body is complete after this piece
    const char* malformed = nullptr;  // set: the chunked coding was refused
  };
  awaitable<Piece> next();

  // The next piece if it can be had without reading from the stream.  Ends the last piece's views.
  bool take_buffered(Piece& piece);

  bool done() const { return done_; }
  const http::Fields& trailers() const { return decoder_.trailers(); }

 private:
  bool take(Piece& piece);  // from the buffer; false: more bytes are needed
  bool take_chunked(Piece& piece);

  Stream& stream_;
  Buffer& buffer_;
  Framing framing_;
  std::uint64_t left_;
  std::size_t taken_ = 0;  // bytes of the buffer that the last piece viewed
  http::ChunkDecoder decoder_;
  bool done_;
};

}  // namespace cvr::net
