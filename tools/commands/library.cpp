// cvr library: a directory of cassettes as one thing: list, find, verify, dedupe, prune.
#include <fmt/format.h>

#include <algorithm>

#include "app/library.h"
#include "app/parallel.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/library_changes.h"
#include "commands/reading.h"
#include "exporters/common.h"

namespace cvr::commands {
namespace {

class Library : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("DIR", directory_, "the directory; its sub-directories belong to it");
    options.argument("ACTION", action_, "list (default), find, verify, dedupe or prune", false);
    options.argument("ROUTE", route_, "find: a path, or a method and a path (* within a segment, ** any text)", false);
    options.list("--used", usage_, "prune: file of summaries (cvr replay --json), repeatable");
    options.flag("--apply", apply_, "dedupe, prune: change the cassettes; without it they only say what would go");
    flags_.declare(options, RedactionFlags::With::kPrivacy,
                   "dotenv file: none of its values may stand in a cassette, repeatable");
    options.flag("--json", json_, "as JSON");
  }

  Result<int> run(const cli::Globals& globals) override {
    if (action_.empty()) action_ = "list";
    if (auto sound = check_usage(); !sound) return std::unexpected(sound.error());
    const auto paths = app::cassettes_below(directory_);
    if (!paths) return std::unexpected(paths.error());
    if (action_ == "list") return list(*paths, globals);
    const auto redactor = reading_redactor(flags_);
    if (!redactor) return std::unexpected(redactor.error());
    if (action_ == "find") return find(*paths, **redactor, globals);
    if (action_ == "verify") return verify(*paths, **redactor, globals);
    const LibraryChange change{.paths = *paths, .usage_files = usage_, .apply = apply_, .json = json_};
    return action_ == "dedupe" ? dedupe(change, **redactor, globals) : prune(change, **redactor, globals);
  }

 private:
  Result<void> check_usage() const {
    constexpr std::string_view kActions[] = {"list", "find", "verify", "dedupe", "prune"};
    if (std::ranges::find(kActions, action_) == std::end(kActions)) {
      return fail(ErrorCode::kUsage,
                  printable(shortened(action_, 40)) + " is unknown; list, find, verify, dedupe or prune is needed");
    }
    if ((action_ == "find") == route_.empty()) {
      return fail(ErrorCode::kUsage, "ROUTE goes with find, as in: cvr library DIR find 'POST /trips/**'");
    }
    if ((action_ == "prune") == usage_.empty()) {
      return fail(
          ErrorCode::kUsage,
          "--used FILE goes with prune: what is unused, replays tell (cvr replay -c FILE --json -- CMD > used.json)");
    }
    if (apply_ && action_ != "dedupe" && action_ != "prune") {
      return fail(ErrorCode::kUsage, "--apply goes with dedupe and prune");
    }
    return {};
  }

  // `work` for every path, beside each other; the answers in the order of the paths.
  template <class Answer, class Work>
  std::vector<Answer> on_each(const std::vector<std::string>& paths, const char* verb, const cli::Globals& globals,
                              Work work) const {
    std::vector<Answer> out(paths.size());
    Progress progress(verb, paths.size(), globals);
    progress.every(1);
    app::in_parallel(
        paths.size(), [&](std::size_t i) { out[i] = work(paths[i]); },
        [&](std::size_t finished) { progress.at(finished); });
    return out;
  }

  Result<int> list(const std::vector<std::string>& paths, const cli::Globals& globals) const;
  Result<int> find(const std::vector<std::string>& paths, const Redactor& redactor, const cli::Globals& globals) const;
  Result<int> verify(const std::vector<std::string>& paths, const Redactor& redactor,
                     const cli::Globals& globals) const;

  std::string directory_, action_, route_;
  std::vector<std::string> usage_;
  RedactionFlags flags_;
  bool apply_ = false, json_ = false;
};

void write(json::Writer& w, const app::Shelved& one) {
  w.begin_object().member("file", one.path);
  if (!one.error.empty()) {
    w.member("error", one.error).end_object();
    return;
  }
  w.member("health", one.health).member("interactions", one.interactions).member("bytes", one.bytes);
  w.member("not_recorded", one.gaps);
  if (!one.damage.empty()) w.member("damage", one.damage);
  if (one.interactions > 0) {
    w.member("first", exporters::utc_text(one.first_utc_us)).member("last", exporters::utc_text(one.last_utc_us));
    w.member("origin", one.origin);
  }
  w.end_object();
}

Result<int> Library::list(const std::vector<std::string>& paths, const cli::Globals& globals) const {
  const auto all = on_each<app::Shelved>(paths, "looking at", globals, app::look_at);
  std::size_t width = 8;
  for (const app::Shelved& one : all) width = std::max(width, printable(one.path).size());
  std::string out = fmt::format("{:<{}}  {:<8}  {:>12} {:>12}  {:<24}  {}\n", "cassette", width, "health",
                                "interactions", "bytes", "last recorded (UTC)", "first origin");
  json::Writer w;
  w.begin_object().key("cassettes").begin_array();
  std::uint64_t interactions = 0, bytes = 0;
  bool sound = true;
  for (const app::Shelved& one : all) {
    write(w, one);
    sound = sound && one.error.empty() && one.health != "damaged";
    interactions += one.interactions;
    bytes += one.bytes;
    if (!one.error.empty()) {
      out += fmt::format("{:<{}}  {}\n", printable(one.path), width, printable(one.error));
      continue;
    }
    const std::string last = one.interactions == 0 ? "-" : exporters::utc_text(one.last_utc_us);
    out += fmt::format("{:<{}}  {:<8}  {:>12} {:>12}  {:<24}  {}\n", printable(one.path), width, one.health,
                       one.interactions, one.bytes, last, printable(one.origin));
  }
  w.end_array().member("interactions", interactions).member("bytes", bytes).end_object();
  // A seal is believed, so that a large library lists at once.
  out +=
      fmt::format("{} cassettes, {} interactions, {} bytes; health by the seals, every byte: cvr library {} verify\n",
                  all.size(), interactions, bytes, printable(directory_));
  cli::print(json_ ? w.take() + "\n" : out);
  return sound ? 0 : 1;
}

Result<int> Library::find(const std::vector<std::string>& paths, const Redactor& redactor,
                          const cli::Globals& globals) const {
  app::SearchChoice choice;
  choice.routes = {route_};
  const auto search = app::Search::make(choice);
  if (!search) return std::unexpected(search.error());
  const auto all = on_each<app::Findings>(paths, "searching", globals,
                                          [&](const std::string& path) { return app::find_in(path, **search); });
  bool any = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all[i].error.empty() && globals.verbosity >= 0) {
      fmt::print(stderr, "cvr: warning: {} was not searched whole: {}\n", printable(paths[i]), printable(all[i].error));
    }
    for (const app::FoundIn& one : all[i].found) {
      any = true;
      const std::string method = shown(redactor, one.method);
      const std::string url = shown(redactor, one.url);
      if (!json_) {
        cli::print(fmt::format("{}  {:>5}  {:<7} {:<8} {}\n", printable(one.path), one.n, printable(method),
                               one.outcome, printable(url)));
        continue;
      }
      json::Writer w;
      w.begin_object().member("file", one.path).member("n", one.n).member("method", method);
      w.member("url", url).member("outcome", one.outcome).end_object();
      cli::print(w.take() + "\n");
    }
  }
  return any ? 0 : 1;
}

Result<int> Library::verify(const std::vector<std::string>& paths, const Redactor& redactor,
                            const cli::Globals& globals) const {
  const auto all = on_each<app::Verdict>(paths, "verifying", globals,
                                         [&](const std::string& path) { return app::verify(path, redactor); });
  std::string out;
  json::Writer w;
  w.begin_object().key("cassettes").begin_array();
  std::size_t bad = 0;
  for (const app::Verdict& one : all) {
    bad += one.is_sound() ? 0 : 1;
    const std::string state = one.error.empty() ? one.health + ", " + std::to_string(one.interactions) + " interactions"
                                                : printable(one.error);
    out += printable(one.path) + ": " + state + (one.is_sound() ? "" : "  <-- not sound") + "\n";
    if (!one.damage.empty()) out += "  " + printable(one.damage) + "\n";
    if (one.unreadable > 0) out += fmt::format("  {} interactions can not be read\n", one.unreadable);
    for (const std::string& leak : one.leaks) out += "  leak: " + leak + "\n";
    w.begin_object().member("file", one.path).member("sound", one.is_sound());
    if (!one.error.empty()) w.member("error", one.error);
    w.member("health", one.health).member("damage", one.damage).member("interactions", one.interactions);
    w.member("unreadable", one.unreadable).key("leaks").begin_array();
    for (const std::string& leak : one.leaks) w.value(leak);
    w.end_array().end_object();
  }
  w.end_array().member("not_sound", static_cast<std::uint64_t>(bad)).end_object();
  out += fmt::format("{} cassettes, {} not sound\n", all.size(), bad);
  cli::print(json_ ? w.take() + "\n" : out);
  return bad == 0 ? 0 : 1;
}

}  // namespace

std::unique_ptr<cli::Command> make_library() { return std::make_unique<Library>(); }

}  // namespace cvr::commands
