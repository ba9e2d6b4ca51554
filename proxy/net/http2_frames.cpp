#include "net/http2_frames.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "cvr/result.h"
#include "net/http2_vain.h"

namespace cvr::net {
namespace {

// The connection's window: several uploads at once, each with its own 64 KiB.
constexpr std::int32_t kConnectionWindow = 1 << 20;
constexpr std::uint64_t kNeverReached = 1u << 30;
constexpr std::size_t kMostUnreadAcks = 100;  // of PING and SETTINGS, by a client that does not read

std::string_view view(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

// Views into `fields`, which nghttp2 copies.
std::vector<nghttp2_nv> pairs(const http::Fields& fields) {
  std::vector<nghttp2_nv> out;
  out.reserve(fields.size());
  const auto bytes = [](const std::string& text) {
    return const_cast<std::uint8_t*>(reinterpret_cast<const std::uint8_t*>(text.data()));
  };
  for (const http::Field& field : fields) {
    out.push_back({bytes(field.name), bytes(field.value), field.name.size(), field.value.size(), NGHTTP2_NV_FLAG_NONE});
  }
  return out;
}

bool ends_stream(const nghttp2_frame& frame) {
  const bool may = frame.hd.type == NGHTTP2_HEADERS || frame.hd.type == NGHTTP2_DATA;
  return may && (frame.hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
}

bool is_clients_fault(std::uint32_t code) {
  return code != NGHTTP2_NO_ERROR && code != NGHTTP2_INTERNAL_ERROR && code != NGHTTP2_REFUSED_STREAM;
}

bool moves_nothing(const nghttp2_frame& frame) {
  switch (frame.hd.type) {
    case NGHTTP2_DATA:
      return frame.hd.length <= frame.data.padlen && !ends_stream(frame);
    case NGHTTP2_RST_STREAM:
    case NGHTTP2_WINDOW_UPDATE:
      return true;
    default:
      return false;
  }
}

bool begins_request(const nghttp2_frame& frame) {
  return frame.hd.type == NGHTTP2_HEADERS && frame.headers.cat == NGHTTP2_HCAT_REQUEST;
}

}  // namespace

struct Http2Frames::Impl {
  explicit Impl(Http2Events& e) : events(e) {}
  ~Impl() { nghttp2_session_del(session); }

  void open();
  void add_receiving(nghttp2_session_callbacks* callbacks);
  void add_sending(nghttp2_session_callbacks* callbacks);
  int on_field(std::string_view name, std::string_view value);
  int on_frame(const nghttp2_frame& frame);
  ssize_t read_body(Http2Id id, std::span<char> into, std::uint32_t* flags);
  void on_closed(Http2Id id, std::uint32_t code);
  void count_frame();
  bool end(const char* why, Http2Code code);
  void set_problem(const char* why) {
    if (*problem == '\0') problem = why;
  }

  static Impl& of(void* user) { return *static_cast<Impl*>(user); }

  Http2Events& events;
  nghttp2_session* session = nullptr;
  http::Http2Block block;  // of the head that is being read: header blocks do not interleave
  Http2Vain vain;
  std::int64_t now_ms = 0;
  Http2Id reset_by_client = 0;  // just now
  const char* problem = "";
  bool is_calm = true;
  bool is_leaving = false;
};

void Http2Frames::Impl::add_receiving(nghttp2_session_callbacks* callbacks) {
  nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks,
                                                          [](nghttp2_session*, const nghttp2_frame*, void* user) {
                                                            of(user).block.clear();
                                                            return 0;
                                                          });
  nghttp2_session_callbacks_set_on_header_callback(
      callbacks, [](nghttp2_session*, const nghttp2_frame*, const std::uint8_t* name, std::size_t name_size,
                    const std::uint8_t* value, std::size_t value_size, std::uint8_t,
                    void* user) { return of(user).on_field(view(name, name_size), view(value, value_size)); });
  // Left to itself nghttp2 would pass over the field, and take the rest for the request.
  nghttp2_session_callbacks_set_on_invalid_header_callback(
      callbacks, [](nghttp2_session*, const nghttp2_frame*, const std::uint8_t*, std::size_t, const std::uint8_t*,
                    std::size_t, std::uint8_t, void* user) {
        of(user).block.set_malformed();
        return 0;
      });
  nghttp2_session_callbacks_set_on_frame_recv_callback(
      callbacks, [](nghttp2_session*, const nghttp2_frame* frame, void* user) { return of(user).on_frame(*frame); });
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
      callbacks,
      [](nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* bytes, std::size_t size, void* user) {
        of(user).events.on_body(id, view(bytes, size));
        return 0;
      });
  // Frames that nghttp2 drops without a word: PRIORITY, and those of unknown types.
  nghttp2_session_callbacks_set_on_begin_frame_callback(
      callbacks, [](nghttp2_session*, const nghttp2_frame_hd* hd, void* user) -> int {
        if (hd->type == NGHTTP2_PRIORITY) of(user).count_frame();
        return of(user).is_calm ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
      });
  nghttp2_session_callbacks_set_unpack_extension_callback(
      callbacks, [](nghttp2_session*, void**, const nghttp2_frame_hd*, void* user) -> int {
        of(user).count_frame();
        return of(user).is_calm ? NGHTTP2_ERR_CANCEL : NGHTTP2_ERR_CALLBACK_FAILURE;
      });
  nghttp2_session_callbacks_set_on_stream_close_callback(
      callbacks, [](nghttp2_session*, std::int32_t id, std::uint32_t code, void* user) {
        of(user).on_closed(id, code);
        return 0;
      });
}

void Http2Frames::Impl::add_sending(nghttp2_session_callbacks* callbacks) {
  nghttp2_session_callbacks_set_on_frame_send_callback(
      callbacks, [](nghttp2_session*, const nghttp2_frame* frame, void* user) {
        if (frame->hd.type == NGHTTP2_GOAWAY && frame->goaway.error_code != NGHTTP2_NO_ERROR) {
          of(user).set_problem(nghttp2_http2_strerror(frame->goaway.error_code));
        }
        if (frame->hd.type == NGHTTP2_DATA) of(user).vain.pay_for_data(frame->hd.length);
        if (ends_stream(*frame)) of(user).events.on_answered(frame->hd.stream_id);
        return 0;
      });
}

void Http2Frames::Impl::open() {
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_option* option = nullptr;
  CVR_CHECK(nghttp2_session_callbacks_new(&callbacks) == 0 && nghttp2_option_new(&option) == 0);
  add_receiving(callbacks);
  add_sending(callbacks);
  nghttp2_option_set_no_auto_window_update(option, 1);
  nghttp2_option_set_no_closed_streams(option, 1);
  for (int type = NGHTTP2_CONTINUATION + 1; type <= 0xff; ++type) {
    nghttp2_option_set_user_recv_extension_type(option, static_cast<std::uint8_t>(type));
  }
  // Http2Vain counts; this would count every RST_STREAM, of ordinary clients too.
  nghttp2_option_set_stream_reset_rate_limit(option, kNeverReached, kNeverReached);
  nghttp2_option_set_max_outbound_ack(option, kMostUnreadAcks);
  // The gate takes heads of 64 KiB from upstreams; nghttp2 counts more for each field.
  nghttp2_option_set_max_send_header_block_length(option, 512 * 1024);
  const int made = nghttp2_session_server_new2(&session, callbacks, this, option);
  nghttp2_option_del(option);
  nghttp2_session_callbacks_del(callbacks);
  CVR_CHECK(made == 0);
  const nghttp2_settings_entry settings[] = {
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, kMostStreams},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<std::uint32_t>(block.limits().head_bytes)},
      {NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1}};
  nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, settings, std::size(settings));
  nghttp2_session_set_local_window_size(session, NGHTTP2_FLAG_NONE, 0, kConnectionWindow);
}

int Http2Frames::Impl::on_field(std::string_view name, std::string_view value) {
  if (block.add(name, value)) return 0;
  is_calm = false;
  problem = "a head of many times the limit";
  return NGHTTP2_ERR_CALLBACK_FAILURE;
}

// A stream that ended before its answer began was begun in vain, once: by the client's RST_STREAM whatever its
// code, or by what the client did wrong.  Who leaves in the middle of an answer got something.
void Http2Frames::Impl::on_closed(Http2Id id, std::uint32_t code) {
  const bool has_answer = nghttp2_session_get_stream_user_data(session, id) != nullptr;
  const bool is_reset = std::exchange(reset_by_client, 0) == id;
  events.on_closed(id, static_cast<Http2Code>(code));
  if (has_answer || (!is_reset && !is_clients_fault(code)) || !vain.count(now_ms)) return;
  is_calm = false;
  problem = "too many streams begun in vain";
}

void Http2Frames::Impl::count_frame() {
  if (!vain.count_frame(now_ms)) return;
  is_calm = false;
  problem = "too many frames that move nothing";
}

int Http2Frames::Impl::on_frame(const nghttp2_frame& frame) {
  const Http2Id id = frame.hd.stream_id;
  if (moves_nothing(frame)) count_frame();
  if (!is_calm) return NGHTTP2_ERR_CALLBACK_FAILURE;
  if (begins_request(frame)) {
    vain.pay_for_request();
    events.on_request(id, block, ends_stream(frame));
    return 0;
  }
  if (frame.hd.type == NGHTTP2_RST_STREAM) reset_by_client = id;
  if (ends_stream(frame)) {
    http::Fields trailers;
    if (frame.hd.type == NGHTTP2_HEADERS) {
      auto read = http::read_http2_trailers(block);
      if (!read) return nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, id, NGHTTP2_PROTOCOL_ERROR);
      trailers = std::move(*read);
    }
    events.on_body_end(id, std::move(trailers));
  }
  return is_calm ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
}

ssize_t Http2Frames::Impl::read_body(Http2Id id, std::span<char> into, std::uint32_t* flags) {
  const Http2Events::Supply supply = events.supply(id, into);
  if (supply.bytes == 0 && !supply.ended) return NGHTTP2_ERR_DEFERRED;
  if (supply.ended) {
    *flags |= NGHTTP2_DATA_FLAG_EOF;
    if (!supply.trailers.empty()) {
      *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
      const auto list = pairs(supply.trailers);
      nghttp2_submit_trailer(session, id, list.data(), list.size());
    }
  }
  return static_cast<ssize_t>(supply.bytes);
}

bool Http2Frames::Impl::end(const char* why, Http2Code code) {
  set_problem(why);
  nghttp2_session_terminate_session(session, static_cast<std::uint32_t>(code));
  return false;
}

Http2Frames::Http2Frames(Http2Events& events) : impl_(std::make_unique<Impl>(events)) { impl_->open(); }
Http2Frames::~Http2Frames() = default;

bool Http2Frames::receive(std::string_view bytes, std::int64_t now_ms) {
  Impl& i = *impl_;
  i.now_ms = now_ms;
  const ssize_t taken =
      nghttp2_session_mem_recv(i.session, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  if (!i.is_calm || taken == NGHTTP2_ERR_FLOODED) {
    return i.end("more PING or SETTINGS frames than answers were read", Http2Code::kCalm);
  }
  if (taken < 0) return i.end(nghttp2_strerror(static_cast<int>(taken)), Http2Code::kProtocol);
  // nghttp2 ends connections by itself; what is then collected is its GOAWAY.
  return nghttp2_session_want_read(i.session) != 0;
}

void Http2Frames::collect(std::string& out) {
  while (out.size() < kMostPending) {
    const std::uint8_t* bytes = nullptr;
    const ssize_t size = nghttp2_session_mem_send(impl_->session, &bytes);
    if (size <= 0) return;
    out += view(bytes, static_cast<std::size_t>(size));
  }
}

bool Http2Frames::is_over() const {
  return nghttp2_session_want_read(impl_->session) == 0 && nghttp2_session_want_write(impl_->session) == 0;
}

const char* Http2Frames::problem() const { return impl_->problem; }

void Http2Frames::interim(Http2Id id, const http::Fields& fields) {
  const auto list = pairs(fields);
  nghttp2_submit_headers(impl_->session, NGHTTP2_FLAG_NONE, id, nullptr, list.data(), list.size(), nullptr);
}

void Http2Frames::respond(Http2Id id, const http::Fields& fields, bool has_body) {
  nghttp2_data_provider provider{};
  provider.read_callback = [](nghttp2_session*, std::int32_t stream, std::uint8_t* into, std::size_t size,
                              std::uint32_t* flags, nghttp2_data_source*, void* user) {
    return Impl::of(user).read_body(stream, {reinterpret_cast<char*>(into), size}, flags);
  };
  nghttp2_session_set_stream_user_data(impl_->session, id, this);  // it has an answer
  const auto list = pairs(fields);
  nghttp2_submit_response(impl_->session, id, list.data(), list.size(), has_body ? &provider : nullptr);
}

void Http2Frames::resume(Http2Id id) { nghttp2_session_resume_data(impl_->session, id); }

void Http2Frames::consumed(Http2Id id, std::size_t bytes) { nghttp2_session_consume(impl_->session, id, bytes); }

void Http2Frames::reset(Http2Id id, Http2Code code) {
  nghttp2_submit_rst_stream(impl_->session, NGHTTP2_FLAG_NONE, id, static_cast<std::uint32_t>(code));
}

void Http2Frames::go_away() {
  if (std::exchange(impl_->is_leaving, true)) return;
  nghttp2_submit_goaway(impl_->session, NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(impl_->session),
                        NGHTTP2_NO_ERROR, nullptr, 0);
}

}  // namespace cvr::net
