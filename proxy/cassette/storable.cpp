#include "cassette/storable.h"

namespace cvr::cassette {
namespace {

class Checker {
 public:
  void add(const RedactedText& text) {
    size_ += text.text.size() + 20 * text.spans.size();
    sound_ = sound_ && spans_are_sound(text.text.size(), text.spans);
  }
  void add(const std::vector<RedactedField>& fields) {
    limits_ = limits_ && fields.size() <= kMostFields;
    for (const RedactedField& field : fields) {
      add(field.name);
      add(field.value);
    }
  }
  void add(const std::vector<std::string>& words) {
    limits_ = limits_ && words.size() <= kMostWords;
    for (const std::string& word : words) size_ += word.size();
  }
  void add(const RedactedBody& body) {
    add(body.content);
    add(body.codings);
  }
  void add(const RedactedParts& parts) {
    add(parts.request.path);
    add(parts.request.query);
    add(parts.request.fields);
    add(parts.request.body);
    add(parts.request.trailers);
    if (parts.response) {
      add(parts.response->reason);
      add(parts.response->fields);
      add(parts.response->body);
      add(parts.response->trailers);
    }
    add(parts.flags);
    add(parts.notes);
    limits_ = limits_ && parts.pieces.size() <= kMostPieces;
    size_ += 20 * parts.pieces.size();
  }
  Result<void> answer() const {
    if (!sound_) return fail(ErrorCode::kMalformed, "marks of redaction that do not fit their text");
    if (!limits_ || size_ > kMostRecord) return fail(ErrorCode::kLimit, "an interaction too large for a cassette");
    return {};
  }

 private:
  std::uint64_t size_ = 0;
  bool sound_ = true;
  bool limits_ = true;
};

}  // namespace

bool spans_are_sound(std::size_t text_size, const std::vector<Span>& spans) {
  std::uint64_t end = 0;
  for (const Span& span : spans) {
    if (span.begin < end || span.size == 0) return false;
    end = std::uint64_t{span.begin} + span.size;
  }
  return end <= text_size;
}

Result<void> check_storable(const RedactedParts& parts) {
  Checker checker;
  checker.add(parts);
  return checker.answer();
}

}  // namespace cvr::cassette
