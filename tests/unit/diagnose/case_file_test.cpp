#include "diagnose/case_file.h"

#include "diagnose/times.h"

namespace cvr::diagnose {
namespace {

const std::string kWhole = R"(schema = "cvr.case/1"
[case]
id = "AVI-2026-12"
title = "Sandbox access"
vendor = "Avinode"
product = "our service"
environment = "sandbox"
from = "AcmeJet"
to = ["Support"]
date = 2026-03-17
[impact]
since = 2026-03-16T08:00:00Z
lines = ["Test bookings can not be made."]
[[tried]]
what = "We made new access codes."
result = "No change."
[[step]]
what = "Check the rights"
owner = "Support"
timeline = "Wednesday"
status = "waiting"
[contact]
name = "The team"
role = "Lead"
reach = "team@acmejet.example"
[account]
connection = "buyer"
oauth_method = "client_secret_post"
oauth_secret_expires = 2026-09-30T00:00:00+02:00
support_access_granted = true
[[account.permission]]
name = "Company APIs"
before = "full"
now = "view only"
seen_by = "lead"
seen_at = 2026-03-17T09:00:00Z
changed_at = 2026-03-13T12:00:00Z
[[account.visible_in_ui]]
id = "atrip-1"
seen_by = "lead"
seen_at = 2026-03-17T10:12:00Z
[[attachment]]
file = "permissions.png"
caption = "The rights page"
)";

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  return text.replace(text.find(what), what.size(), by);
}
std::string complaint(const std::string& text) {
  const auto parsed = parse_case(text, "case.toml");
  if (parsed) return "";
  EXPECT_EQ(parsed.error().code, ErrorCode::kUsage);
  return parsed.error().text;
}

TEST(CaseFile, EverythingIsRead) {
  const auto parsed = parse_case(kWhole, "case.toml");
  ASSERT_TRUE(parsed) << parsed.error().text;
  EXPECT_EQ(parsed->id, "AVI-2026-12");
  EXPECT_EQ(parsed->date, "2026-03-17");
  EXPECT_EQ(parsed->steps.at(0).status, "waiting");
  EXPECT_EQ(parsed->contact.reach, "team@acmejet.example");
  EXPECT_EQ(parsed->tried.at(0).result, "No change.");
  EXPECT_EQ(parsed->attachments.at(0).file, "permissions.png");
  ASSERT_TRUE(parsed->has_account);
  const Account& a = parsed->account;
  EXPECT_EQ(a.oauth_secret_expires_us, parse_timestamp("2026-09-29T22:00:00Z"));
  EXPECT_EQ(a.permissions.at(0).changed_at_us, parse_timestamp("2026-03-13T12:00:00Z"));
  EXPECT_EQ(a.visible_in_ui.at(0).id, "atrip-1");
  EXPECT_EQ(a.support_access_granted, true);
}

TEST(CaseFile, MissingKeysAreNamedWithDots) {
  for (const char* line :
       {"title = \"Sandbox access\"\n", "reach = \"team@acmejet.example\"\n", "since = 2026-03-16T08:00:00Z\n",
        "owner = \"Support\"\n", "schema = \"cvr.case/1\"\n", "to = [\"Support\"]\n", "date = 2026-03-17\n"}) {
    const std::string key = std::string(line).substr(0, std::string_view(line).find(' '));
    EXPECT_NE(complaint(replaced(kWhole, line, "")).find(key), std::string::npos) << line;
  }
  EXPECT_EQ(complaint(replaced(kWhole, "title = \"Sandbox access\"", "title = \"\"")),
            "case.toml: missing: case.title");
  EXPECT_NE(complaint("").find("missing: schema, case.id, case.title"), std::string::npos);
}

TEST(CaseFile, MistakesNameTheLine) {
  const std::pair<std::pair<const char*, const char*>, const char*> kCases[] = {
      {{"title =", "titel ="}, "case.toml:4: unknown key titel (did you mean title?)"},
      {{"[account]", "[acount]"}, "unknown key acount (did you mean account?)"},
      {{"\"cvr.case/1\"", "\"cvr.case/2\""}, "case.toml:1: one of these is needed: cvr.case/1"},
      {{"\"sandbox\"", "\"test\""}, "sandbox, production"},
      {{"\"waiting\"", "\"later\""}, "open, in progress, waiting, done"},
      {{"\"AVI-2026-12\"", "\"AVI 2026\""}, "case.id: at most 40"},
      {{"date = 2026-03-17", "date = \"soon\""}, "a date is needed"},
      {{"seen_at = 2026-03-17T09:00:00Z", "seen_at = 7"}, "a date is needed"},
      {{"lines = [\"Test bookings can not be made.\"]", "lines = 1"}, "a list of texts"},
      {{"support_access_granted = true", "support_access_granted = \"yes\""}, "true or false"},
      {{"oauth_method = \"client_secret_post\"", "oauth_method = \"post\""}, "client_secret_basic"},
      {{"[[tried]]", "[tried]"}, "[[...]] tables"},
  };
  for (const auto& [change, wanted] : kCases) {
    const std::string text = complaint(replaced(kWhole, change.first, change.second));
    EXPECT_NE(text.find(wanted), std::string::npos) << change.second << " -> " << text;
  }
}

TEST(CaseFile, WhiteSpaceFillsInNothing) {
  std::string text = kWhole;
  const std::string owner = "owner = \"Support\"";
  text.replace(text.find(owner), owner.size(), "owner = \" \"");
  const auto read = read_case(text, "case.toml");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->missing, std::vector<std::string>{"step.owner"});
}

}  // namespace
}  // namespace cvr::diagnose
