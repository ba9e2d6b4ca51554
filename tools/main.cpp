// The cvr program: one line a command, in the order of --help.
#include "cli.h"
#include "commands/commands.h"

int main(int argc, char** argv) {
  using namespace cvr::commands;
  const std::vector<cvr::cli::Entry> table = {
      {"init", "a commented cvr.toml for this directory, and what to type next", kInitExample, make_init},
      {"record", "forward everything, record what is in scope", kRecordExample, make_record},
      {"replay", "answer from cassettes; no upstream socket is ever opened", kReplayExample, make_replay},
      {"run", "run a command under the proxy, by mode name", kRunExample, make_run},
      {"proxy", "long-lived; proxy user names are sessions with cassettes of their own", kProxyExample, make_proxy},
      {"ls", "a line an interaction", kLsExample, make_ls},
      {"show", "one interaction, readable", kShowExample, make_show},
      {"cat", "the whole cassette as stable text", kCatExample, make_cat},
      {"grep", "what stands where: URLs, headers, bodies, places of JSON", kGrepExample, make_grep},
      {"stats", "figures by route: answers, latency, sizes", kStatsExample, make_stats},
      {"diff", "two cassettes, paired by request", kDiffExample, make_diff},
      {"trim", "a cassette without some of its interactions", kTrimExample, make_trim},
      {"merge", "several cassettes as one; git's merge driver", kMergeExample, make_merge},
      {"edit", "one interaction in $EDITOR, redacted and checked on save", kEditExample, make_edit},
      {"migrate", "written anew in the newest format", kMigrateExample, make_migrate},
      {"library", "a directory of cassettes: list, find, verify, dedupe, prune", kLibraryExample, make_library},
      {"git-setup", "git diff and git merge for cassettes", kGitSetupExample, make_git_setup},
      {"verify", "structure, checksums, seal; --secrets scans for leaks", kVerifyExample, make_verify},
      {"repair", "cut a torn tail or a damaged end, and say what is lost", kRepairExample, make_repair},
      {"import", "from HAR, vcrpy, VCR, mitmproxy, WireMock, Hoverfly, nock, Betamax, Polly, JSON lines",
       kImportExample, make_import},
      {"export", "to HAR, curl, JSON lines, Markdown, .http, vcrpy, WireMock, Playwright", kExportExample, make_export},
      {"redact", "newer rules on an old cassette; the rules that hold; why a value is what it is", kRedactExample,
       make_redact},
      {"match", "the match rules that hold, and what two recordings of one run teach", kMatchExample, make_match},
      {"explain", "which recording would answer a request, and if none, why", kExplainExample, make_explain},
      {"probe", "authentication and permissions tried against the real service, recorded", kProbeExample, make_probe},
      {"watch", "the probe, politely repeated until access is back", kWatchExample, make_watch},
      {"diagnose", "whose fault is it: findings, a verdict, what to do first", kDiagnoseExample, make_diagnose},
      {"bundle", "evidence for support desk and partners: reports, record, signatures; bundle verify", kBundleExample,
       make_bundle},
      {"case", "the file of what no traffic can tell: write it, check it", kCaseExample, make_case},
      {"key", "show or rotate the pseudonym key", kKeyExample, make_key},
      {"ca", "show, export, rotate, install or uninstall the certificate authority", kCaExample, make_ca},
      {"env", "shell exports for a proxy that runs", kEnvExample, make_env},
      {"config", "the effective configuration and where each value came from", kConfigExample, make_config},
      {"doctor", "what keeps CVR from working here, each client tried, and what to type", kDoctorExample, make_doctor},
      {"sandbox", "the stand-in of the vendor's sandbox", kSandboxExample, make_sandbox},
      {"demo", "the whole story, offline", kDemoExample, make_demo},
      {"completions", "completions for bash, zsh or fish", kCompletionsExample, make_completions},
  };
  set_command_table(table);
  return cvr::cli::run(table, argc, argv);
}
