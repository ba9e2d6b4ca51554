// cvr cat: the whole cassette as stable text, for people and `git diff`.
#include "base/escape.h"
#include "commands/commands.h"
#include "commands/reading.h"
#include "cvr/exporters.h"
#include "exporters/canonical.h"
#include "match/differences.h"
#include "profiles/profile.h"

namespace cvr::commands {
namespace {

void to_stdout(std::string_view text) { cli::print(text); }

class Cat : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette");
    options.flag("--recorded-order", recorded_order_, "in the order of the file, not in the stable one");
    options.flag("--json", json_, "one JSON object a line, as recorded");
    options.flag("--textconv", textconv_, "for git: damage is told in the text, and is no failure");
  }
  Result<int> run(const cli::Globals& globals) override {
    const auto opened = open_for_reading(file_, globals);
    if (!opened && textconv_) return not_readable(opened.error());
    if (!opened) return std::unexpected(opened.error());
    const auto status = json_ ? visit(*opened, globals, as_json()) : print_text(*opened, globals);
    if (!textconv_) return status;
    if (!status) return not_readable(status.error());
    const std::string& damage = opened->reader->damage();
    if (*status != 0 || !damage.empty()) {
      cli::print("=== damage: " + (damage.empty() ? "not all of it can be read" : printable(damage)) + "\n\n");
    }
    return 0;
  }

 private:
  // git gives up a whole log or diff when its textconv fails on one old blob.
  static Result<int> not_readable(const Error& error) {
    cli::print("=== not readable: " + printable(error.text) + "\n\n");
    return 0;
  }

  static Visitor as_json() {
    const std::shared_ptr<exporters::Exporter> jsonl = exporters::find_format("jsonl")->make();
    Visitor out;
    out.interaction = [jsonl](std::uint64_t n, const RedactedInteraction& one) { jsonl->add(n, one, to_stdout); };
    out.gap = [jsonl](const cassette::Gap& gap) { jsonl->add_gap(gap.at_utc_us, gap.lost, gap.reason, to_stdout); };
    return out;
  }

  Result<int> print_text(const Opened& opened, const cli::Globals& globals) const {
    exporters::CanonicalOptions options;
    options.recorded_order = recorded_order_;
    options.is_volatile = [](std::string_view name) {
      return match::is_volatile_header(name, profiles::default_profile().volatile_headers);
    };
    exporters::Canonical canonical(std::move(options));
    Visitor visitor;
    visitor.interaction = [&](std::uint64_t n, const RedactedInteraction& one) { canonical.look(n, *one); };
    const int status = visit(opened, globals, visitor);
    for (const std::uint64_t n : canonical.order()) {
      const auto one = opened.reader->interaction(n - 1);
      if (!one) return std::unexpected(one.error());
      cli::print(canonical.print(**one));
    }
    for (const cassette::Gap& gap : opened.reader->gaps()) {
      cli::print("=== gap: " + std::to_string(gap.lost) + " not recorded: " + printable(gap.reason) + "\n\n");
    }
    for (const cassette::Refusal& refusal : opened.reader->refusals()) {
      cli::print("=== not heard: " + refusal_text(refusal) + "\n\n");
    }
    return status;
  }

  std::string file_;
  bool json_ = false, recorded_order_ = false, textconv_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_cat() { return std::make_unique<Cat>(); }

}  // namespace cvr::commands
