#include "app/probe_world.h"

#include <signal.h>

#include <algorithm>
#include <utility>

#include "os/process.h"
#include "probe/requests.h"

namespace cvr::app {

bool EndSignal::told() {
  while (!told_) {
    const auto signal = os::wait_signal_for(0);
    if (!signal) return false;
    told_ = signal->number != SIGCHLD;
  }
  return true;
}

bool EndSignal::wait_ms(std::int64_t ms, const Clock& clock) {
  constexpr std::int64_t kLongestMs = 60'000;  // of one look: what the system takes is an int
  const std::int64_t until_us = clock.monotonic_us() + ms * 1'000;
  while (!told_) {
    const std::int64_t left_ms = (until_us - clock.monotonic_us() + 999) / 1'000;
    if (left_ms <= 0) return !told();
    const auto signal = os::wait_signal_for(static_cast<int>(std::min(left_ms, kLongestMs)));
    told_ = signal && signal->number != SIGCHLD;
  }
  return false;
}

std::uint64_t ProbeWorld::record(Interaction& interaction, const std::string& step, bool control) {
  interaction.step = step;
  if (control) interaction.flags.emplace_back(kFlagControl);
  if (parts_.recorder == nullptr) return 0;
  const auto number = parts_.recorder->record(interaction);
  return number ? *number : 0;  // counted as lost
}

probe::Answer ProbeWorld::call(http::Request request, const probe::Tag& tag) {
  net::Called called = parts_.caller->call(std::move(request));
  probe::Answer out;
  out.refused = std::move(called.reached.refused);
  out.cut = called.reached.cut;
  if (out.cut || !out.refused.empty()) return out;
  Interaction& interaction = called.interaction;
  const bool refused = interaction.response && interaction.response->status >= 400;
  out.n = record(interaction, tag.step, tag.control || (tag.trial && refused));
  // What is shown comes from the redacted form, as everything that leaves memory does.
  const RedactedInteraction redacted = parts_.redactor->redact(interaction);
  out.errors = diagnose::read_errors(*redacted, parts_.vendor);
  out.failure = redacted->failure;
  out.sent_utc_us = interaction.timing.started_utc_us;
  out.took_us = interaction.timing.finished_us;
  if (interaction.response) {
    out.status = interaction.response->status;
    out.fields = std::move(interaction.response->fields);
    out.body = std::move(interaction.response->body);
  }
  return out;
}

// Of a name or a handshake only a failure is an interaction: the call that could not be made.
probe::Way ProbeWorld::way_of(net::Reached reached, const http::Origin& origin, const std::string& step,
                              std::int64_t began_us) {
  probe::Way out;
  out.addresses = std::move(reached.addresses);
  if (reached.peer) {
    out.issuer = reached.peer->issuer;
    out.version = reached.peer->version;
    out.not_after_utc_s = reached.peer->not_after_utc_s;
  }
  out.refused = std::move(reached.refused);
  out.cut = reached.cut;
  out.failure = std::move(reached.failure);
  if (!out.failure || out.cut) return out;
  Interaction interaction;
  interaction.request = probe::bare_request(parts_.plan);
  interaction.request.origin = origin;
  interaction.failure = out.failure;
  interaction.timing.started_utc_us = parts_.clock.utc_us();
  interaction.timing.finished_us = parts_.clock.monotonic_us() - began_us;
  interaction.timing.started_utc_us -= interaction.timing.finished_us;
  out.n = record(interaction, step, true);
  return out;
}

probe::Way ProbeWorld::look_up(const http::Origin& origin, const std::string& step) {
  const std::int64_t began_us = parts_.clock.monotonic_us();
  return way_of(parts_.caller->look_up(origin), origin, step, began_us);
}

probe::Way ProbeWorld::greet(const http::Origin& origin, const std::string& step) {
  const std::int64_t began_us = parts_.clock.monotonic_us();
  return way_of(parts_.caller->greet(origin), origin, step, began_us);
}

Result<void> ProbeWorld::close() {
  if (parts_.recorder == nullptr) return {};
  cassette::Writer& writer = parts_.recorder->writer();
  const std::uint64_t lost = writer.lost();
  const std::string why = writer.last_error();
  if (lost == 0 && writer.count() == 0) return writer.discard();
  auto closed = parts_.recorder->close();
  if (lost > 0) return fail(ErrorCode::kEnvironment, std::to_string(lost) + " calls were not recorded: " + why);
  return closed;
}

}  // namespace cvr::app
