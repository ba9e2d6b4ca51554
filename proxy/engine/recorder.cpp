#include "engine/recorder.h"

#include <algorithm>

namespace cvr::engine {

Result<std::uint64_t> Recorder::record(const Interaction& raw) {
  const std::size_t known = redactor_->known();
  RedactedInteraction redacted = redactor_->redact(raw);
  redacted.set_key(match::key_of(redacted->request, rules_));
  auto number = writer_->append(redacted);
  if (number) {
    const std::lock_guard lock(mutex_);
    // Shards finish in any order.
    if (known_.size() < *number - before_) known_.resize(*number - before_);
    known_[*number - before_ - 1] = known;
    if (redacted->response && redacted->response->body.omitted) ++left_out_[*redacted->response->body.omitted];
  }
  if (number && told_) told_(redacted);
  return number;
}

bool Recorder::knew_everything(std::uint64_t number) const {
  return number > before_ && number - before_ <= known_.size() && known_[number - before_ - 1] == redactor_->known();
}

std::optional<RedactedInteraction> Recorder::without_late_secrets(std::uint64_t number,
                                                                  const RedactedInteraction& old) {
  const auto known = [](const std::vector<Leak>& leaks) { return std::ranges::find_if(leaks, &Leak::known); };
  if (knew_everything(number)) return std::nullopt;
  if (const auto leaks = redactor_->late_leaks(*old); known(leaks) == leaks.end()) return std::nullopt;
  RedactedInteraction again = redactor_->redact_again(*old);
  again.set_key(match::key_of(again->request, rules_));
  const auto left = redactor_->leaks(*again);
  if (const auto leak = known(left); leak != left.end() && leak_.empty()) {
    leak_ = "#" + std::to_string(number) + ", " + leak->place + ": " + leak->what;
  }
  return again;
}

std::map<std::string, std::uint64_t> Recorder::left_out() const {
  const std::lock_guard lock(mutex_);
  return left_out_;
}

Result<void> Recorder::close() {
  const std::lock_guard lock(mutex_);
  // What was known already has been kept out of each record while it was made.
  bool late = before_ > 0 && !known_.empty();
  for (std::uint64_t i = 1; i <= known_.size() && !late; ++i) late = !knew_everything(before_ + i);
  if (late) {
    auto purged = writer_->purge([this](std::uint64_t n, const auto& old) { return without_late_secrets(n, old); });
    if (!purged) {
      return fail(
          purged.error().code,
          "the cassette could not be searched for secrets learned late and stays unsealed: " + purged.error().text);
    }
    purged_ = *purged;
    if (!leak_.empty())
      return fail(ErrorCode::kDamaged, "the cassette stays unsealed, a secret stands in it: " + leak_);
  }
  return writer_->seal();
}

}  // namespace cvr::engine
