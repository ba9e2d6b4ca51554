// cvr watch: repeats the probe politely until access is back, and says what changed.
#include <cstring>

#include "app/log.h"
#include "base/size.h"
#include "commands/commands.h"
#include "commands/probe_flags.h"
#include "os/entropy.h"

namespace cvr::commands {
namespace {

constexpr std::int64_t kLeastMs = 10'000, kMostMs = 24 * 3'600'000;

std::uint64_t random_seed() {
  os::SystemEntropy entropy;
  std::uint32_t seed = 0;
  std::uint8_t bytes[sizeof seed];
  entropy.fill(bytes);
  std::memcpy(&seed, bytes, sizeof seed);
  return seed;
}

class WatchCommand : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    flags_.declare(options);
    options.text("--every", every_,
                 "time between two rounds, 10s to 24h (default 10m); a tenth more or less by chance");
    options.text("--before", before_,
                 "a recording of when it worked: access is back when what worked there works; what else is refused for "
                 "want of a permission was never granted, and is named.  Without it access is back when all works");
    options.number("--seed", seed_, "of that chance (default: a new one, which is printed)");
  }

  Result<int> run(const cli::Globals& globals) override {
    app::set_up_log(globals.verbosity, globals.log_json);
    app::WatchCommand command;
    const auto every = parse_duration_ms(every_);
    if (!every || *every < kLeastMs || *every > kMostMs) {
      return fail(ErrorCode::kUsage, "--every takes a time from 10s to 24h, as in 10m");
    }
    command.options.interval_s = *every / 1'000;
    command.options.seed = seed_ < 0 ? random_seed() : static_cast<std::uint64_t>(seed_);
    if (globals.has_child && globals.child.empty()) return fail(ErrorCode::kUsage, "a command is needed behind --");
    command.child = globals.child;
    command.before = before_;
    auto options = flags_.to_options(globals);
    if (!options) return std::unexpected(options.error());
    return app::run_watch(*std::move(options), command);
  }

 private:
  ProbeFlags flags_;
  std::string every_ = "10m", before_;
  std::int64_t seed_ = -1;
};

}  // namespace

std::unique_ptr<cli::Command> make_watch() { return std::make_unique<WatchCommand>(); }

}  // namespace cvr::commands
