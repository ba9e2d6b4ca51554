#include "engine/recorder.h"

namespace cvr::engine {

Result<std::uint64_t> Recorder::record(const Interaction& raw) {
  RedactedInteraction redacted = redactor_->redact(raw);
  redacted.set_key(match::key_of(redacted->request, rules_));
  return writer_->append(redacted);
}

}  // namespace cvr::engine
