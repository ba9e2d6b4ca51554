// cvr migrate: a cassette written anew in the newest format, its match keys those of today's rules.
#include <fmt/format.h>

#include "app/config.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/match_flags.h"
#include "commands/reading.h"
#include "commands/writing.h"
#include "cvr/matcher.h"
#include "profiles/profile.h"

namespace cvr::commands {
namespace {

class Migrate : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette");
    writing_.declare(options);
    match_.declare(options);
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals& globals) override {
    const auto config = app::load_config();
    if (!config) return std::unexpected(config.error());
    const auto rules = match_.load(profiles::default_profile(), *config);
    if (!rules) return std::unexpected(rules.error());
    auto begun = writing_.begin({file_}, globals);
    if (!begun) return std::unexpected(begun.error());
    const cassette::Reader& reader = *begun->sources.front();
    std::uint64_t keyed = 0;
    Progress progress("migrating", reader.size(), globals);
    const auto choose = [&](std::uint64_t n, RedactedInteraction one) -> std::optional<RedactedInteraction> {
      progress.at(n);
      if (one->key.rules != rules->fingerprint) {
        one.set_key(match::key_of(one->request, *rules));
        ++keyed;
      }
      return one;
    };
    if (auto done = app::copy(reader, *begun->out, choose); !done) {
      return std::unexpected(writing_.completed(done.error()));
    }
    const std::uint64_t count = begun->out->count();
    if (auto done = begun->out->finish(); !done) return std::unexpected(done.error());
    return tell(reader, count, keyed);
  }

 private:
  Result<int> tell(const cassette::Reader& reader, std::uint64_t count, std::uint64_t keyed) const {
    const auto written = cassette::Reader::open(writing_.path());
    if (!written) return std::unexpected(written.error());
    const int from = reader.header().version;
    const int to = (*written)->header().version;
    const std::size_t unknown = (*written)->unknown().size();
    if (json_) {
      json::Writer w;
      w.begin_object().member("file", writing_.path()).member("interactions", count).member("from_version", from);
      w.member("version", to).member("keyed_anew", keyed);
      w.member("unknown_records", static_cast<std::uint64_t>(unknown)).end_object();
      cli::print(w.take() + "\n");
      return 0;
    }
    std::string out = fmt::format("{}: {} interactions, format {}{}", printable(writing_.path()), count, to,
                                  from == to ? "" : fmt::format(" (was {})", from));
    if (keyed > 0) out += fmt::format(", {} match keys by today's rules", keyed);
    if (unknown > 0) out += fmt::format(", {} records of unknown types kept", unknown);
    cli::print(out + "\n");
    return 0;
  }

  std::string file_;
  WritingFlags writing_;
  MatchFlags match_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_migrate() { return std::make_unique<Migrate>(); }

}  // namespace cvr::commands
