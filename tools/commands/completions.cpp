// cvr completions: generated from the same table and declarations as --help.
#include "commands/commands.h"

namespace cvr::commands {
namespace {

const std::vector<cli::Entry>* table_of_commands = nullptr;

// Collects a command's long option names.
class Collector : public cli::Options {
 public:
  void flag(const std::string& names, bool&, const std::string&) override { add(names); }
  void text(const std::string& names, std::string&, const std::string&) override { add(names); }
  void list(const std::string& names, std::vector<std::string>&, const std::string&) override { add(names); }
  void optional_list(const std::string& names, std::vector<std::string>&, const std::string&) override { add(names); }
  void number(const std::string& names, std::int64_t&, const std::string&) override { add(names); }
  void argument(const std::string&, std::string&, const std::string&, bool) override {}
  void arguments(const std::string&, std::vector<std::string>&, const std::string&, bool) override {}
  const std::string& words() const { return words_; }

 private:
  void add(const std::string& names) {
    for (std::size_t at = 0; at <= names.size();) {
      const std::size_t end = std::min(names.find(',', at), names.size());
      if (names.compare(at, 2, "--") == 0) words_ += " " + names.substr(at, end - at);
      at = end + 1;
    }
  }
  std::string words_ = "--help --verbose --quiet --log-json";
};

std::string options_of(const cli::Entry& entry) {
  Collector collector;
  const auto command = entry.make();
  command->declare(collector);
  return collector.words();
}

std::string names() {
  std::string out;
  for (const cli::Entry& entry : command_table()) out += (out.empty() ? "" : " ") + std::string(entry.name);
  return out;
}

std::string bash() {
  std::string out = "_cvr() {\n  local word=${COMP_WORDS[COMP_CWORD]} words\n  case ${COMP_WORDS[1]} in\n";
  for (const cli::Entry& entry : command_table())
    out += "    " + std::string(entry.name) + ") words=\"" + options_of(entry) + "\" ;;\n";
  out += "    *) words=\"" + names() + "\" ;;\n  esac\n  [ \"$COMP_CWORD\" = 1 ] && words=\"" + names() + "\"\n";
  out +=
      "  if [[ $word == -* || $COMP_CWORD = 1 ]]; then COMPREPLY=($(compgen -W \"$words\" -- \"$word\")); else "
      "COMPREPLY=($(compgen -f -- \"$word\")); fi\n";
  return out + "}\ncomplete -o filenames -F _cvr cvr\n";
}

// In single quotes fish knows \\ and \' (fishshell.com/docs, "Quotes").
std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string fish() {
  std::string out;
  for (const cli::Entry& entry : command_table()) {
    const std::string name(entry.name);
    out += "complete -c cvr -n __fish_use_subcommand -a " + name + " -d " + fish_quoted(entry.summary) + "\n";
    const std::string words = options_of(entry);
    for (std::size_t at = 0; at < words.size();) {
      const std::size_t end = std::min(words.find(' ', at), words.size());
      out += "complete -c cvr -n '__fish_seen_subcommand_from " + name + "' -l " + words.substr(at + 2, end - at - 2) +
             "\n";
      at = end + 1;
    }
  }
  return out;
}

class Completions : public cli::Command {
 public:
  void declare(cli::Options& options) override { options.argument("SHELL", shell_, "bash, zsh or fish"); }
  Result<int> run(const cli::Globals&) override {
    if (shell_ == "bash") {
      cli::print(bash());
    } else if (shell_ == "zsh") {
      cli::print("autoload -U +X bashcompinit && bashcompinit\n" + bash());
    } else if (shell_ == "fish") {
      cli::print(fish());
    } else {
      return fail(ErrorCode::kUsage, "completions for " + shell_ + " are not known; bash, zsh or fish");
    }
    return 0;
  }

 private:
  std::string shell_;
};

}  // namespace

void set_command_table(const std::vector<cli::Entry>& table) { table_of_commands = &table; }
const std::vector<cli::Entry>& command_table() { return *table_of_commands; }

std::unique_ptr<cli::Command> make_completions() { return std::make_unique<Completions>(); }

}  // namespace cvr::commands
