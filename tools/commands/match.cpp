// cvr match: the match rules that hold (rules), and what two recordings of one run teach (learn).
#include <fmt/format.h>

#include "app/config.h"
#include "app/redaction.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/match_flags.h"
#include "commands/reading.h"
#include "commands/redaction_flags.h"
#include "match/learn.h"

namespace cvr::commands {
namespace {

match::Recording recording_of(const cassette::Reader& reader) {
  return {reader.size(), [&reader](std::uint64_t i) { return reader.interaction(i); }};
}

std::string numbers(const std::vector<std::uint64_t>& list) {
  constexpr std::size_t kMost = 20;
  std::string out;
  for (std::size_t i = 0; i < list.size() && i < kMost; ++i) out += " #" + std::to_string(list[i]);
  if (list.size() > kMost) out += " and " + std::to_string(list.size() - kMost) + " more";
  return out;
}

class Match : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("ACTION", action_, "rules or learn");
    options.argument("A", first_, "learn: a cassette", false);
    options.argument("B", second_, "learn: another recording of the same run", false);
    options.text("--profile", profile_, "what is known of the vendor: a built-in name, or a TOML file");
    match_.declare(options);
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals& globals) override {
    const bool learns = action_ == "learn";
    if (!learns && action_ != "rules")
      return fail(ErrorCode::kUsage, "cvr match " + action_ + " is unknown; rules or learn");
    if (learns == second_.empty()) {
      return fail(ErrorCode::kUsage, learns ? "two recordings of the same run are needed: cvr match learn A B"
                                            : "A and B go with learn: cvr match learn A B");
    }
    const auto vendor = load_vendor(profile_);
    if (!vendor) return std::unexpected(vendor.error());
    const auto rules = match_.load(*vendor->redaction.profile, vendor->config);
    if (!rules) return std::unexpected(rules.error());
    return learns ? learn(*rules, globals) : show(*rules);
  }

 private:
  Result<int> show(const match::MatchRules& rules) const {
    json::Writer w;
    w.begin_object().key("rules").begin_array();
    std::string out =
        fmt::format("{:<16}  {:<12}  {:<28}  {:<24}  {}\n", "request", "part", "name", "comparison", "from");
    for (const match::RuleLine& line : match::rule_lines(rules)) {
      const std::string from = line.profile ? "built in" : "[match]";
      out += fmt::format("{:<16}  {:<12}  {:<28}  {:<24}  {}\n", printable(line.scope), line.part, printable(line.name),
                         printable(line.comparison), from);
      w.begin_object().member("request", line.scope).member("part", line.part).member("name", line.name);
      w.member("comparison", line.comparison).member("from", from).end_object();
    }
    w.end_array().end_object();
    cli::print(json_ ? w.take() + "\n"
                     : out + "whatever is not listed counts: method, host, path, query as a set, body by its type\n");
    return 0;
  }

  Result<int> learn(const match::MatchRules& rules, const cli::Globals& globals) const {
    const auto a = open_for_reading(first_, globals);
    if (!a) return std::unexpected(a.error());
    const auto b = open_for_reading(second_, globals);
    if (!b) return std::unexpected(b.error());
    const match::Lessons lessons = match::learn(recording_of(*a->reader), recording_of(*b->reader), rules);
    const std::string toml = match::to_toml(lessons);
    match::MatchRules taught = rules;
    if (auto sound = app::parse_match_file(toml, "learned", taught); !sound) return std::unexpected(sound.error());
    const match::Lessons proof = match::learn(recording_of(*a->reader), recording_of(*b->reader), taught);
    cli::print(json_ ? json(lessons, proof) : text(lessons, proof, toml));
    const bool whole = proof.equal == proof.paired && proof.only_first.empty() && proof.only_second.empty();
    return whole && a->status == 0 && b->status == 0 ? 0 : 1;
  }

  // A file that can be used as it is: everything for people is a comment.
  std::string text(const match::Lessons& lessons, const match::Lessons& proof, const std::string& toml) const {
    std::string out =
        fmt::format("# {} requests in both recordings, {} of them equal\n", lessons.paired, lessons.equal);
    out += toml;
    if (!toml.empty()) out += fmt::format("# with these rules {} of {} are equal\n", proof.equal, proof.paired);
    for (const std::string& pair : lessons.unlearned) out += "# no rule proposed: " + pair + "\n";
    if (!lessons.only_first.empty()) out += "# only in " + printable(first_) + ":" + numbers(lessons.only_first) + "\n";
    if (!lessons.only_second.empty())
      out += "# only in " + printable(second_) + ":" + numbers(lessons.only_second) + "\n";
    if (!toml.empty()) out += "# put what you agree with into cvr.toml, or use it as it is: cvr replay --match FILE\n";
    return out;
  }

  std::string json(const match::Lessons& lessons, const match::Lessons& proof) const {
    json::Writer w;
    w.begin_object().member("paired", lessons.paired).member("equal", lessons.equal);
    w.member("equal_with_rules", proof.equal).key("rules").begin_array();
    for (const match::Lesson& one : lessons.lessons) {
      w.begin_object().member("route", one.route).member("part", one.part).member("name", one.name);
      w.member("comparison", one.comparison).member("differed", one.differed).member("pairs", one.pairs);
      w.member("first", one.first).member("second", one.second).end_object();
    }
    w.end_array().key("unlearned").begin_array();
    for (const std::string& pair : lessons.unlearned) w.value(pair);
    w.end_array().key("only_first").begin_array();
    for (const std::uint64_t n : lessons.only_first) w.value(n);
    w.end_array().key("only_second").begin_array();
    for (const std::uint64_t n : lessons.only_second) w.value(n);
    w.end_array().end_object();
    return w.take() + "\n";
  }

  std::string action_, first_, second_, profile_;
  MatchFlags match_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_match() { return std::make_unique<Match>(); }

}  // namespace cvr::commands
