// The commands that main.cpp's table names: a maker and an example each.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "cli.h"

namespace cvr::commands {

std::unique_ptr<cli::Command> make_record();
std::unique_ptr<cli::Command> make_replay();
std::unique_ptr<cli::Command> make_run();
std::unique_ptr<cli::Command> make_proxy();
std::unique_ptr<cli::Command> make_ls();
std::unique_ptr<cli::Command> make_show();
std::unique_ptr<cli::Command> make_cat();
std::unique_ptr<cli::Command> make_grep();
std::unique_ptr<cli::Command> make_stats();
std::unique_ptr<cli::Command> make_diff();
std::unique_ptr<cli::Command> make_trim();
std::unique_ptr<cli::Command> make_merge();
std::unique_ptr<cli::Command> make_edit();
std::unique_ptr<cli::Command> make_migrate();
std::unique_ptr<cli::Command> make_git_setup();
std::unique_ptr<cli::Command> make_library();
std::unique_ptr<cli::Command> make_verify();
std::unique_ptr<cli::Command> make_repair();
std::unique_ptr<cli::Command> make_import();
std::unique_ptr<cli::Command> make_export();
std::unique_ptr<cli::Command> make_redact();
std::unique_ptr<cli::Command> make_match();
std::unique_ptr<cli::Command> make_explain();
std::unique_ptr<cli::Command> make_probe();
std::unique_ptr<cli::Command> make_watch();
std::unique_ptr<cli::Command> make_diagnose();
std::unique_ptr<cli::Command> make_bundle();
std::unique_ptr<cli::Command> make_case();
std::unique_ptr<cli::Command> make_key();
std::unique_ptr<cli::Command> make_ca();
std::unique_ptr<cli::Command> make_env();
std::unique_ptr<cli::Command> make_config();
std::unique_ptr<cli::Command> make_doctor();
std::unique_ptr<cli::Command> make_init();
std::unique_ptr<cli::Command> make_sandbox();
std::unique_ptr<cli::Command> make_demo();
std::unique_ptr<cli::Command> make_completions();

inline constexpr std::string_view kRecordExample = "cvr record -c cassettes/trips.cvr -- npm run sync-trips";
inline constexpr std::string_view kReplayExample = "cvr replay -c cassettes/trips.cvr -- npm test";
inline constexpr std::string_view kRunExample = "cvr run --mode once -c cassettes/trips.cvr -- npm test";
inline constexpr std::string_view kProxyExample =
    "cvr proxy --dir cassettes\n  HTTPS_PROXY=http://trips@127.0.0.1:8877 npm test    (session and cassette \"trips\")";
inline constexpr std::string_view kLsExample = "cvr ls cassettes/trips.cvr";
inline constexpr std::string_view kShowExample = "cvr show cassettes/trips.cvr 3";
inline constexpr std::string_view kCatExample = "cvr cat cassettes/trips.cvr | less";
inline constexpr std::string_view kGrepExample =
    "cvr grep -i timeout cassettes/trips.cvr\n  cvr grep '' cassettes/trips.cvr --status 4xx --route 'POST /trips/**'\n"
    "  cvr grep KTEB cassettes/trips.cvr --json-pointer '/data/*/airport'";
inline constexpr std::string_view kStatsExample = "cvr stats cassettes/trips.cvr";
inline constexpr std::string_view kDiffExample = "cvr diff cassettes/before.cvr cassettes/after.cvr";
inline constexpr std::string_view kTrimExample = "cvr trim cassettes/trips.cvr --drop 3,7-9 -o cassettes/short.cvr";
inline constexpr std::string_view kMergeExample =
    "cvr merge cassettes/login.cvr cassettes/trips.cvr -o cassettes/all.cvr";
inline constexpr std::string_view kEditExample = "EDITOR=nano cvr edit cassettes/trips.cvr 3";
inline constexpr std::string_view kMigrateExample = "cvr migrate cassettes/old.cvr -o cassettes/new.cvr";
inline constexpr std::string_view kGitSetupExample =
    "cvr git-setup --print\n  cvr git-setup && git diff cassettes/trips.cvr";
inline constexpr std::string_view kLibraryExample =
    "cvr library cassettes\n  cvr library cassettes find 'POST /trips/**'\n  cvr library cassettes verify --secrets "
    ".env\n"
    "  cvr library cassettes prune --used used.json --apply";
inline constexpr std::string_view kVerifyExample = "cvr verify cassettes/trips.cvr --secrets .env";
inline constexpr std::string_view kRepairExample = "cvr repair cassettes/trips.cvr";
inline constexpr std::string_view kExportExample = "cvr export cassettes/trips.cvr --format har -o trips.har";
inline constexpr std::string_view kImportExample =
    "cvr import browser.har -o cassettes/browser.cvr\n  cvr import wiremock/ --origin https://api.example.com -o "
    "stubs.cvr\n"
    "  cvr import --list-formats";
inline constexpr std::string_view kRedactExample =
    "cvr redact old.cvr --rules rules.toml -o new.cvr\n  cvr redact --rules\n  cvr redact --explain old.cvr 3";
inline constexpr std::string_view kMatchExample =
    "cvr match learn monday.cvr tuesday.cvr > match.toml\n  cvr match rules --match match.toml";
inline constexpr std::string_view kExplainExample = "cvr explain cassettes/trips.cvr --request create-trip.http";
inline constexpr std::string_view kProbeExample =
    "cvr probe -c probe.cvr --env-file .env\n  cvr probe -c probe.cvr --plan plan.toml --json\n  cvr diagnose "
    "probe.cvr";
inline constexpr std::string_view kWatchExample =
    "cvr watch -c watch.cvr --env-file .env\n  cvr watch --every 15m -- notify-send 'access is back'";
inline constexpr std::string_view kDiagnoseExample =
    "cvr diagnose monday.cvr --before friday.cvr\n  cvr diagnose monday.cvr --before friday.cvr --case case.toml "
    "--json";
inline constexpr std::string_view kBundleExample =
    "cvr bundle monday.cvr --before friday.cvr --case case.toml -o evidence.zip\n  cvr bundle verify evidence.zip";
inline constexpr std::string_view kCaseExample = "cvr case init\n  cvr case check case.toml";
inline constexpr std::string_view kKeyExample = "cvr key show";
inline constexpr std::string_view kCaExample =
    "cvr ca show\n  cvr ca export ca.pem\n  cvr ca rotate --host api.example.com\n  cvr ca install --dry-run";
inline constexpr std::string_view kEnvExample =
    "eval \"$(cvr env)\"\n  eval \"$(cvr env --session trips)\"\n  cvr env --fish | source\n  chromium $(cvr env "
    "--browser) https://sandbox.example.com/";
inline constexpr std::string_view kConfigExample = "cvr config --json";
inline constexpr std::string_view kInitExample = "cvr init";
inline constexpr std::string_view kDoctorExample = "cvr doctor\n  cvr doctor --no-clients --json";
inline constexpr std::string_view kSandboxExample =
    "cvr sandbox --scenario working --port-file port --ca-out sandbox-ca.pem --env-out sandbox.env";
inline constexpr std::string_view kDemoExample = "cvr demo";
inline constexpr std::string_view kCompletionsExample =
    "cvr completions bash > ~/.local/share/bash-completion/completions/cvr";

// The table of main.cpp, for commands that describe the others (completions).
void set_command_table(const std::vector<cli::Entry>& table);
const std::vector<cli::Entry>& command_table();

}  // namespace cvr::commands
