#include "engine/playback.h"

#include <algorithm>

#include "engine/problem.h"
#include "http/chunks.h"
#include "http/codings.h"
#include "http/connection_fields.h"
#include "http/serialise.h"

namespace cvr::engine {
namespace {

// What says which fields belonged to the upstream's connection.
http::Fields connection_fields(const RedactedResponse& response) {
  http::Fields out;
  for (const RedactedField& field : response.fields) {
    if (http::equals_ignoring_case(field.name.text, "connection")) out.push_back({field.name.text, field.value.text});
  }
  return out;
}

std::uint64_t length_evidence(const RedactedResponse& response) {
  for (const RedactedField& field : response.fields) {
    if (http::equals_ignoring_case(field.name.text, "content-length")) {
      return std::strtoull(field.value.text.c_str(), nullptr, 10);
    }
  }
  return 0;
}

void append_head(const RedactedResponse& response, const LinkMap* links, bool keep_length, std::string& out) {
  out = "HTTP/1.1 " + std::to_string(response.status) + " " + response.reason.text + "\r\n";
  const http::Fields connection = connection_fields(response);
  for (const RedactedField& field : response.fields) {
    const bool is_length = http::equals_ignoring_case(field.name.text, "content-length");
    if (is_length ? !keep_length : http::belongs_to_connection(connection, field.name.text)) continue;
    const bool mapped = links != nullptr && is_link_header(field.name.text);
    http::append_field(out, field.name.text, mapped ? map_links(field.value.text, *links) : field.value.text);
  }
}

Result<std::string> wire_body(const RedactedResponse& response, const LinkMap* links) {
  const RedactedBody& body = response.body;
  if (body.omitted)
    return fail(ErrorCode::kUnsupported, "the body of this answer was not recorded (" + *body.omitted + ")");
  const std::string_view type = [&]() -> std::string_view {
    for (const RedactedField& field : response.fields) {
      if (http::equals_ignoring_case(field.name.text, "content-type")) return field.value.text;
    }
    return {};
  }();
  if (links != nullptr && has_mappable_body(type)) {
    return http::encode_body(map_links(body.content.text, *links), body.codings);
  }
  return http::encode_body(body.content.text, body.codings);
}

Playback failure_playback(const Failure& failure, bool head_only) {
  Playback playback;
  http::Response response = upstream_failure(failure);
  playback.head = http::head_without_framing(response);
  playback.bodiless = head_only;
  if (head_only) {
    http::append_field(playback.head, "Content-Length", std::to_string(response.body.size()));
  } else {
    playback.body = std::move(response.body);
  }
  return playback;
}

void append_framed(const Playback& playback, std::string& out) {
  append_framing(playback, out);
  if (playback.framing != Framing::kChunked) {
    out += playback.body;
    return;
  }
  http::append_chunk(out, playback.body);
  if (!playback.cut_after) http::append_last_chunk(out, playback.trailers);
}

}  // namespace

void make_wire(Playback& playback) {
  playback.wire = playback.head;
  if (playback.bodiless) {
    playback.wire += "\r\n";
  } else {
    append_framed(playback, playback.wire);
  }
}

void append_framing(const Playback& playback, std::string& out) {
  if (playback.framing == Framing::kChunked) {
    out += "Transfer-Encoding: chunked\r\n\r\n";
    return;
  }
  const std::uint64_t length = playback.cut_after ? playback.announced : playback.body.size();
  out += "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}

Result<Playback> make_playback(std::uint64_t n, const RedactedInteraction& interaction, const LinkMap* links) {
  Playback playback;
  const bool head_only = interaction->request.method == "HEAD";
  if (!interaction->response) {
    const Failure unknown{FailureKind::kReset, "the recording holds no answer"};
    playback = failure_playback(interaction->failure.value_or(unknown), head_only);
  } else {
    const RedactedResponse& response = *interaction->response;
    playback.bodiless = head_only || response.status == 204 || response.status == 304 || response.status < 200;
    append_head(response, links, head_only || response.status == 304, playback.head);
    const auto& flags = interaction->flags;
    const bool cut = interaction->failure || std::find(flags.begin(), flags.end(), kFlagIncomplete) != flags.end();
    if (!playback.bodiless && !(cut && response.body.omitted)) {
      auto body = wire_body(response, links);
      if (!body) return std::unexpected(body.error());
      playback.body = std::move(*body);
      // Half of a compressed body was recorded as what it decodes to; encoded, that has an end again.
      if (cut && !response.body.codings.empty() && !playback.body.empty())
        playback.body.resize(std::min<std::uint64_t>(response.body.wire_size, playback.body.size() - 1));
    }
    playback.framing = interaction->response_framing;
    for (const RedactedField& field : response.trailers)
      playback.trailers.push_back({field.name.text, field.value.text});
    if (cut) {
      playback.cut_after = playback.body.size();
      playback.announced = std::max<std::uint64_t>(length_evidence(response), playback.body.size() + 1);
    }
  }
  playback.n = n;
  playback.recorded_utc_us = interaction->timing.started_utc_us;
  // A failure took its time too: a replayed timeout comes as late as the recorded one, if that is asked for.
  const Timing& timing = interaction->timing;
  const std::int64_t first_us = interaction->response ? timing.first_byte_us : timing.finished_us;
  playback.wait_us = std::max<std::int64_t>(0, first_us - timing.request_us);
  if (interaction->pieces.size() > 1) playback.pieces = interaction->pieces;
  make_wire(playback);
  return playback;
}

std::string closing_wire(const Playback& playback, int minor_version) {
  std::string out = playback.head + "Connection: close\r\n";
  if (playback.bodiless) return out + "\r\n";
  if (minor_version == 0 && playback.framing == Framing::kChunked) {
    // HTTP/1.0 knows no chunks: the close ends the body (and trailers have no place).
    return out + "\r\n" + playback.body;
  }
  append_framed(playback, out);
  return out;
}

}  // namespace cvr::engine
