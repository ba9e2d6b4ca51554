// cvr trim: a cassette without some of its interactions.
#include <fmt/format.h>

#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/reading.h"
#include "commands/writing.h"

namespace cvr::commands {
namespace {

class Trim : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette");
    options.text("--drop", drop_, "numbers of cvr ls that go, as in 3,7-9");
    options.text("--keep", keep_, "numbers that stay; all others go");
    writing_.declare(options);
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals& globals) override {
    if (drop_.empty() == keep_.empty()) {
      return fail(ErrorCode::kUsage, "one of --drop and --keep is needed, as in: cvr trim FILE --drop 3,7-9 -o OUT");
    }
    auto begun = writing_.begin({file_}, globals);
    if (!begun) return std::unexpected(begun.error());
    const cassette::Reader& reader = *begun->sources.front();
    const auto named = app::parse_numbers(drop_.empty() ? keep_ : drop_, reader.size());
    if (!named) return std::unexpected(named.error());
    Progress progress("trimming", reader.size(), globals);
    const auto choose = [&](std::uint64_t n, const RedactedInteraction& one) -> std::optional<RedactedInteraction> {
      progress.at(n);
      if ((*named)[n - 1] == drop_.empty()) return one;
      return std::nullopt;
    };
    if (auto done = app::copy(reader, *begun->out, choose); !done) {
      return std::unexpected(writing_.completed(done.error()));
    }
    const std::uint64_t kept = begun->out->count();
    if (auto done = begun->out->finish(); !done) return std::unexpected(done.error());
    if (json_) {
      json::Writer w;
      w.begin_object().member("file", writing_.path()).member("interactions", kept);
      w.member("dropped", reader.size() - kept).end_object();
      cli::print(w.take() + "\n");
    } else {
      cli::print(
          fmt::format("{}: {} interactions, {} left out\n", printable(writing_.path()), kept, reader.size() - kept));
    }
    return 0;
  }

 private:
  std::string file_, drop_, keep_;
  WritingFlags writing_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_trim() { return std::make_unique<Trim>(); }

}  // namespace cvr::commands
