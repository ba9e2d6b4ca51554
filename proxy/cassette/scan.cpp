#include "cassette/scan.h"

#include <algorithm>

#include "cassette/meta.h"

namespace cvr::cassette {
namespace {

constexpr std::uint64_t kZeroRun = 512;  // the smallest sector

class Scanner {
 public:
  Scanner(std::string_view bytes, bool with_chain, os::ReadWindow* window)
      : bytes_(bytes), with_chain_(with_chain), window_(window) {}
  Scan run();

 private:
  std::string_view view(std::uint64_t at, std::uint64_t size);
  // What is wrong with the frame, or nullptr; `raw` begins with it.
  const char* take(std::uint64_t at, std::string_view raw, const Frame& frame);
  bool take_next();
  const char* take_table(std::uint64_t at, const Frame& frame);
  bool seal_is_sound(std::uint64_t at, const Frame& frame) const;
  void judge_rest(const char* wrong);
  bool is_torn() const;
  bool ends_in_zeros() const;
  std::uint64_t lost_after() const;

  std::string_view bytes_;
  bool with_chain_;
  os::ReadWindow* window_;
  Scan out_;
};

// What the window can not give comes from the mapping.
std::string_view Scanner::view(std::uint64_t at, std::uint64_t size) {
  if (window_ != nullptr && size <= os::ReadWindow::kMost) {
    if (const auto got = window_->view(at, size)) return *got;
    window_ = nullptr;
  }
  return bytes_.substr(at, size);
}

const char* Scanner::take(std::uint64_t at, std::string_view raw, const Frame& frame) {
  const bool is_interaction = is(frame.head, FrameType::kInteraction);
  if (frame.head.n != out_.entries.size() + (is_interaction ? 1 : 0)) return "a frame is missing before it";
  if (with_chain_ && !continues_chain(out_.chain, raw, 0, frame)) return "the chain of digests breaks";
  if (is_interaction) {
    if (frame.payload.size() < kInteractionPrefix) return "a record is too short";
    out_.entries.push_back({at, read_prefix(frame.payload)});
    return nullptr;
  }
  if (is(frame.head, FrameType::kIndex)) return take_table(at, frame);
  if (is(frame.head, FrameType::kSeal)) return seal_is_sound(at, frame) ? nullptr : "a seal does not fit";
  if (is(frame.head, FrameType::kHeader)) {
    auto header = decode_header(frame.payload);
    if (!header) return "a header does not parse";
    if (!out_.header) out_.header = std::move(*header);
  }
  if (is(frame.head, FrameType::kGap)) {
    auto gap = decode_gap(frame.payload);
    if (!gap) return "a gap does not parse";
    out_.gaps.push_back(std::move(*gap));
  }
  if (is(frame.head, FrameType::kRefusal)) {
    auto refusal = decode_refusal(frame.payload);
    if (!refusal) return "a refusal does not parse";
    refusal->after = frame.head.n;
    out_.refusals.push_back(std::move(*refusal));
  }
  if (is(frame.head, FrameType::kHints)) {
    if (const auto found = parse_hints(bytes_.substr(at + kFrameHeadSize, frame.payload.size()), frame.head.n)) {
      out_.hints.push_back(*found);
    }
  }
  out_.since_table.others.push_back(at);
  return nullptr;
}

const char* Scanner::take_table(std::uint64_t at, const Frame& frame) {
  const auto table = Table::parse(frame.payload);
  const TableDraft& want = out_.since_table;
  if (!table || table->previous() != want.previous || table->first() != want.first ||
      table->first() + table->size() != out_.entries.size() + 1 || table->others() != want.others.size()) {
    return "an index does not fit";
  }
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    if (table->entry(i).offset != out_.entries[table->first() - 1 + i].offset) return "an index does not fit";
  }
  out_.since_table = TableDraft{at, out_.entries.size() + 1, {}, {}};
  return nullptr;
}

bool Scanner::seal_is_sound(std::uint64_t at, const Frame& frame) const {
  const auto seal = decode_seal(frame.payload);
  return seal && seal->at == at && seal->count == out_.entries.size() && seal->table == out_.since_table.previous &&
         out_.since_table.others.empty() && out_.since_table.first == out_.entries.size() + 1;
}

// The zeros must begin in the frame that fails: what stands behind it and is not zero was written
// later, so the frame had been whole.
bool Scanner::ends_in_zeros() const {
  const std::uint64_t begin = out_.sound_bytes;
  const std::size_t last = bytes_.find_last_not_of('\0');
  const std::uint64_t zeros_from = last == std::string_view::npos ? 0 : last + 1;
  if (zeros_from <= begin) return true;
  const auto head = read_head(bytes_, begin);
  const std::uint64_t frame_end = begin + kFrameHeadSize + (head ? head->size : 0);
  return zeros_from < frame_end && bytes_.size() - zeros_from >= kZeroRun;
}

bool Scanner::is_torn() const {
  const std::uint64_t rest = bytes_.size() - out_.sound_bytes;
  if (rest < kFrameHeadSize) return true;
  const auto head = read_head(bytes_, out_.sound_bytes);
  if (head && rest - kFrameHeadSize < head->size) return true;
  return ends_in_zeros();
}

// Every frame carries the number of interactions up to it, so any sound frame that follows is a
// witness.  Sound ones are stepped over whole: a recorded body may hold a cassette itself.
std::uint64_t Scanner::lost_after() const {
  const std::uint64_t kept = out_.entries.size();
  const std::uint64_t most = bytes_.size() / kFrameHeadSize;  // no honest frame says more
  std::optional<std::uint64_t> last;
  std::uint64_t from = out_.sound_bytes + 1;
  if (read_frame(bytes_, out_.sound_bytes)) from = out_.sound_bytes;
  for (auto at = find_head(bytes_, from); at; at = find_head(bytes_, from)) {
    const auto head = read_head(bytes_, *at);
    if (head->n <= most) last = std::max(last.value_or(kept), head->n);
    from = *at + (read_frame(bytes_, *at) ? kFrameHeadSize + head->size : 1);
  }
  if (last) return *last - kept;
  // No witness: the damaged frame alone is lost, if it was an interaction.
  if (const auto head = read_head(bytes_, out_.sound_bytes)) return is(*head, FrameType::kInteraction) ? 1 : 0;
  return bytes_.size() - out_.sound_bytes >= kFrameHeadSize + kInteractionPrefix ? 1 : 0;
}

void Scanner::judge_rest(const char* wrong) {
  const std::string from = "byte " + std::to_string(out_.sound_bytes);
  if (wrong == nullptr && is_torn()) {
    out_.health = Health::kTorn;
    out_.damage = "torn tail from " + from + " on (" + std::to_string(bytes_.size() - out_.sound_bytes) +
                  " bytes): the writer was stopped in the middle of a record";
    return;
  }
  out_.health = Health::kDamaged;
  out_.lost = lost_after();
  out_.damage = "damaged from " + from + " on: " + (wrong != nullptr ? wrong : "a checksum is wrong") + "; " +
                std::to_string(out_.entries.size()) + " interactions stand before it, " + std::to_string(out_.lost) +
                " from there on";
}

bool Scanner::take_next() {
  const std::uint64_t at = out_.sound_bytes;
  const auto head = read_head(view(at, kFrameHeadSize), 0);
  const std::string_view raw = head ? view(at, kFrameHeadSize + head->size) : std::string_view();
  const auto frame = read_frame(raw, 0);
  const char* wrong = frame ? take(at, raw, *frame) : nullptr;
  if (!frame || wrong != nullptr) {
    judge_rest(wrong);
    return false;
  }
  out_.chain = frame->head.chain;
  out_.health = is(frame->head, FrameType::kSeal) ? Health::kSealed : Health::kUnsealed;
  out_.sound_bytes += kFrameHeadSize + frame->head.size;
  return true;
}

Scan Scanner::run() {
  out_.sound_bytes = kFileHeadSize;
  while (out_.sound_bytes < bytes_.size() && take_next()) {
  }
  return std::move(out_);
}

}  // namespace

Scan scan(std::string_view bytes, bool with_chain, os::ReadWindow* window) {
  return Scanner(bytes, with_chain, window).run();
}

}  // namespace cvr::cassette
