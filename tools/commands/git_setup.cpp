// cvr git-setup: tells the git repository around the working directory how cassettes read and merge.
#include <filesystem>

#include "app/git_setup.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "exporters/shell.h"
#include "os/file.h"
#include "os/private_file.h"
#include "os/process.h"

namespace cvr::commands {
namespace {

constexpr unsigned kShared = 0644;  // .gitattributes is everybody's

// What git says, without the line's end.
Result<os::Captured> git(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "git");
  auto said = os::capture(arguments, os::current_environment());
  if (said && said->output.ends_with('\n')) said->output.pop_back();
  return said;
}

// The bare word when PATH leads here, else this very file.
std::string program() {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto found = os::capture({"sh", "-c", "command -v cvr"}, os::current_environment());
  if (error) return "cvr";
  if (found && found->status == 0) {
    const std::string path = found->output.substr(0, found->output.find('\n'));
    if (std::filesystem::equivalent(path, self, error)) return "cvr";
  }
  const std::string text = self.string();
  const bool plain =
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-") == text.npos;
  return plain ? text : exporters::shell_quoted(text);
}

struct Step {
  std::string place, what;  // ".git/config", "diff.cvr.textconv = cvr cat --textconv"
  bool changes = false;
};

class GitSetup : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.flag("--print", print_, "say what would be done, and do nothing");
    options.flag("--remove", remove_, "take it away again");
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals&) override {
    const auto top = git({"rev-parse", "--show-toplevel"});
    if (!top) return std::unexpected(top.error());
    if (top->status != 0 || top->output.empty()) {
      return fail(ErrorCode::kUsage, "there is no git repository with files here; cd into one, or: git init");
    }
    if (auto done = config(); !done) return std::unexpected(done.error());
    if (auto done = attributes(top->output + "/.gitattributes"); !done) return std::unexpected(done.error());
    tell();
    return 0;
  }

 private:
  Result<void> config() {
    for (const app::GitSetting& setting : app::git_settings(program())) {
      const auto now = git({"config", "--local", "--get", setting.key});
      if (!now) return std::unexpected(now.error());
      const bool is_there = now->status == 0;
      const bool changes = remove_ ? is_there : !is_there || now->output != setting.value;
      steps_.push_back({".git/config", setting.key + " = " + (remove_ ? now->output : setting.value), changes});
      if (print_ || !changes) continue;
      const auto done = remove_ ? git({"config", "--local", "--unset-all", setting.key})
                                : git({"config", "--local", "--replace-all", setting.key, setting.value});
      if (!done) return std::unexpected(done.error());
      if (done->status != 0) {
        return fail(ErrorCode::kEnvironment, "git config can not write " + setting.key + " (status " +
                                                 std::to_string(done->status) + "); see: git config --local --list");
      }
    }
    return {};
  }

  Result<void> attributes(const std::string& path) {
    std::string before;
    const bool is_there = os::exists(path);
    if (is_there) {
      auto text = os::read_file(path);
      if (!text) return std::unexpected(text.error());
      before = std::move(*text);
    }
    const std::string after = remove_ ? app::without_attributes(before) : app::with_attributes(before);
    steps_.push_back({".gitattributes", std::string(app::kGitAttributes), after != before});
    if (print_ || after == before) return {};
    if (after.empty()) return os::remove_file(path);
    return os::write_file_atomically(path, after, kShared);
  }

  void tell() const {
    json::Writer w;
    w.begin_object().key("steps").begin_array();
    std::string out;
    for (const Step& step : steps_) {
      const char* word = !step.changes ? (remove_ ? "not there" : "there already")
                         : remove_     ? (print_ ? "would go" : "removed")
                                       : (print_ ? "would be set" : "set");
      w.begin_object().member("place", step.place).member("what", step.what).member("done", word).end_object();
      out += step.place + ": " + printable(step.what) + "  (" + word + ")\n";
    }
    w.end_array().end_object();
    if (!remove_ && !print_) {
      out +=
          "git diff, git log -p and git show read cassettes as text now; commit .gitattributes, and let everybody\n"
          "who clones run cvr git-setup once.\n";
    }
    cli::print(json_ ? w.take() + "\n" : out);
  }

  std::vector<Step> steps_;
  bool print_ = false, remove_ = false, json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_git_setup() { return std::make_unique<GitSetup>(); }

}  // namespace cvr::commands
