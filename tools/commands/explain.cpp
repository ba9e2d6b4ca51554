// cvr explain: which recording would answer a request, and if none, why; offline.
#include "app/build.h"
#include "app/config.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/match_flags.h"
#include "commands/reading.h"
#include "commands/redaction_flags.h"
#include "commands/request_file.h"
#include "engine/masked.h"
#include "engine/player.h"
#include "os/file.h"

namespace cvr::commands {
namespace {

constexpr std::uint64_t kMostBytes = 64u << 20;

class Explain : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette");
    options.text("--request", request_, "the request as a text file: METHOD URL, headers, an empty line, the body");
    redaction_.declare(options, RedactionFlags::With::kPrivacy,
                       "dotenv file whose values are secrets wherever they appear, repeatable");
    match_.declare(options);
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals& globals) override {
    if (request_.empty()) return fail(ErrorCode::kUsage, "--request FILE is needed: the request to explain");
    const auto text = os::read_file(request_, kMostBytes);
    if (!text) return std::unexpected(text.error());
    const auto request = parse_request_file(*text, request_);
    if (!request) return std::unexpected(request.error());
    const auto config = app::load_config();
    if (!config) return std::unexpected(config.error());
    const auto redaction = redaction_.load(*config);
    if (!redaction) return std::unexpected(redaction.error());
    const auto rules = match_.load(*redaction->profile, *config);
    if (!rules) return std::unexpected(rules.error());
    const auto home = app::open_home();
    if (!home) return std::unexpected(home.error());
    const auto redactor = app::build_redactor(*home, *redaction, kReadingBodyLimit);
    if (!redactor) return std::unexpected(redactor.error());
    auto opened = open_for_reading(file_, globals);
    if (!opened) return std::unexpected(opened.error());
    std::vector<std::unique_ptr<cassette::Reader>> readers;
    readers.push_back(std::move(opened->reader));
    engine::Player player(std::move(readers), *rules, engine::OnEnd::kFail);
    const int status = tell(player, (*redactor)->redact_request(*request), **redactor);
    return std::max(status, opened->status);
  }

 private:
  int tell(engine::Player& player, const RedactedRequest& request, const Redactor& redactor) const {
    auto answer = player.answer(request, nullptr);
    if (auto* hit = std::get_if<engine::Hit>(&answer)) {
      if (hit->loosened) hit->loosened = engine::masked(*hit->loosened, player, redactor);
      cli::print(json_ ? hit_json(*hit) : hit_text(*hit));
      return 0;
    }
    const match::MissReport report =
        engine::masked(player.explain(request, std::get<engine::NoAnswer>(answer).reason), player, redactor);
    cli::print(json_ ? match::to_json(report) + "\n" : match::to_text(report));
    return 1;
  }

  static std::string hit_text(const engine::Hit& hit) {
    std::string out = "answered by #" + std::to_string(hit.playback->n) + "\n";
    if (hit.loosened) {
      const match::Difference& d = hit.loosened->difference;
      out += "only by a rule of [match]: " + d.rule + ": asked " + d.asked + ", recorded " + d.recorded + "\n";
    }
    return out;
  }

  static std::string hit_json(const engine::Hit& hit) {
    json::Writer w;
    w.begin_object().member("answered_by", hit.playback->n);
    if (hit.loosened) {
      const match::Difference& d = hit.loosened->difference;
      w.key("loosened").begin_object().member("rule", d.rule).member("asked", d.asked);
      w.member("recorded", d.recorded).end_object();
    }
    w.end_object();
    return w.take() + "\n";
  }

  std::string file_, request_;
  RedactionFlags redaction_;
  MatchFlags match_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_explain() { return std::make_unique<Explain>(); }

}  // namespace cvr::commands
