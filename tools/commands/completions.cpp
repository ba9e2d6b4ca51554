// cvr completions: generated from the same table and declarations as --help.
#include "commands/commands.h"

namespace cvr::commands {
namespace {

const std::vector<cli::Entry>* table_of_commands = nullptr;

// What an option or a first argument is one of.  test_settings checks that each word stands in the command's --help.
struct Choice {
  std::string_view of;  // "--mode", "export --format", or a command for one of its arguments
  std::string_view words;
  int place = 2;  // of that argument
  bool is_option() const { return of.find("--") != of.npos; }
};
constexpr Choice kChoices[] = {
    {"--latency", "none recorded"},
    {"--mode", "once new_episodes none all passthrough"},
    {"--on-end", "fail last loop"},
    {"--privacy", "credentials pii commercial"},
    {"--shell", "sh fish powershell dotenv"},
    {"--stale", "warn fail record"},
    {"--store", "system nss java"},
    {"--without", "node bun php java wget deno"},
    {"bundle", "verify"},
    {"ca", "show export rotate install uninstall"},
    {"case", "init check"},
    {"completions", "bash zsh fish"},
    {"export --format", "har curl jsonl md http vcrpy wiremock playwright"},
    {"import --format", "har vcrpy vcr mitmproxy wiremock hoverfly nock betamax polly jsonl"},
    {"key", "show rotate"},
    {"library", "list find verify dedupe prune", 3},
    {"match", "rules learn"},
    {"sandbox --scenario", "working after-reset expired-token wrong-oauth-method permission-lost rate-limited outage"}};

std::string_view choices_of(std::string_view of) {
  for (const Choice& choice : kChoices) {
    if (choice.of == of) return choice.words;
  }
  return {};
}

struct OptionName {
  std::string name;  // with its dashes
  bool takes_value = false;
};

// Collects the names of a command's options.
class Collector : public cli::Options {
 public:
  void flag(const std::string& names, bool&, const std::string&) override { add(names, false); }
  void text(const std::string& names, std::string&, const std::string&) override { add(names, true); }
  void list(const std::string& names, std::vector<std::string>&, const std::string&) override { add(names, true); }
  void optional_list(const std::string& names, std::vector<std::string>&, const std::string&) override {
    add(names, false);
  }
  void number(const std::string& names, std::int64_t&, const std::string&) override { add(names, true); }
  void argument(const std::string&, std::string&, const std::string&, bool) override {}
  void arguments(const std::string&, std::vector<std::string>&, const std::string&, bool) override {}
  std::vector<OptionName> options = {{"--help"}, {"-h"}, {"--verbose"}, {"-v"}, {"--quiet"}, {"-q"}, {"--log-json"}};

 private:
  void add(const std::string& names, bool takes_value) {
    for (std::size_t at = 0; at <= names.size();) {
      const std::size_t end = std::min(names.find(',', at), names.size());
      options.push_back({names.substr(at, end - at), takes_value});
      at = end + 1;
    }
  }
};

std::vector<OptionName> options_of(const cli::Entry& entry) {
  Collector collector;
  const auto command = entry.make();
  command->declare(collector);
  return collector.options;
}

std::string names() {
  std::string out;
  for (const cli::Entry& entry : command_table()) out += (out.empty() ? "" : " ") + std::string(entry.name);
  return out;
}

// Behind "--" stands a command of its own.  What is left empty is a file (-o default).  Names of files never go
// through compgen -W, which would evaluate them.
constexpr const char* kBashHead =
    "_cvr() {\n"
    "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words= at name\n"
    "  COMPREPLY=()\n"
    "  for ((at = 2; at < COMP_CWORD; at++)); do\n"
    "    [ \"${COMP_WORDS[at]}\" = -- ] || continue\n"
    "    if type _command_offset >/dev/null 2>&1; then _command_offset $((at + 1))\n"
    "    elif [ $((at + 1)) = \"$COMP_CWORD\" ]; then COMPREPLY=($(compgen -c -- \"$word\")); fi\n"
    "    return\n"
    "  done\n"
    "  if [ \"$word\" = = ]; then word=; elif [ \"$before\" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
    "  case \"${COMP_WORDS[1]} $before\" in\n"
    "    *' --session')\n"
    "      for name in cassettes/*.cvr; do\n"
    "        name=${name##*/}; name=${name%.cvr}\n"
    "        case $name in *[!a-z0-9._-]*|'') ;; \"$word\"*) COMPREPLY+=(\"$name\") ;; esac\n"
    "      done\n"
    "      return ;;\n";

std::string bash() {
  std::string out = kBashHead;
  for (const Choice& choice : kChoices) {
    if (!choice.is_option()) continue;
    const std::string pattern = (choice.of.starts_with("--") ? "*' " : "'") + std::string(choice.of) + "'";
    out += "    " + pattern + ") COMPREPLY=($(compgen -W \"" + std::string(choice.words) +
           "\" -- \"$word\")); return ;;\n";
  }
  out += "  esac\n  if [ \"$COMP_CWORD\" = 1 ]; then\n    words=\"" + names() + "\"\n  elif [[ $word == -* ]]; then\n";
  out += "    case ${COMP_WORDS[1]} in\n";
  for (const cli::Entry& entry : command_table()) {
    out += "      " + std::string(entry.name) + ") words=\"";
    for (const OptionName& option : options_of(entry)) out += (out.ends_with('"') ? "" : " ") + option.name;
    out += "\" ;;\n";
  }
  out += "    esac\n  else\n    case \"${COMP_WORDS[1]} $COMP_CWORD\" in\n";
  for (const Choice& choice : kChoices) {
    if (choice.is_option()) continue;
    out += "      '" + std::string(choice.of) + " " + std::to_string(choice.place) + "') words=\"" +
           std::string(choice.words) + "\" ;;\n";
  }
  out += "    esac\n  fi\n  [ -n \"$words\" ] && COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n";
  return out + "}\ncomplete -o default -o filenames -F _cvr cvr\n";
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

// -r: a value, files too; -x: one of the words alone.
std::string fish_option(const std::string& command, const OptionName& option) {
  const std::string seen = "'__fish_seen_subcommand_from " + command + "'";
  const bool is_long = option.name.starts_with("--");
  std::string out =
      "complete -c cvr -n " + seen + (is_long ? " -l " + option.name.substr(2) : " -s " + option.name.substr(1));
  if (option.name == "--session") {
    return out +
           " -x -a '(string replace -rf \"^cassettes/([a-z0-9][a-z0-9._-]*)\\.cvr\\$\" \"\\$1\" cassettes/*.cvr)'\n";
  }
  const std::string_view own = choices_of(command + " " + option.name);
  if (const std::string_view words = own.empty() ? choices_of(option.name) : own; !words.empty()) {
    return out + " -x -a " + fish_quoted(words) + "\n";
  }
  return out + (option.takes_value ? " -r\n" : "\n");
}

std::string fish() {
  std::string out;
  for (const cli::Entry& entry : command_table()) {
    const std::string name(entry.name);
    out += "complete -c cvr -n __fish_use_subcommand -f -a " + name + " -d " + fish_quoted(entry.summary) + "\n";
    for (const OptionName& option : options_of(entry)) out += fish_option(name, option);
    const std::string words(choices_of(name));
    if (words.empty()) continue;
    out += "complete -c cvr -n '__fish_seen_subcommand_from " + name + "; and not __fish_seen_subcommand_from " +
           words + "' -a " + fish_quoted(words) + "\n";
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
