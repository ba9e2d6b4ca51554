#include "cassette/untold.h"

#include <unordered_set>

#include "cassette/meta.h"
#include "cassette/msgpack_cursor.h"
#include "cassette/parts.h"

namespace cvr::cassette {
namespace {

using See = Reader::SeeUntold;

void each_text(std::string_view msgpack, const MsgpackCursor::See& see) {
  MsgpackCursor in(msgpack);
  while (in.ok() && !in.at_end()) in.skip(see);
}

void differences(std::string_view msgpack, std::string_view told, const See& see) {
  if (msgpack == told) return;
  std::unordered_set<std::string_view> known;
  each_text(told, [&known](std::string_view text) { known.insert(text); });
  each_text(msgpack, [&](std::string_view text) {
    if (!known.contains(text)) see(text, false);
  });
}

// As the packer has it when content stands elsewhere.
void stand_in(RedactedBody& body, const BodyOf& equal) {
  if (equal.n != 0) body.content.text = "elsewhere";
}

template <class Decoded>
void of_meta(std::string_view payload, const Result<Decoded>& decoded, std::string (*encode)(const Decoded&),
             const See& see) {
  differences(payload, decoded ? encode(*decoded) : std::string(), see);
}

}  // namespace

void each_untold(std::string_view interaction, const PayloadOf& earlier, const See& see) {
  see(interaction.substr(0, kInteractionPrefix), true);
  std::string plain;
  const auto msgpack = msgpack_of(interaction, earlier, plain);
  if (!msgpack) return;
  EqualBodies equal;
  auto parts = unpack_parts(*msgpack, &equal);
  if (!parts) return differences(*msgpack, {}, see);
  stand_in(parts->request.body, equal.request);
  if (parts->response) stand_in(parts->response->body, equal.response);
  differences(*msgpack, pack_parts(*parts, equal), see);
}

void each_untold(const Frame& frame, const See& see) {
  const auto payload = frame.payload;
  if (is(frame.head, FrameType::kHeader)) return of_meta(payload, decode_header(payload), encode_header, see);
  if (is(frame.head, FrameType::kGap)) return of_meta(payload, decode_gap(payload), encode_gap, see);
  if (is(frame.head, FrameType::kRefusal)) return of_meta(payload, decode_refusal(payload), encode_refusal, see);
  see(payload, true);
}

}  // namespace cvr::cassette
