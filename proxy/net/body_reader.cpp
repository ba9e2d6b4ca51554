#include "net/body_reader.h"

#include <algorithm>

namespace cvr::net {

bool BodyReader::take_chunked(Piece& piece) {
  using Kind = http::ChunkDecoder::Kind;
  const std::string_view bytes = buffer_.view();
  http::ChunkDecoder::Step step = decoder_.step(bytes);
  if (step.kind == Kind::kRefused) {
    piece.malformed = step.why;
    return true;
  }
  taken_ = step.consumed;
  if (step.kind == Kind::kData) {
    piece.data = step.data;
    // A body that ends right behind this piece is told at once: one write to the client, not two.
    http::ChunkDecoder ahead = decoder_;
    const http::ChunkDecoder::Step after = ahead.step(bytes.substr(taken_));
    if (after.kind == Kind::kDone) {
      decoder_ = std::move(ahead);
      taken_ += after.consumed;
      piece.last = done_ = true;
    }
    return true;
  }
  if (step.kind == Kind::kDone) {
    piece.last = done_ = true;
    return true;
  }
  buffer_.consume(taken_);
  taken_ = 0;
  return false;
}

bool BodyReader::take(Piece& piece) {
  if (framing_ == Framing::kChunked) return take_chunked(piece);
  const std::string_view bytes = buffer_.view();
  if (bytes.empty()) return false;
  taken_ = bytes.size();
  if (framing_ == Framing::kLength) {
    taken_ = static_cast<std::size_t>(std::min<std::uint64_t>(left_, taken_));
    left_ -= taken_;
    piece.last = done_ = left_ == 0;
  }
  piece.data = bytes.substr(0, taken_);
  return true;
}

bool BodyReader::take_buffered(Piece& piece) {
  buffer_.consume(taken_);
  taken_ = 0;
  if (done_) {
    piece.last = true;
    return true;
  }
  return take(piece);
}

awaitable<BodyReader::Piece> BodyReader::next() {
  Piece piece;
  while (!take_buffered(piece)) {
    piece.io = co_await stream_.read_some(buffer_.prepare());
    if (piece.io.status == IoStatus::kEof && framing_ == Framing::kUntilClose) {
      piece.io = {};
      piece.last = done_ = true;
      co_return piece;
    }
    if (!piece.io) co_return piece;
    buffer_.commit(piece.io.bytes);
  }
  co_return piece;
}

}  // namespace cvr::net
