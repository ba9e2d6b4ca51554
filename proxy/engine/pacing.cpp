#include "engine/pacing.h"

#include <algorithm>

#include "http/chunks.h"

namespace cvr::engine {
namespace {

std::uint64_t total_of(const std::vector<Piece>& pieces) {
  std::uint64_t total = 0;
  for (const Piece& piece : pieces) total += piece.bytes;
  return total;
}

// Where in a body of `size` bytes that stands which stood at `at` of `total`.
std::size_t scaled(std::uint64_t at, std::uint64_t total, std::size_t size) {
  if (total == size) return static_cast<std::size_t>(at);
  return std::min(
      size, static_cast<std::size_t>(static_cast<double>(at) / static_cast<double>(total) * static_cast<double>(size)));
}

}  // namespace

std::vector<Stretch> stretches(const Playback& playback, int minor_version, bool close) {
  // HTTP/1.0 knows no chunks: the close ends the body.
  const bool chunked = playback.framing == Framing::kChunked && minor_version == 1;
  const bool unframed = playback.framing == Framing::kChunked && !chunked;
  std::vector<Stretch> out(1);
  out[0].at_us = playback.wait_us;
  out[0].bytes = playback.head + (close ? "Connection: close\r\n" : "");
  if (playback.bodiless || unframed) {
    out[0].bytes += "\r\n";
  } else {
    append_framing(playback, out[0].bytes);
  }
  if (playback.bodiless) return out;

  const std::vector<Piece> whole{{playback.body.size(), 0}};
  const std::uint64_t total = total_of(playback.pieces);
  const std::vector<Piece>& pieces = total > 0 ? playback.pieces : whole;
  std::uint64_t at = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    at += pieces[i].bytes;
    // The recorder keeps so many pieces and no more: the last has the rest.
    const bool last = i + 1 == pieces.size();
    const std::size_t end = last ? playback.body.size() : scaled(at, std::max(total, at), playback.body.size());
    const std::int64_t at_us = std::max(out.back().at_us, playback.wait_us + pieces[i].at_us);
    if (at_us > out.back().at_us) out.push_back({{}, at_us});
    const std::string_view bytes = std::string_view(playback.body).substr(begin, end - begin);
    if (chunked) {
      http::append_chunk(out.back().bytes, bytes);
    } else {
      out.back().bytes += bytes;
    }
    begin = end;
  }
  if (chunked && !playback.cut_after) http::append_last_chunk(out.back().bytes, playback.trailers);
  return out;
}

}  // namespace cvr::engine
