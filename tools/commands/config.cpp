// cvr config: the effective configuration and where each value came from.
#include "app/config.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"

namespace cvr::commands {
namespace {

class ConfigCommand : public cli::Command {
 public:
  void declare(cli::Options& options) override { options.flag("--json", json_, "as JSON"); }
  Result<int> run(const cli::Globals&) override {
    auto config = app::load_config();
    if (!config) return std::unexpected(config.error());
    json::Writer w;
    w.begin_object();
    for (const app::Key& key : app::known_keys()) {
      const auto found = config->find(key.name);
      std::string value(key.standard);
      std::string source = "default";
      if (found != config->end()) {
        value.clear();
        for (const std::string& v : found->second.values) value += (value.empty() ? "" : ", ") + v;
        source = found->second.source;
      }
      w.key(key.name).begin_object().member("value", value).member("source", source).end_object();
      if (!json_) {
        std::string line(key.name);
        line.resize(std::max<std::size_t>(line.size(), 20), ' ');
        std::string shown = printable(value);
        shown.resize(std::max<std::size_t>(shown.size(), 36), ' ');
        cli::print(line + shown + "  " + printable(source) + "\n");
      }
    }
    w.end_object();
    if (json_) cli::print(w.text() + "\n");
    return 0;
  }

 private:
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_config() { return std::make_unique<ConfigCommand>(); }

}  // namespace cvr::commands
