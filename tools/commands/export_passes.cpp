#include "commands/export_passes.h"

#include <algorithm>
#include <cstring>

#include "base/escape.h"
#include "cassette/digest.h"
#include "commands/seal_check.h"
#include "exporters/losses.h"

namespace cvr::commands {
namespace {

std::uint64_t digest(std::string_view piece) {
  const cassette::Digest whole = cassette::sha256(piece);
  std::uint64_t out = 0;
  std::memcpy(&out, whole.data(), sizeof out);
  return out;
}

}  // namespace

// What there is to warn of was said in the first pass.
cli::Globals ExportPasses::silent() const {
  cli::Globals out = globals_;
  out.verbosity = std::min(out.verbosity, -1);
  return out;
}

void ExportPasses::look_ahead(exporters::Exporter& exporter) const {
  if (!exporter.looks_ahead()) return;
  Visitor visitor;
  visitor.interaction = [&](std::uint64_t, const RedactedInteraction& interaction) { exporter.look(interaction); };
  static_cast<void>(visit(opened_, silent(), visitor));
}

Result<int> ExportPasses::make(const Piece& take, const Visitor& beside, const char* verb,
                               const cli::Globals& globals) const {
  Result<void> done;
  // A piece ends where an interaction ends, so no value stands in two.
  const auto piece = [&](const std::string& place, const std::function<void(const exporters::TextSink&)>& write) {
    if (!done) return;
    std::string text;
    write([&text](std::string_view more) { text += more; });
    done = take(place, text);
  };
  const auto exporter = format_.make();
  look_ahead(*exporter);
  Progress progress(verb, opened_.reader->size(), globals_);
  piece("the head of the export", [&](const auto& out) { exporter->begin(out); });
  Visitor visitor;
  visitor.interaction = [&](std::uint64_t n, const RedactedInteraction& interaction) {
    progress.at(n);
    if (done) beside.interaction(n, interaction);
    piece("interaction " + std::to_string(n), [&](const auto& out) { exporter->add(n, interaction, out); });
  };
  visitor.gap = [&](const cassette::Gap& gap) {
    beside.gap(gap);
    piece("a gap", [&](const auto& out) { exporter->add_gap(gap.at_utc_us, gap.lost, gap.reason, out); });
  };
  visitor.refusal = beside.refusal;
  const int status = visit(opened_, globals, visitor);
  piece("the end of the export", [&](const auto& out) { exporter->end(out); });
  if (!done) return std::unexpected(done.error());
  return status;
}

Result<Tally> ExportPasses::check() {
  Tally out;
  std::string leak;  // of the interaction that is looked at, place and kind
  Visitor beside;
  beside.interaction = [&](std::uint64_t n, const RedactedInteraction& interaction) {
    ++out.interactions;
    for (const std::string_view what : exporters::losses_in(format_, interaction)) ++out.losses[what];
    // A pattern of the user's describes values, so it looks at them before the format's own text is there.
    const auto leaks = redactor_.leaks(*interaction);
    if (leaks.empty()) return;
    leak = "interaction " + std::to_string(n) + " " + printable(leaks.front().place) + " holds " + leaks.front().what;
  };
  beside.gap = [&](const cassette::Gap&) {
    const auto& lost = format_.can_not_hold;
    if (std::ranges::find(lost, exporters::losses::kGaps) != lost.end()) ++out.losses[exporters::losses::kGaps];
  };
  beside.refusal = [&](const cassette::Refusal&) { ++out.losses[exporters::losses::kRefusals]; };
  digests_.clear();
  const Piece take = [&](const std::string& place, const std::string& text) -> Result<void> {
    if (leak.empty()) leak = leak_in(redactor_, text, place);
    if (!leak.empty()) {
      return fail(ErrorCode::kRefused,
                  "nothing was exported: " + leak + "; see: cvr verify " + printable(opened_.reader->name()));
    }
    out.bytes += text.size();
    digests_.push_back(digest(text));
    return {};
  };
  const auto status = make(take, beside, "checking", globals_);
  if (!status) return std::unexpected(status.error());
  out.status = *status;
  return out;
}

Result<void> ExportPasses::write(const std::function<Result<void>(std::string_view)>& out) {
  Visitor nothing;
  nothing.interaction = [](std::uint64_t, const RedactedInteraction&) {};
  std::size_t next = 0;
  const Piece take = [&](const std::string& place, const std::string& text) -> Result<void> {
    if (next == digests_.size() || digests_[next++] != digest(text)) {
      return fail(ErrorCode::kDamaged, "the export ends early: " + place + " is not what was checked; " +
                                           printable(opened_.reader->name()) + " has changed meanwhile, export again");
    }
    return text.empty() ? Result<void>() : out(text);
  };
  const auto status = make(take, nothing, "exporting", silent());
  if (!status) return std::unexpected(status.error());
  if (next == digests_.size()) return {};
  return fail(ErrorCode::kDamaged,
              "the export ends early: " + printable(opened_.reader->name()) + " has changed meanwhile, export again");
}

}  // namespace cvr::commands
