// cvr case: the file of what no traffic can tell.  `init` writes one to fill in, `check` names what is missing.
#include <fmt/format.h>

#include <filesystem>

#include "base/escape.h"
#include "base/json_writer.h"
#include "bundle/case_words.h"
#include "commands/commands.h"
#include "diagnose/case_file.h"
#include "os/file.h"

namespace cvr::commands {
namespace {

constexpr std::uint64_t kLargest = 2u << 20;

class CaseCommand : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("ACTION", action_, "init writes a case.toml to fill in; check names what is missing in one");
    options.argument("FILE", file_, "default: case.toml", false);
    options.flag("--force", force_, "init: write over a file that is there");
    options.flag("--json", json_, "as JSON");
  }

  Result<int> run(const cli::Globals&) override {
    if (file_.empty()) file_ = "case.toml";
    if (action_ == "check") return check(false);
    if (action_ != "init") {
      return fail(ErrorCode::kUsage, "cvr case " + printable(shortened(action_, 40)) + " is unknown; init or check");
    }
    std::error_code ignored;
    if (!force_ && std::filesystem::exists(std::filesystem::symlink_status(file_, ignored))) {
      return fail(ErrorCode::kUsage, printable(file_) +
                                         " is there already; cvr case check names what is missing in it, "
                                         "--force writes over it");
    }
    if (auto done = os::write_file_atomically(file_, diagnose::case_template(), 0644); !done) {
      return std::unexpected(done.error());
    }
    return check(true);
  }

 private:
  // Missing keys are the answer "no" of check, and what init was asked for.
  Result<int> check(bool written) const {
    const auto text = os::read_file(file_, kLargest);
    if (!text) return std::unexpected(text.error());
    const auto read = diagnose::read_case(*text, file_);
    if (!read) return std::unexpected(read.error());
    const auto words = bundle::technical_words(read->value);
    cli::print(json_ ? json(read->missing, words) : lines(read->missing, words, written));
    return written || (read->missing.empty() && words.empty()) ? 0 : 2;
  }

  std::string lines(const std::vector<std::string>& missing, const std::vector<std::string>& words,
                    bool written) const {
    std::string out = written ? fmt::format("{} is written.\n", printable(file_)) : std::string();
    if (!words.empty())
      out += fmt::format("{}: technical words for partners, say it in plain ones:\n", printable(file_));
    for (const std::string& one : words) out += "  " + one + "\n";
    if (missing.empty() && !words.empty()) return out;
    if (missing.empty()) return out + fmt::format("{}: nothing is missing\n", printable(file_));
    out += written ? "To be filled in:\n" : fmt::format("{}: missing:\n", printable(file_));
    for (const std::string& name : missing) out += "  " + name + "\n";
    return out;
  }

  std::string json(const std::vector<std::string>& missing, const std::vector<std::string>& words) const {
    json::Writer w;
    w.begin_object().member("file", file_).key("missing").begin_array();
    for (const std::string& name : missing) w.value(name);
    w.end_array().key("technical_words").begin_array();
    for (const std::string& one : words) w.value(one);
    w.end_array().end_object();
    return w.take() + "\n";
  }

  std::string action_, file_;
  bool force_ = false, json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_case() { return std::make_unique<CaseCommand>(); }

}  // namespace cvr::commands
