// The upstream half of one exchange: dial or reuse, send the request, relay the answer while it
// arrives, and keep the append rule: the last piece goes to the client after the record was
// written.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "net/exchange.h"
#include "net/tape.h"

namespace cvr::net {

class Forwarding {
 public:
  Forwarding(Exchange& exchange, const HeadFacts& facts, bool body_is_read, bool record);
  ~Forwarding();
  Forwarding(const Forwarding&) = delete;
  Forwarding& operator=(const Forwarding&) = delete;
  awaitable<bool> run();

 private:
  // forward.cpp: the way to the upstream
  awaitable<bool> acquire();     // false: failure_ or refused_ is set
  awaitable<bool> send_whole();  // head and a body that is in memory
  std::string request_head() const;
  void map_request_links();
  awaitable<bool> attempt();  // one send and one response head
  void drop_upstream();
  // request_stream.cpp: a body that streams while the answer may come
  awaitable<void> pump_body();
  awaitable<bool> ask_for_body();
  awaitable<void> read_unsent_body();
  awaitable<bool> answer_while_streaming();
  awaitable<bool> attempt_streaming();
  void fail_request(int status, const char* problem);
  void fail_request(const BodyReader::Piece& piece);
  // relay.cpp: the way back
  awaitable<bool> read_response_head();
  awaitable<bool> relay();  // head, body, end
  awaitable<bool> relay_body(BodyReader& reader, std::string held);
  awaitable<bool> relay_mapped(BodyReader& reader);
  std::string client_head(std::optional<std::uint64_t> new_length) const;
  awaitable<bool> fail_exchange();
  awaitable<bool> finish(std::string_view last_piece);
  awaitable<Io> to_client(std::string_view bytes);
  void note_broken_answer(const BodyReader::Piece& piece);
  bool has_surplus() const { return !upstream_->buffer.empty(); }
  void flag_surplus();
  awaitable<bool> read_on(BodyReader& reader);
  void learn_unrecorded() const;
  template <class Message>
  void learn_beginning(const Message& message, std::string kept) const;
  bool client_left();
  bool cut_by_the_end();
  awaitable<bool> want_of_descriptors();
  void record_now();

  std::int64_t elapsed_us() const;
  void set_failure(FailureKind kind, std::string detail);
  void set_failure(const Io& io, const char* when);

  Exchange& exchange_;
  ClientConnection& client_;
  Context& context_;
  engine::Session& session_;
  HeadFacts facts_;
  bool body_is_read_;
  const bool record_;
  bool request_failed_ = false;            // the client's body broke off or was malformed
  int request_status_ = 400;               // what the client is told then
  const char* request_problem_ = nullptr;  // null: nobody is there to be told
  bool body_arrived_ = false;              // read from the client
  bool body_sent_ = false;                 // and handed to the upstream
  bool can_write_ = true;                  // to the upstream, while streaming
  bool is_early_ = false;                  // the answer came before the body was whole
  bool relayed_early_ = false;
  bool drop_upstream_ = false;
  bool is_own_want_ = false;  // failure_ is CVR's: no descriptors
  Upstream* upstream_ = nullptr;
  http::ResponseHead response_head_;
  Interaction interaction_;
  Tape request_tape_;
  Tape response_tape_;
  std::optional<NoRoute> refused_;
  std::optional<Failure> failure_;
  std::int64_t began_us_ = 0;  // monotonic
  bool close_client_ = false;
};

}  // namespace cvr::net
