#include "manual.h"

#include "app/config_keys.h"
#include "cvr/version.h"

namespace cvr::cli {
namespace {

// A line that begins with '.' or '\'' would be a request; a bare '-' would become a hyphen, which can not be copied.
std::string roff(std::string_view text) {
  std::string out;
  bool at_line_start = true;
  for (const char c : text) {
    if (at_line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    at_line_start = c == '\n';
  }
  return out;
}

std::string term(std::string_view name, std::string_view value, std::string_view meaning) {
  std::string names(name);
  if (const auto comma = names.find(",-"); comma != names.npos) names.insert(comma + 1, " ");
  std::string out = ".TP\n\\fB" + roff(names) + "\\fR";
  if (!value.empty()) out += " \\fI" + roff(value) + "\\fR";
  return out + "\n" + roff(meaning) + "\n";
}

// A command's declarations as terms.
class Terms : public Options {
 public:
  void flag(const std::string& names, bool&, const std::string& help) override { out_ += term(names, "", help); }
  void text(const std::string& names, std::string&, const std::string& help) override {
    out_ += term(names, "VALUE", help);
  }
  void list(const std::string& names, std::vector<std::string>&, const std::string& help) override {
    out_ += term(names, "VALUE", help);
  }
  void optional_list(const std::string& names, std::vector<std::string>&, const std::string& help) override {
    out_ += term(names, "[VALUE]", help);
  }
  void number(const std::string& names, std::int64_t&, const std::string& help) override {
    out_ += term(names, "N", help);
  }
  void argument(const std::string& name, std::string&, const std::string& help, bool) override {
    out_ += term(name, "", help);
  }
  void arguments(const std::string& name, std::vector<std::string>&, const std::string& help, bool) override {
    out_ += term(name, "", help);
  }
  const std::string& text() const { return out_; }

 private:
  std::string out_;
};

std::string commands(const std::vector<Entry>& table) {
  std::string out = ".SH COMMANDS\n";
  for (const Entry& entry : table) {
    out += ".SS cvr " + roff(entry.name) + "\n" + roff(entry.summary) + "\n";
    Terms terms;
    const auto command = entry.make();
    command->declare(terms);
    out += terms.text() + ".PP\nExample:\n.PP\n.nf\n  " + roff(entry.example) + "\n.fi\n";
  }
  return out;
}

std::string configuration() {
  std::string out =
      ".SH CONFIGURATION\n.I cvr.toml\nis looked for from the working directory upwards; variables win over it, "
      "options "
      "over both.\n";
  for (const app::Key& key : app::known_keys()) {
    const std::string standard = key.standard.empty() ? "" : " (default " + std::string(key.standard) + ")";
    out += term(std::string(key.name) + ", " + std::string(key.variable), "", std::string(key.meaning) + standard);
  }
  return out;
}

}  // namespace

std::string manual(const std::vector<Entry>& table) {
  std::string out = ".TH CVR 1 \"\" \"" + roff(kToolVersion) + "\" \"User Commands\"\n";
  out += ".SH NAME\ncvr \\- records, replays and explains HTTP traffic, with every secret removed\n";
  out += ".SH SYNOPSIS\n\\fBcvr\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR] [\\-\\- \\fICMD ARG\\fR...]\n";
  out += commands(table);
  out += ".SH EVERY COMMAND\n" + term("-v, -vv, -vvv", "", "more on standard error") +
         term("-q", "", "nothing on standard error but errors") + term("--log-json", "", "logs as JSON lines") +
         term("--help", "", "what a command takes, with an example");
  out += configuration();
  out += ".SH EXIT STATUS\n" + term("0", "", "done; the answer is yes") +
         term("1", "", "done; the answer is no: a miss, a leak, damage") +
         term("2", "", "wrong usage or configuration") + term("3", "", "the environment failed") +
         ".PP\nWith \\-\\- CMD the status of the command is returned.\n";
  out += ".SH FILES\n" + term("$CVR_HOME", "", "CA, pseudonym key, running proxies; ~/.local/share/cvr by default");
  return out;
}

}  // namespace cvr::cli
