#include "engine/recorder.h"

#include <algorithm>

#include "engine/seal_check.h"

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

void Recorder::note(cassette::Refusal refusal) {
  const std::size_t known = redactor_->known();
  http::Request asked;
  asked.origin.host = std::move(refusal.host);
  refusal.host = redactor_->redact_request(asked).origin.host;
  refusal.kind = shown(*redactor_, refusal.kind);
  refusal.reason = shown(*redactor_, refusal.reason);
  {
    const std::lock_guard lock(mutex_);
    words_known_ = std::min(words_known_.value_or(known), known);
  }
  // No interaction is lost when it fails; what fails is told of at the next one.
  static_cast<void>(writer_->append(refusal));
}

void Recorder::lose(const std::string& reason) { writer_->lose(shown(*redactor_, reason)); }

std::map<std::string, std::uint64_t> Recorder::left_out() const {
  const std::lock_guard lock(mutex_);
  return left_out_;
}

Result<void> Recorder::close() {
  const std::lock_guard lock(mutex_);
  // What was known already has been kept out of each record while it was made; of what stood there before nobody knows.
  bool late = writer_->goes_on() && !writer_->is_sealed();
  late = late || (words_known_ && *words_known_ != redactor_->known());
  for (std::uint64_t i = 1; i <= known_.size() && !late; ++i) late = !knew_everything(before_ + i);
  if (late) {
    auto purged = purge(*writer_, *redactor_, rules_, [this](std::uint64_t n) { return knew_everything(n); });
    if (!purged && purged.error().code == ErrorCode::kRefused) {
      return fail(ErrorCode::kDamaged, "the cassette stays unsealed: " + purged.error().text);
    }
    if (!purged) {
      return fail(
          purged.error().code,
          "the cassette could not be searched for secrets learned late and stays unsealed: " + purged.error().text);
    }
    purged_ = *purged;
  }
  return writer_->seal();
}

}  // namespace cvr::engine
