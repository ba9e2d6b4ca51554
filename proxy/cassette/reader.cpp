#include "cassette/scan.h"
#include "cvr/cassette.h"
#include "os/file.h"

namespace cvr::cassette {
namespace {

class ReaderImpl : public Reader {
 public:
  ReaderImpl(std::string_view bytes, std::unique_ptr<ByteSource> source, std::string name, Scan scan)
      : source_(std::move(source)), bytes_(bytes), name_(std::move(name)), scan_(std::move(scan)) {}

  const Header& header() const override { return scan_.header; }
  const std::string& name() const override { return name_; }
  Health health() const override { return scan_.health; }
  std::string damage() const override { return scan_.damage; }
  std::uint64_t size() const override { return scan_.interactions.size(); }
  const std::vector<Gap>& gaps() const override { return scan_.gaps; }
  std::uint64_t sound_bytes() const override { return scan_.sound_bytes; }

  MatchKey key(std::uint64_t index) const override {
    const std::string_view payload = bytes_.substr(static_cast<std::size_t>(scan_.interactions[index]) + kFrameHead, 40);
    if (payload.size() < 40) return {};
    return {load_u64(payload.data()), load_u64(payload.data() + 8), load_u64(payload.data() + 16), load_u64(payload.data() + 24),
            load_u64(payload.data() + 32)};
  }

  Result<RedactedInteraction> interaction(std::uint64_t index) const override {
    CVR_CHECK(index < size());
    Frame frame;
    if (read_frame(bytes_, scan_.interactions[index], frame) != FrameStatus::kOk) {
      return fail(ErrorCode::kDamaged, name_ + " changed on disk while it was read");
    }
    auto payload = payload_of(frame);
    if (!payload) return std::unexpected(payload.error());
    return decode(*payload);
  }

 private:
  std::unique_ptr<ByteSource> source_;
  std::string_view bytes_;
  std::string name_;
  Scan scan_;
};

}  // namespace

std::string_view to_string(Health health) {
  switch (health) {
    case Health::kSealed:
      return "sealed";
    case Health::kUnsealed:
      return "unsealed";
    case Health::kTorn:
      return "torn";
    case Health::kDamaged:
      return "damaged";
  }
  return "";
}

Result<std::unique_ptr<Reader>> Reader::open(const std::string& path) {
  auto source = os::map_file(path);
  if (!source) return std::unexpected(source.error());
  const std::string_view bytes = (*source)->bytes();
  auto found = scan(bytes, path, nullptr);
  if (!found) return std::unexpected(found.error());
  return std::make_unique<ReaderImpl>(bytes, std::move(*source), path, std::move(*found));
}

Result<std::unique_ptr<Reader>> Reader::open_bytes(std::string_view bytes, std::string name) {
  auto found = scan(bytes, name, nullptr);
  if (!found) return std::unexpected(found.error());
  return std::make_unique<ReaderImpl>(bytes, nullptr, std::move(name), std::move(*found));
}

}  // namespace cvr::cassette
