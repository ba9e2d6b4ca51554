#include "profiles/diagnosis_file.h"

#include "profiles/profile.h"
#include "profiles/profile_file.h"

namespace cvr::profiles {
namespace {

Result<Profile> profile_with(std::string_view diagnosis) {
  return parse_profile("name = \"v\"\n" + std::string(diagnosis), "v.toml");
}
std::string complaint(std::string_view diagnosis) {
  const auto profile = profile_with(diagnosis);
  return profile ? "" : profile.error().text;
}

// Every key there is.
constexpr const char* kWhole = R"([diagnosis]
bases = ["/v2"]
required_headers = ["X-Key"]
timestamp_header = "X-When"
clock_skew_seconds = 60
pair_headers = ["X-Key"]
act_as_header = "X-As"
steady_headers = ["X-Version"]
token_path = "/token"
type_claim = "kind"
tenant_claim = "org"
ids_have_prefixes = true
future_dates = ["day"]
at_least_one = ["count"]
not_empty_lists = ["items"]
no_empty_texts = ["filter"]
code_pointers = ["/error/code"]
title_pointers = ["/error/text"]
plan_words = ["plan"]
maintenance_words = ["down"]
answers_json = true
snapshot_weekday = "tuesday"
idle_days = 30
[diagnosis.codes]
company_access = ["A"]
permission = ["B"]
not_authorized = ["C"]
internal = ["D"]
client = ["E"]
[[diagnosis.environment]]
name = "test"
hosts = ["test.vendor.example"]
[[diagnosis.operation]]
call = "POST /orders/{id}"
required = ["/items/*/sku"]
known = ["items"]
ids = ["ord-"]
)";

TEST(DiagnosisFile, EveryKeyIsRead) {
  const auto profile = profile_with(kWhole);
  ASSERT_TRUE(profile) << profile.error().text;
  const Diagnosis& d = profile->diagnosis;
  const auto one = [](const char* text) { return std::vector<std::string>{text}; };
  EXPECT_EQ(d.bases, one("/v2"));
  EXPECT_EQ(d.required_headers, one("X-Key"));
  EXPECT_EQ(d.timestamp_header, "X-When");
  EXPECT_EQ(d.clock_skew_seconds, 60);
  EXPECT_EQ(d.pair_headers, one("X-Key"));
  EXPECT_EQ(d.act_as_header, "X-As");
  EXPECT_EQ(d.steady_headers, one("X-Version"));
  EXPECT_EQ(d.token_path, "/token");
  EXPECT_EQ(d.type_claim, "kind");
  EXPECT_EQ(d.tenant_claim, "org");
  EXPECT_TRUE(d.ids_have_prefixes);
  EXPECT_EQ(d.future_dates, one("day"));
  EXPECT_EQ(d.at_least_one, one("count"));
  EXPECT_EQ(d.not_empty_lists, one("items"));
  EXPECT_EQ(d.no_empty_texts, one("filter"));
  EXPECT_EQ(d.code_pointers, one("/error/code"));
  EXPECT_EQ(d.title_pointers, one("/error/text"));
  EXPECT_EQ(d.plan_words, one("plan"));
  EXPECT_EQ(d.maintenance_words, one("down"));
  EXPECT_TRUE(d.answers_json);
  EXPECT_EQ(d.snapshot_weekday, 1);
  EXPECT_EQ(d.idle_days, 30);
  EXPECT_EQ(d.company_access_codes, one("A"));
  EXPECT_EQ(d.permission_codes, one("B"));
  EXPECT_EQ(d.not_authorized_codes, one("C"));
  EXPECT_EQ(d.internal_codes, one("D"));
  EXPECT_EQ(d.client_codes, one("E"));
  ASSERT_EQ(d.environments.size(), 1u);
  EXPECT_EQ(d.environments[0].hosts, one("test.vendor.example"));
  ASSERT_EQ(d.operations.size(), 1u);
  EXPECT_EQ(d.operations[0].method + d.operations[0].path, "POST/orders/{id}");
  EXPECT_EQ(d.operations[0].required, one("/items/*/sku"));
  EXPECT_EQ(d.operations[0].known, one("items"));
  EXPECT_EQ(d.operations[0].ids, one("ord-"));
}

TEST(DiagnosisFile, MistakesNameTheLineAndWhatIsAllowed) {
  const std::pair<const char*, const char*> kCases[] = {
      {"diagnosis = 3\n", "v.toml:2: diagnosis: a table"},
      {"[diagnosis]\nbase = [\"/x\"]\n", "did you mean bases?"},
      {"[diagnosis]\nbases = \"/x\"\n", "v.toml:3: bases: a list"},
      {"[diagnosis]\nbases = [\"\"]\n", "v.toml:3: bases: a list"},
      {"[diagnosis]\ntoken_path = 1\n", "token_path: a text"},
      {"[diagnosis]\nclock_skew_seconds = -1\n", "a number from 0 to"},
      {"[diagnosis]\nidle_days = 99999\n", "a number from 0 to"},
      {"[diagnosis]\nanswers_json = 1\n", "true or false"},
      {"[diagnosis]\nsnapshot_weekday = \"funday\"\n", "\"monday\" to \"sunday\""},
      {"[diagnosis.codes]\nintern = [\"X\"]\n", "did you mean internal?"},
      {"[[diagnosis.environment]]\nname = \"x\"\n", "name and hosts"},
      {"[[diagnosis.operation]]\ncall = \"GET\"\n", "METHOD /path"},
      {"[[diagnosis.operation]]\ncall = \"GET /x\"\nrequired = [\"x\"]\n", "begins with '/'"},
      {"[[diagnosis.operation]]\ncall = \"GET /x\"\nrequire = [\"/x\"]\n", "did you mean required?"},
  };
  for (const auto& [text, wanted] : kCases) {
    EXPECT_NE(complaint(text).find(wanted), std::string::npos) << text << " -> " << complaint(text);
  }
}

}  // namespace
}  // namespace cvr::profiles
