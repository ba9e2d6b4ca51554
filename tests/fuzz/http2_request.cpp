// Whatever a client sends as HTTP/2: each request that is let through is, as HTTP/1.1, one head for the gate,
// with the fields that were sent and no other; and the frames neither break nor hold more than they may.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <set>
#include <string>
#include <string_view>

#include "cvr/result.h"
#include "http/head.h"
#include "net/http2_frames.h"

namespace {

using namespace cvr;
using namespace cvr::net;

std::size_t fields_written(const http::Http2Block& block) {
  std::size_t count = 1;  // Host
  bool has_cookie = false;
  for (const http::Field& field : block.fields()) {
    if (field.name.starts_with(':') || field.name == "host" || field.name == "te") continue;
    if (field.name == "cookie" && std::exchange(has_cookie, true)) continue;
    ++count;
  }
  return count;
}

void check(const http::Http2Block& block, const http::Http2Request& request, bool ends) {
  if (request.status != 0) {
    CVR_CHECK(request.head.empty() && *request.why != '\0');
    return;
  }
  CVR_CHECK(!block.is_malformed() && !block.is_too_large());
  http::RequestHead head;
  std::size_t scanned = 0;
  // Joined cookies and framing make it longer than what was sent.
  const http::HeadLimits limits{1 << 20, 1024, 16 * 1024};
  const http::HeadResult result = http::parse_request_head(request.head, scanned, limits, head);
  CVR_CHECK(result.kind != http::HeadResult::Kind::kNeedMore);
  if (result.kind == http::HeadResult::Kind::kRefused) return;
  CVR_CHECK(result.consumed == request.head.size() && head.method == request.method);
  CVR_CHECK(head.framing == request.framing && head.keep_alive && !head.wants_upgrade && head.minor_version == 1);
  const bool is_framed = std::ranges::any_of(block.fields(), [](const auto& f) { return f.name == "content-length"; });
  const bool adds = !is_framed && request.framing != Framing::kNone;
  CVR_CHECK(head.fields.size() == fields_written(block) + (adds ? 1 : 0));
  CVR_CHECK(!ends || head.framing != Framing::kChunked);
}

// Answers each request with what it was sent.
class Echo : public Http2Events {
 public:
  void on_request(Http2Id id, const http::Http2Block& block, bool ends) override {
    check(block, http::read_http2_request(block, ends), ends);
    open.insert(id);
    CVR_CHECK(open.size() <= Http2Frames::kMostStreams);
    frames->respond(id, {{":status", "200"}}, true);
  }
  void on_body(Http2Id id, std::string_view bytes) override {
    waiting += bytes;
    frames->consumed(id, bytes.size());
    frames->resume(id);
  }
  void on_body_end(Http2Id, http::Fields trailers) override {
    for (const http::Field& field : trailers) {
      CVR_CHECK(field.name.find_first_of(":\r\n") == std::string::npos);
      CVR_CHECK(field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    }
  }
  void on_answered(Http2Id) override {}
  void on_closed(Http2Id id, net::Http2Code) override { open.erase(id); }
  Supply supply(Http2Id, std::span<char> into) override {
    Supply out;
    out.bytes = std::min(into.size(), waiting.size());
    std::memcpy(into.data(), waiting.data(), out.bytes);
    waiting.erase(0, out.bytes);
    out.ended = waiting.empty();
    return out;
  }

  Http2Frames* frames = nullptr;
  std::set<Http2Id> open;
  std::string waiting;
};

void run(std::string_view bytes, std::size_t piece) {
  Echo echo;
  Http2Frames frames(echo);
  echo.frames = &frames;
  std::string out;
  bool goes_on = frames.receive("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 1);
  for (std::int64_t now_ms = 1; goes_on && !bytes.empty(); ++now_ms) {
    goes_on = frames.receive(bytes.substr(0, piece), now_ms);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    out.clear();
    frames.collect(out);
    CVR_CHECK(out.size() < 2 * Http2Frames::kMostPending);
  }
  out.clear();
  frames.collect(out);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  run(bytes.substr(1), 1 + static_cast<std::uint8_t>(bytes[0]));
  run(bytes.substr(1), bytes.size());
  return 0;
}
