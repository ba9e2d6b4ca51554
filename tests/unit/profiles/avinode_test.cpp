#include <algorithm>

#include "profiles/profile.h"

namespace cvr::profiles {
namespace {

bool has(const std::vector<SensitiveName>& names, std::string_view name) {
  return std::ranges::any_of(names, [&](const auto& n) { return n.name == name; });
}
bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

TEST(Avinode, KnowsItsSecretsAndWhatChanges) {
  const Profile& p = avinode();
  EXPECT_EQ(p.name, "avinode");
  EXPECT_TRUE(has(p.hosts, "*.avinode.com"));
  EXPECT_EQ(p.rebuild, (Rebuild{0, 360, 480, {"sandbox.avinode.com"}}));  // FACTS section 9
  EXPECT_TRUE(has(p.secret_headers, "X-Avinode-ApiToken"));
  EXPECT_TRUE(has(p.secret_form, "client_assertion"));
  EXPECT_TRUE(has(p.secret_json, "clientSecret") || has(p.secret_json, "client_secret"));
  EXPECT_TRUE(has(p.kept_headers, "X-Avinode-SentTimestamp"));
  EXPECT_TRUE(has(p.volatile_headers, "X-Avinode-SentTimestamp"));
  EXPECT_TRUE(has(p.volatile_json, "externalTripId"));
  EXPECT_TRUE(has(p.token_prefixes, "avinode_"));
}

TEST(Avinode, KnowsWhatDiagnosisReads) {
  const Diagnosis& d = avinode().diagnosis;
  EXPECT_EQ(d.timestamp_header, "X-Avinode-SentTimestamp");
  EXPECT_EQ(d.clock_skew_seconds, 300);
  EXPECT_EQ(d.environments.size(), 2u);
  EXPECT_EQ(d.operations.size(), 36u);
  EXPECT_TRUE(has(d.internal_codes, "ERR_INTERNAL_CRITICAL"));
  EXPECT_FALSE(has(d.permission_codes, "NOT_AUTHORIZED"));  // refused for whatever reason
  EXPECT_EQ(d.snapshot_weekday, 3);
}

TEST(Avinode, NothingIsBothKeptAndSecret) {
  for (const auto& name : avinode().secret_headers) EXPECT_FALSE(has(avinode().kept_headers, name.name)) << name.name;
}

}  // namespace
}  // namespace cvr::profiles
