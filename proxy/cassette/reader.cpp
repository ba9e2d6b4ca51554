#include <algorithm>
#include <array>

#include "base/base64.h"
#include "cassette/codec.h"
#include "cassette/frame.h"
#include "cassette/index.h"
#include "cassette/meta.h"
#include "cassette/scan.h"
#include "cassette/untold.h"
#include "cvr/cassette.h"
#include "os/file.h"

namespace cvr::cassette {
namespace {

class MappedReader : public Reader {
 public:
  MappedReader(std::unique_ptr<ByteSource> source, std::string_view bytes, std::string name)
      : source_(std::move(source)), bytes_(bytes), name_(std::move(name)) {}

  Result<void> open(Check check, os::ReadWindow* window);

  const Header& header() const override { return header_; }
  const std::string& name() const override { return name_; }
  Health health() const override { return health_; }
  std::string damage() const override { return damage_; }
  std::uint64_t size() const override { return size_; }
  MatchKey key(std::uint64_t index) const override { return entry(index).prefix.key; }
  std::int64_t started_utc_us(std::uint64_t index) const override { return entry(index).prefix.started_utc_us; }
  std::string digest(std::uint64_t index) const override;
  Result<RedactedInteraction> interaction(std::uint64_t index) const override;
  const std::vector<Gap>& gaps() const override { return gaps_; }
  const std::vector<Refusal>& refusals() const override { return refusals_; }
  std::string_view lookup() const override { return lookup_; }
  std::vector<Hints> hints() const override;
  std::vector<UnknownRecord> unknown() const override;
  void untold(std::uint64_t index, const SeeUntold& see) const override;
  void untold(const SeeUntold& see) const override;
  std::uint64_t sound_bytes() const override { return sound_bytes_; }

 private:
  Result<std::string_view> payload_before(std::uint64_t index, std::uint64_t n) const;
  void each_frame(const std::function<void(std::uint64_t at, const FrameHead& head)>& see) const;
  void open_partial();
  bool open_sealed();
  void open_scanned(Check check, os::ReadWindow* window);
  Result<std::string_view> payload(std::uint64_t index) const;
  Entry entry(std::uint64_t index) const;

  std::unique_ptr<ByteSource> source_;
  std::string_view bytes_;
  std::string name_;
  Header header_;
  Health health_ = Health::kUnsealed;
  std::string damage_;
  std::uint64_t size_ = 0;
  std::vector<Gap> gaps_;
  std::vector<Refusal> refusals_;
  std::uint64_t sound_bytes_ = 0;
  // One of the two: tables in the mapped file, or what a scan found.
  std::vector<Table> tables_;
  std::string_view lookup_;
  std::vector<FoundHints> hints_;
  std::vector<Entry> entries_;
};

bool MappedReader::open_sealed() {
  auto index = read_index(bytes_);
  if (!index) return false;
  const auto first = read_frame(bytes_, kFileHeadSize);
  if (!first || !is(first->head, FrameType::kHeader)) return false;
  auto header = decode_header(first->payload);
  if (!header) return false;
  for (const Table& table : index->tables) {
    for (std::uint32_t i = 0; i < table.others(); ++i) {
      const auto frame = read_frame(bytes_, table.other(i));
      if (!frame) return false;
      // One that was written before the last interaction does not know of it.
      if (is(frame->head, FrameType::kLookup) && frame->head.n == index->seal.count) lookup_ = frame->payload;
      if (is(frame->head, FrameType::kHints)) {
        if (const auto found = parse_hints(frame->payload, frame->head.n)) hints_.push_back(*found);
      }
      if (is(frame->head, FrameType::kRefusal)) {
        auto refusal = decode_refusal(frame->payload);
        if (!refusal) return false;
        refusal->after = frame->head.n;
        refusals_.push_back(std::move(*refusal));
      }
      if (!is(frame->head, FrameType::kGap)) continue;
      auto gap = decode_gap(frame->payload);
      if (!gap) return false;
      gaps_.push_back(std::move(*gap));
    }
  }
  header_ = std::move(*header);
  tables_ = std::move(index->tables);
  size_ = index->seal.count;
  health_ = Health::kSealed;
  sound_bytes_ = bytes_.size();
  return true;
}

// What a recorder leaves that was killed before its first record.
void MappedReader::open_partial() {
  health_ = bytes_.empty() ? Health::kUnsealed : Health::kTorn;
  damage_ = "torn at its start (" + std::to_string(bytes_.size()) + " of " + std::to_string(kFileHeadSize) +
            " bytes of its head): nothing was recorded";
}

Result<void> MappedReader::open(Check check, os::ReadWindow* window) {
  if (is_partial_file_head(bytes_)) {
    open_partial();
    return {};
  }
  if (auto sound = check_file_head(bytes_, name_); !sound) return sound;
  if (check != Check::kQuick || !open_sealed()) open_scanned(check, window);
  header_.version = static_cast<int>(version_of(bytes_));
  return {};
}

void MappedReader::open_scanned(Check check, os::ReadWindow* window) {
  Scan found = scan(bytes_, check == Check::kFull, window);
  header_ = found.header.value_or(Header{});
  health_ = found.health;
  damage_ = std::move(found.damage);
  entries_ = std::move(found.entries);
  size_ = entries_.size();
  gaps_ = std::move(found.gaps);
  refusals_ = std::move(found.refusals);
  hints_ = std::move(found.hints);
  sound_bytes_ = found.sound_bytes;
}

Entry MappedReader::entry(std::uint64_t index) const {
  CVR_CHECK(index < size_);
  if (tables_.empty()) return entries_[index];
  // A writer that is left alone makes tables of one size, so the place tells the table.
  const std::size_t guess = std::min<std::size_t>(index / kSegment, tables_.size() - 1);
  const std::uint64_t first = tables_[guess].first();
  if (index + 1 >= first && index + 1 - first < tables_[guess].size()) {
    return tables_[guess].entry(static_cast<std::uint32_t>(index + 1 - first));
  }
  const auto after = std::upper_bound(tables_.begin(), tables_.end(), index + 1,
                                      [](std::uint64_t n, const Table& table) { return n < table.first(); });
  const Table& table = *std::prev(after);
  return table.entry(static_cast<std::uint32_t>(index + 1 - table.first()));
}

std::string MappedReader::digest(std::uint64_t index) const {
  const auto head = read_head(bytes_, entry(index).offset);
  if (!head) return {};
  return hex_encode({reinterpret_cast<const char*>(head->chain.data()), head->chain.size()});
}

// A copy that an older cvr made may hold hints of what it was made from: the chain says so.
std::vector<Hints> MappedReader::hints() const {
  std::vector<Hints> out;
  std::uint64_t end = 0;
  for (const FoundHints& found : hints_) {
    const Hints& hints = found.hints;
    if (hints.first < end || hints.first + hints.count > size_) continue;
    const auto last = read_head(bytes_, entry(hints.first + hints.count - 1).offset);
    if (!last || last->chain != found.last) continue;
    end = hints.first + hints.count;
    out.push_back(hints);
  }
  return out;
}

std::vector<UnknownRecord> MappedReader::unknown() const {
  std::vector<UnknownRecord> out;
  const auto look = [&](std::uint64_t at) {
    const auto frame = read_frame(bytes_, at);
    if (frame && !is_known(frame->head.type)) out.push_back({frame->head.type, frame->head.n, frame->payload});
  };
  for (const Table& table : tables_) {
    for (std::uint32_t i = 0; i < table.others(); ++i) look(table.other(i));
  }
  if (!tables_.empty()) return out;
  each_frame([&](std::uint64_t at, const FrameHead& head) {
    if (!is_known(head.type)) look(at);
  });
  return out;
}

void MappedReader::each_frame(const std::function<void(std::uint64_t at, const FrameHead& head)>& see) const {
  for (std::uint64_t at = kFileHeadSize; at < sound_bytes_;) {
    const auto head = read_head(bytes_, at);
    if (!head) break;
    see(at, *head);
    at += kFrameHeadSize + head->size;
  }
}

void MappedReader::untold(const SeeUntold& see) const {
  each_frame([&](std::uint64_t at, const FrameHead& head) {
    if (!is_known(head.type) || is(head, FrameType::kInteraction)) return;
    if (const auto frame = read_frame(bytes_, at)) each_untold(*frame, see);
  });
}

void MappedReader::untold(std::uint64_t index, const SeeUntold& see) const {
  const auto own = payload(index);
  if (own) each_untold(*own, [this, index](std::uint64_t n) { return payload_before(index, n); }, see);
}

Result<std::string_view> MappedReader::payload(std::uint64_t index) const {
  const auto frame = read_frame(bytes_, entry(index).offset);
  if (frame && is(frame->head, FrameType::kInteraction) && frame->head.n == index + 1) return frame->payload;
  return fail(ErrorCode::kDamaged,
              "interaction " + std::to_string(index + 1) + " of " + name_ + " is damaged; see: cvr repair " + name_);
}

// What the record at `index` may lean on.
Result<std::string_view> MappedReader::payload_before(std::uint64_t index, std::uint64_t n) const {
  if (n == 0 || n > index) return fail(ErrorCode::kMalformed, "leans on interaction " + std::to_string(n));
  return payload(n - 1);
}

Result<RedactedInteraction> MappedReader::interaction(std::uint64_t index) const {
  const auto own = payload(index);
  if (!own) return std::unexpected(own.error());
  auto decoded = decode(*own, [this, index](std::uint64_t n) { return payload_before(index, n); });
  if (decoded) return decoded;
  // Its checksum is right, so somebody wrote it like that; what it says is lost all the same (CONTRACT: damage is 1).
  const bool newer = decoded.error().code == ErrorCode::kUnsupported;
  return fail(newer ? ErrorCode::kUnsupported : ErrorCode::kDamaged,
              "interaction " + std::to_string(index + 1) + " of " + name_ + ": " + decoded.error().text);
}

Result<std::unique_ptr<Reader>> open_with(std::unique_ptr<ByteSource> source, std::string_view bytes, std::string name,
                                          Check check, os::ReadWindow* window) {
  auto reader = std::make_unique<MappedReader>(std::move(source), bytes, std::move(name));
  if (auto opened = reader->open(check, window); !opened) return std::unexpected(opened.error());
  return reader;
}

}  // namespace

std::string_view to_string(Health health) {
  constexpr std::array<std::string_view, 4> kWords = {"sealed", "unsealed", "torn", "damaged"};
  return kWords[static_cast<std::size_t>(health)];
}

Result<std::unique_ptr<Reader>> Reader::open(const std::string& path, Check check) {
  auto source = os::map_file(path);
  if (!source) return std::unexpected(source.error());
  auto window = os::ReadWindow::open(path);
  if (!window) return std::unexpected(window.error());
  const std::string_view bytes = (*source)->bytes();
  return open_with(std::move(*source), bytes, path, check, &*window);
}

Result<std::unique_ptr<Reader>> Reader::open_bytes(std::string_view bytes, std::string name, Check check) {
  return open_with(nullptr, bytes, std::move(name), check, nullptr);
}

}  // namespace cvr::cassette
