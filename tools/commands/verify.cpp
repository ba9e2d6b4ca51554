// cvr verify: structure, checksums, seal; and a scan for leaks.
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/reading.h"

namespace cvr::commands {
namespace {

struct Found {
  std::uint64_t n;
  Leak leak;
};

class Verify : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette");
    options.list("--secrets", secrets_, "dotenv file: none of its values may stand in the cassette, repeatable");
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals&) override;

 private:
  std::string text(const cassette::Reader& reader, const std::vector<Found>& leaks) const;
  std::string json(const cassette::Reader& reader, const std::vector<Found>& leaks) const;
  std::string file_;
  std::vector<std::string> secrets_;
  bool json_ = false;
};

std::string Verify::text(const cassette::Reader& reader, const std::vector<Found>& leaks) const {
  std::string out = file_ + ": " + std::string(to_string(reader.health())) + ", " + std::to_string(reader.size()) + " interactions";
  if (!reader.damage().empty()) out += ", " + reader.damage();
  if (!reader.gaps().empty()) out += ", " + std::to_string(reader.gaps().size()) + " gaps";
  out += "\n";
  for (const Found& found : leaks) out += "leak: #" + std::to_string(found.n) + " " + found.leak.place + ": " + found.leak.what + "\n";
  return out + (leaks.empty() ? "no leak found\n" : "");
}

std::string Verify::json(const cassette::Reader& reader, const std::vector<Found>& leaks) const {
  json::Writer w;
  w.begin_object().member("file", file_).member("health", to_string(reader.health())).member("interactions", reader.size());
  w.member("damage", reader.damage()).member("gaps", static_cast<std::uint64_t>(reader.gaps().size()));
  w.key("leaks").begin_array();
  for (const Found& found : leaks) {
    w.begin_object().member("n", found.n).member("place", found.leak.place).member("what", found.leak.what).end_object();
  }
  w.end_array().end_object();
  return w.take() + "\n";
}

Result<int> Verify::run(const cli::Globals&) {
  auto reader = cassette::Reader::open(file_);
  if (!reader) return std::unexpected(reader.error());
  auto redactor = reading_redactor(secrets_);
  if (!redactor) return std::unexpected(redactor.error());
  std::vector<Found> leaks;
  bool unreadable = false;
  for (std::uint64_t i = 0; i < (*reader)->size(); ++i) {
    const auto interaction = (*reader)->interaction(i);
    if (!interaction) {
      unreadable = true;
      continue;
    }
    for (Leak& leak : (*redactor)->leaks(**interaction)) leaks.push_back({i + 1, std::move(leak)});
  }
  for (Leak& leak : (*redactor)->leaks(file_, "the cassette's name")) leaks.push_back({0, std::move(leak)});
  cli::print(json_ ? json(**reader, leaks) : text(**reader, leaks));
  const cassette::Health health = (*reader)->health();
  const bool whole = health == cassette::Health::kSealed || health == cassette::Health::kUnsealed;
  return whole && !unreadable && leaks.empty() ? 0 : 1;
}

}  // namespace

std::unique_ptr<cli::Command> make_verify() { return std::make_unique<Verify>(); }

}  // namespace cvr::commands
