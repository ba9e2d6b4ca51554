#include "app/env_script.h"

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>

#include "app/dotenv.h"
#include "support/golden.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

// Everything that some shell finds special.
const std::string kOdd = "a 'b' \"c\" $HOME `id` $(id) \\d\\ !e #f;g&h|i*?[j]{k}~ \xe2\x80\x98l\xe2\x80\x99 %PATH%";

ChildEnvironment some() {
  ChildEnvironment out;
  out.set = {{"https_proxy", "http://127.0.0.1:8877"}, {"CVR_HOSTS", "*.vendor.example,vendor.example"}, {"ODD", kOdd}};
  out.unset = {"ALL_PROXY", "SSL_CERT_DIR"};
  out.save = {"https_proxy", "ODD", "ALL_PROXY", "SSL_CERT_DIR"};
  out.restore = {"CURL_CA_BUNDLE"};
  out.notes = {"ALL_PROXY is unset for the child"};
  return out;
}

std::string output_of(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "r");
  EXPECT_NE(pipe, nullptr);
  std::string out;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
  EXPECT_EQ(::pclose(pipe), 0);
  return out;
}

TEST(EnvScript, EachShell) {
  for (const char* shell : {"sh", "fish", "powershell", "dotenv"}) {
    const auto script = env_script(some(), shell);
    ASSERT_TRUE(script);
    test::expect_golden("app/env_" + std::string(shell) + ".txt", *script);
  }
  EXPECT_EQ(env_script(some(), "bash"), env_script(some(), "sh"));
  EXPECT_EQ(env_script(some(), "zsh"), env_script(some(), "sh"));
}

TEST(EnvScript, UnknownShells) {
  for (const char* shell : {"", "SH", "csh", "sh "}) EXPECT_FALSE(env_script(some(), shell)) << shell;
}

TEST(EnvScript, Json) { test::expect_golden("app/env.json", env_json(some())); }

// A real shell evaluates it: nothing runs, nothing is lost.
TEST(EnvScript, ShTakesEveryValueAsItIs) {
  ChildEnvironment changes = some();
  changes.set.emplace_back("LINES_OF_TEXT", "one\ntwo\n\n'three'");
  const std::string script = *env_script(changes, "sh");
  const std::string shown = output_of("ALL_PROXY=x\nexport ALL_PROXY\n" + script +
                                      "printf '%s|%s|%s' \"$ODD\" \"$LINES_OF_TEXT\" \"${ALL_PROXY-unset}\"");
  EXPECT_EQ(shown, kOdd + "|one\ntwo\n\n'three'|unset");
}

// What a shell had comes back, whatever it was; a second script finds CVR's values and keeps the first ones.
TEST(EnvScript, ShKeepsWhatItHadAndGivesItBack) {
  ChildEnvironment changes;
  changes.set = {{"ODD", "ours"}, {"EMPTY", "ours"}, {"NEW", "ours"}};
  changes.save = {"ODD", "EMPTY", "NEW", "ALL_PROXY"};
  changes.unset = {"ALL_PROXY"};
  ChildEnvironment back;
  back.restore = {"ODD", "EMPTY", "ALL_PROXY"};
  back.unset = {"NEW"};
  const std::string odd = kOdd + "\nline\n\n";
  ChildEnvironment before;
  before.set = {{"ODD", odd}, {"EMPTY", ""}, {"ALL_PROXY", "socks5://a"}};
  for (const char* shell : {"sh", "bash", "zsh", "fish"}) {
    if (std::system(("command -v " + std::string(shell) + " >/dev/null").c_str()) != 0) continue;
    const bool fish = std::string_view(shell) == "fish";
    const std::string set_up = *env_script(changes, shell);
    std::string script = *env_script(before, shell);
    script += (fish ? "" : "set -eu\n") + set_up + set_up + "printf '%s|' $ODD\n" + *env_script(back, shell);
    script += R"(printf '%s|%s|%s|' "$ODD" "$EMPTY" "$ALL_PROXY"; env | grep -c '^NEW=' || true)";
    const test::TemporaryDirectory at;
    const std::string path = at.write("script", script);
    EXPECT_EQ(output_of(std::string(shell) + " " + path), "ours|" + odd + "||socks5://a|0\n") << shell;
  }
}

TEST(EnvScript, DotenvReadsBackAsItIs) {
  ChildEnvironment changes = some();
  changes.set.emplace_back("LINES_OF_TEXT", "one\ntwo\\n \"three\"");
  const auto read = parse_dotenv(*env_script(changes, "dotenv"), "x.env");
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(*read, changes.set);
}

TEST(EnvScript, NothingToSay) {
  EXPECT_EQ(env_script({}, "sh"), "");
  EXPECT_EQ(env_json({}), "{\"set\":{},\"unset\":[],\"save\":[],\"restore\":[],\"notes\":[]}\n");
}

}  // namespace
}  // namespace cvr::app
