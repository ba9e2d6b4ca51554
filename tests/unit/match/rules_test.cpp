#include "kit.h"

namespace cvr::match {
namespace {

TEST(Rules, AreTheProfilesInLowerCase) {
  profiles::Profile profile;
  profile.volatile_query = {"Nonce"};
  profile.volatile_json = {"requestId"};
  profile.volatile_form = {"Assertion"};
  profile.secret_headers = {{"X-Api-Token", Kind::kToken},
                            {"Cookie", Kind::kCookie},
                            {"Authorization", Kind::kToken},
                            {"Proxy-Authorization", Kind::kToken},
                            {"Set-Cookie", Kind::kCookie}};
  const MatchRules rules = rules_for(profile);
  EXPECT_EQ(rules.volatile_query, std::vector<std::string>{"nonce"});
  EXPECT_EQ(rules.volatile_json, std::vector<std::string>{"requestid"});
  EXPECT_EQ(rules.volatile_form, std::vector<std::string>{"assertion"});
  // Cookies come and go with the client; the proxy's credentials are not the upstream's.
  EXPECT_EQ(rules.credential_headers, (std::vector<std::string>{"authorization", "x-api-token"}));
}

TEST(Rules, HaveAFingerprintOfEverything) {
  profiles::Profile profile;
  const std::uint64_t base = rules_for(profile).fingerprint;
  EXPECT_NE(base, 0U);
  EXPECT_EQ(rules_for(profile).fingerprint, base);
  std::vector<std::uint64_t> seen{base};
  const auto add = [&seen](const profiles::Profile& p) {
    const std::uint64_t fingerprint = rules_for(p).fingerprint;
    EXPECT_EQ(std::count(seen.begin(), seen.end(), fingerprint), 0);
    seen.push_back(fingerprint);
  };
  profile.volatile_query = {"a"};
  add(profile);
  profile.volatile_json = {"a"};
  add(profile);
  profile.volatile_form = {"a", "b"};
  add(profile);
  profile.volatile_form = {"ab"};
  add(profile);
  profile.secret_headers = {{"X-A", Kind::kToken}};
  add(profile);
}

TEST(Rules, OfTheDefaultProfileIgnoreItsVolatileFields) {
  const MatchRules rules = rules_for(profiles::default_profile());
  const auto key = [&](std::string_view stamp, std::string_view trip) {
    return key_of(request("POST", "/api/trips",
                          {field("X-Avinode-SentTimestamp", stamp), field("Content-Type", "application/json")},
                          R"({"externalTripId":")" + std::string(trip) + R"(","paxCount":"4"})"),
                  rules);
  };
  EXPECT_EQ(key("2026-03-16T08:00:00Z", "TRIP-1"), key("2026-03-17T09:30:00Z", "TRIP-2"));
}

}  // namespace
}  // namespace cvr::match
