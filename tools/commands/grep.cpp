// cvr grep: what stands where in a cassette.  Exit 1 when nothing is found.
#include <fmt/format.h>

#include "app/search.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/reading.h"
#include "exporters/common.h"

namespace cvr::commands {
namespace {

std::string outcome(const RedactedParts& parts) {
  if (parts.failure) return std::string(to_string(parts.failure->kind));
  return parts.response ? std::to_string(parts.response->status) : "-";
}

class Grep : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("PATTERN", choice_.pattern, "regular expression (RE2); '' finds all that fits the filters");
    options.argument("FILE", file_, "the cassette");
    options.flag("-F,--fixed-strings", choice_.fixed, "PATTERN is a text, no expression");
    options.flag("-i,--ignore-case", choice_.ignore_case, "upper and lower case are the same");
    options.text("--json-pointer", choice_.json_pointer,
                 "look only at this place of JSON bodies, as in /data/0/id; a segment may be *");
    options.list("--status", choice_.status, "404, 4xx, 200-299, or none (no answer); repeatable");
    options.list("--method", choice_.methods, "GET, POST ...; repeatable");
    options.list("--route", choice_.routes,
                 "a path, or a method and a path: * within a segment, ** any text; repeatable");
    options.flag("--json", json_, "one JSON object a line");
  }

  Result<int> run(const cli::Globals& globals) override {
    const auto search = app::Search::make(choice_);
    if (!search) return std::unexpected(search.error());
    const auto opened = open_for_reading(file_, globals);
    if (!opened) return std::unexpected(opened.error());
    Progress progress("searching", opened->reader->size(), globals);
    bool any = false;
    Visitor visitor;
    visitor.interaction = [&](std::uint64_t n, const RedactedInteraction& interaction) {
      progress.at(n);
      const std::vector<app::Hit> hits = (*search)->find(*interaction);
      if (hits.empty()) return;
      any = true;
      cli::print(json_ ? json(n, *interaction, hits) : text(n, *interaction, hits));
    };
    const int status = visit(*opened, globals, visitor);
    return status != 0 ? status : any ? 0 : 1;
  }

 private:
  // The interaction as in `cvr ls`, then a line a hit.
  static std::string text(std::uint64_t n, const RedactedParts& parts, const std::vector<app::Hit>& hits) {
    std::string out = fmt::format("{:>5}  {:<7} {:<8} {}\n", n, printable(parts.request.method), outcome(parts),
                                  printable(exporters::url_of(parts.request)));
    const bool colour = cli::stdout_wants_colour();
    for (const app::Hit& hit : hits) {
      if (hit.place.empty()) continue;
      out += "       " + printable(shortened(hit.place, 80));
      if (!hit.pointer.empty()) out += " " + printable(shortened(hit.pointer, 120));
      out += ": " + printable(hit.before) + (colour ? "\x1b[1;31m" : "") + printable(hit.match) +
             (colour ? "\x1b[0m" : "") + printable(hit.after) + "\n";
    }
    return out;
  }

  static std::string json(std::uint64_t n, const RedactedParts& parts, const std::vector<app::Hit>& hits) {
    std::string out;
    for (const app::Hit& hit : hits) {
      json::Writer w;
      w.begin_object().member("n", n).member("method", parts.request.method);
      w.member("url", exporters::url_of(parts.request));
      if (parts.response) w.member("status", parts.response->status);
      if (parts.failure) w.member("failure", to_string(parts.failure->kind));
      if (!hit.place.empty()) {
        w.member("place", hit.place);
        if (!hit.pointer.empty()) w.member("pointer", hit.pointer);
        w.member("at", hit.at).member("before", hit.before).member("match", hit.match).member("after", hit.after);
      }
      w.end_object();
      out += w.take() + "\n";
    }
    return out;
  }

  app::SearchChoice choice_;
  std::string file_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_grep() { return std::make_unique<Grep>(); }

}  // namespace cvr::commands
