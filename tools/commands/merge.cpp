// cvr merge: several cassettes as one; and, as git's merge driver (--git BASE OURS THEIRS), ours with what
// theirs did since.
#include <fmt/format.h>

#include <filesystem>

#include "app/config.h"
#include "app/merge.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/match_flags.h"
#include "commands/reading.h"
#include "commands/writing.h"
#include "profiles/profile.h"

namespace cvr::commands {
namespace {

class Merge : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.arguments("FILE", files_, "the cassettes, in the order in which their interactions shall stand");
    options.flag("--git", git_, "as git's merge driver: BASE OURS THEIRS; the result takes the place of OURS");
    writing_.declare(options);
    match_.declare(options);
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals& globals) override {
    if (git_) return as_driver(globals);
    if (files_.size() < 2) return fail(ErrorCode::kUsage, "two cassettes are needed: cvr merge A B -o OUT");
    auto begun = writing_.begin(files_, globals);
    if (!begun) return std::unexpected(begun.error());
    std::vector<const cassette::Reader*> readers;
    for (const auto& source : begun->sources) readers.push_back(source.get());
    const auto plan = app::plan_merge(readers);
    if (!plan) return std::unexpected(plan.error());
    const auto count = write(*plan, readers, *begun->out);
    if (!count) return std::unexpected(writing_.completed(count.error()));
    if (json_) {
      json::Writer w;
      w.begin_object().member("file", writing_.path()).member("interactions", *count);
      w.member("duplicates", plan->duplicates).end_object();
      cli::print(w.take() + "\n");
    } else {
      cli::print(fmt::format("{}: {} interactions of {} cassettes, {} that several held are there once\n",
                             printable(writing_.path()), *count, files_.size(), plan->duplicates));
    }
    return 0;
  }

 private:
  static Result<std::uint64_t> write(const app::MergePlan& plan, const std::vector<const cassette::Reader*>& sources,
                                     app::Rewrite& out) {
    for (std::size_t s = 0; s < sources.size(); ++s) {
      const std::vector<bool>& keep = plan.keep[s];
      const auto choose = [&](std::uint64_t n, const RedactedInteraction& one) -> std::optional<RedactedInteraction> {
        if (keep[n - 1]) return one;
        return std::nullopt;
      };
      if (auto done = app::copy(*sources[s], out, choose); !done) return std::unexpected(done.error());
    }
    const std::uint64_t count = out.count();
    if (auto done = out.finish(); !done) return std::unexpected(done.error());
    return count;
  }

  Result<int> as_driver(const cli::Globals& globals) const {
    if (files_.size() != 3) return fail(ErrorCode::kUsage, "--git needs three cassettes: BASE OURS THEIRS");
    const auto config = app::load_config();
    if (!config) return std::unexpected(config.error());
    const profiles::Profile& profile = profiles::default_profile();
    const auto rules = match_.load(profile, *config);
    if (!rules) return std::unexpected(rules.error());
    // Git gives an empty file when both sides added the cassette.
    std::unique_ptr<cassette::Reader> base;
    std::error_code error;
    if (std::filesystem::file_size(files_[0], error) != 0 || error) {
      auto opened = open_source(files_[0], globals);
      if (!opened) return std::unexpected(opened.error());
      base = std::move(*opened);
    }
    auto begun = writing_.begin_in_place(files_[1], files_[2], globals);
    if (!begun) return std::unexpected(begun.error());
    const cassette::Reader& ours = *begun->sources[0];
    const cassette::Reader& theirs = *begun->sources[1];
    for (const cassette::Reader* one : std::initializer_list<const cassette::Reader*>{base.get(), &ours, &theirs}) {
      if (one != nullptr && one->health() != cassette::Health::kSealed) return incomplete(*one);
    }
    const auto plan = app::plan_three_way(base.get(), ours, theirs, *rules, profile.volatile_headers);
    if (!plan) return std::unexpected(plan.error());
    if (!plan->conflicts.empty()) return conflict(*plan);
    if (auto done = app::weave(*plan, ours, theirs, *begun->out); !done) {
      return std::unexpected(writing_.completed(done.error()));
    }
    if (auto done = begun->out->finish(); !done) return std::unexpected(done.error());
    return 0;
  }

  // What is missing in a recording that broke off was not taken out of it.
  static int incomplete(const cassette::Reader& one) {
    fmt::print(stderr,
               "cvr: conflict: {} is {}: what is missing at its end may have been removed or lost; record again, or "
               "take one side "
               "(git checkout --ours or --theirs FILE) and close it: cvr migrate FILE -o NEW\n",
               printable(one.name()), cassette::to_string(one.health()));
    return 1;
  }

  // Git leaves ours in place and marks the file as unmerged.
  static int conflict(const app::MergePlan& plan) {
    constexpr std::size_t kMost = 10;
    for (std::size_t i = 0; i < plan.conflicts.size() && i < kMost; ++i) {
      fmt::print(stderr, "cvr: conflict: {}\n", plan.conflicts[i]);
    }
    if (plan.conflicts.size() > kMost)
      fmt::print(stderr, "cvr: conflict: and {} more\n", plan.conflicts.size() - kMost);
    fmt::print(stderr,
               "cvr: both sides recorded these anew; record again, or: git checkout --ours (or --theirs) FILE\n");
    return 1;
  }

  std::vector<std::string> files_;
  WritingFlags writing_;
  MatchFlags match_;
  bool git_ = false, json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_merge() { return std::make_unique<Merge>(); }

}  // namespace cvr::commands
