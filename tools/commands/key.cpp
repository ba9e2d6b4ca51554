// cvr key: the pseudonym key of this installation.  It is never shown; its fingerprint is.
#include "app/home.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "os/entropy.h"

namespace cvr::commands {
namespace {

class Key : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("ACTION", action_, "show or rotate");
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals&) override {
    if (action_ != "show" && action_ != "rotate") {
      return fail(ErrorCode::kUsage, "cvr key " + action_ + " is unknown; show or rotate");
    }
    const auto home = app::open_home();
    if (!home) return std::unexpected(home.error());
    os::SystemEntropy entropy;
    const auto key = action_ == "show" ? app::load_or_make_key(*home, entropy) : app::rotate_key(*home, entropy);
    if (!key) return std::unexpected(key.error());
    const std::string path = app::key_path(*home);
    const std::string fingerprint = app::fingerprint_of(*key);
    if (json_) {
      json::Writer w;
      w.begin_object().member("file", path).member("fingerprint", fingerprint).end_object();
      cli::print(w.take() + "\n");
      return 0;
    }
    cli::print("key          " + path + "\nfingerprint  " + fingerprint + "\n");
    if (action_ == "rotate") {
      cli::print(
          "pseudonyms of new recordings differ from those of old ones; old cassettes replay as before,\n"
          "matched by kind where values differ; nothing of the old key is left\n");
    }
    return 0;
  }

 private:
  std::string action_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_key() { return std::make_unique<Key>(); }

}  // namespace cvr::commands
