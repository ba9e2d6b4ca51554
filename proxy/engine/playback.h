// A recorded answer made ready to be sent: head and body as bytes, framing derived.
//
// Framing is evidence in the record, never copied: Content-Length and Transfer-Encoding are
// computed from what is sent (HOUSE "framing is derived").  HEAD's and 304's Content-Length stay,
// since nothing is framed by them.  Immutable after make_playback; shared between threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cvr/interaction.h"
#include "cvr/result.h"
#include "engine/links.h"

namespace cvr::engine {

struct Playback {
  std::uint64_t n = 0;  // as `cvr ls` counts
  std::string head;     // status line and fields, framing and empty line not yet
  std::string body;     // as the client was promised: content codings applied
  Framing framing = Framing::kLength;
  bool bodiless = false;  // HEAD, 204, 304: head only
  http::Fields trailers;
  std::optional<std::uint64_t> cut_after;  // the upstream stopped here: send so much, then reset
  std::uint64_t announced = 0;             // Content-Length of a cut body
  std::int64_t recorded_utc_us = 0;        // when; 0: not known
  std::int64_t wait_us = 0;                // recorded time from the whole request to the answer's head
  std::vector<Piece> pieces;               // how the body came, when it came in several
  bool loosened = false;                   // a looser rule of the user's bears on the recorded request
  std::string wire;                        // the whole for an HTTP/1.1 client that keeps its connection
};

// Errors (kUnsupported): the body was omitted from the record, so there is nothing true to send.  An answer that broke
// off and whose body was omitted (half of a gzip body can not be read) breaks off behind its head.
Result<Playback> make_playback(std::uint64_t n, const RedactedInteraction& interaction, const LinkMap* links);

// Sets `wire` from the rest.
void make_wire(Playback& playback);

// The framing field and the empty line, as `wire` has them.
void append_framing(const Playback& playback, std::string& out);

// The whole message for an HTTP/1.0 client, or one that closes: `Connection: close`, no chunks
// for 1.0 (a cut body is then told by its missing close_notify, or not at all).
std::string closing_wire(const Playback& playback, int minor_version);

}  // namespace cvr::engine
