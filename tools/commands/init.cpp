// cvr init: a commented cvr.toml for the working directory, and the line of .gitattributes.
#include <algorithm>
#include <filesystem>
#include <system_error>

#include "app/git_setup.h"
#include "app/starter.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "os/file.h"
#include "os/private_file.h"
#include "os/process.h"

namespace cvr::commands {
namespace {

constexpr unsigned kShared = 0644;
constexpr std::uint64_t kMostBytes = 1u << 20;
constexpr std::size_t kMostDotenv = 20;

class Init : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.flag("--force", force_, "write cvr.toml anew where one is");
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals&) override {
    if (os::exists("cvr.toml") && !force_) {
      return fail(ErrorCode::kUsage,
                  "cvr.toml is there already; cvr config shows what it says, cvr init --force "
                  "writes it anew");
    }
    look_around();
    if (auto done = os::write_file_atomically("cvr.toml", app::starter_config(project_), kShared); !done) {
      return std::unexpected(done.error());
    }
    if (auto done = add_attributes(); !done) return std::unexpected(done.error());
    tell();
    return 0;
  }

 private:
  void look_around() {
    if (const auto text = os::read_file("package.json", kMostBytes)) app::read_package_json(*text, project_);
    const bool has_python = os::exists("pyproject.toml") || os::exists("pytest.ini") || os::exists("setup.cfg");
    if (project_.test_command.empty() && has_python) project_.test_runner = project_.test_command = "pytest";
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator it(".", error), end; !error && it != end; it.increment(error)) {
      const std::string name = it->path().filename().string();
      if (app::is_dotenv_name(name) && it->is_regular_file(error)) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    names.resize(std::min(names.size(), kMostDotenv));
    for (const std::string& name : names) {
      const auto text = os::read_file(name, kMostBytes);
      project_.dotenv.push_back(text ? app::credential_names(*text, name)
                                     : app::DotenvNames{name, {}, text.error().text});
    }
  }

  // At the top of the repository, or here where there is none yet.
  Result<void> add_attributes() {
    const auto top = os::capture({"git", "rev-parse", "--show-toplevel"}, os::current_environment());
    std::string path = ".gitattributes";
    in_git_ = top && top->status == 0 && !top->output.empty();
    if (in_git_) path = top->output.substr(0, top->output.find('\n')) + "/.gitattributes";
    std::string before;
    if (os::exists(path)) {
      auto text = os::read_file(path, kMostBytes);
      if (!text) return std::unexpected(text.error());
      before = std::move(*text);
    }
    attributes_added_ = !app::has_attributes(before);
    if (!attributes_added_) return {};
    return os::write_file_atomically(path, app::with_attributes(before), kShared);
  }

  void tell() const {
    std::size_t count = 0;
    json::Writer w;
    w.begin_object().member("config", "cvr.toml").member("test_runner", project_.test_runner);
    w.member("attributes_added", attributes_added_).key("secrets").begin_array();
    std::string out = "cvr.toml written; every line of it has a comment\n";
    if (!project_.test_runner.empty()) out += "test runner: " + project_.test_runner + "\n";
    for (const app::DotenvNames& dotenv : project_.dotenv) {
      w.begin_object().member("file", dotenv.file).member("problem", dotenv.problem).key("names").begin_array();
      for (const std::string& name : dotenv.names) w.value(name);
      w.end_array().end_object();
      count += dotenv.names.size();
      if (!dotenv.problem.empty()) {
        out += printable(dotenv.file) + " is left out: " + printable(dotenv.problem) + "\n";
      } else if (!dotenv.names.empty()) {
        out += printable(dotenv.file) + ": " + std::to_string(dotenv.names.size()) +
               " names look like credentials; all its values are secrets for CVR\n";
      }
    }
    if (count == 0) out += "no credentials seen in .env files; name yours by secrets = [\"FILE\"] in cvr.toml\n";
    if (attributes_added_)
      out += ".gitattributes: cassettes are binary for git, and have a diff and a merge of their own\n";
    const std::string next = app::next_command(project_);
    w.end_array().member("next", next).end_object();
    out += "next:  " + next + "\n";
    if (in_git_) out += "then:  cvr git-setup      (git diff shows cassettes as text)\n";
    cli::print(json_ ? w.take() + "\n" : out);
  }

  app::Project project_;
  bool force_ = false, json_ = false, in_git_ = false, attributes_added_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_init() { return std::make_unique<Init>(); }

}  // namespace cvr::commands
