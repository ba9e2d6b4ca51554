#include "diagnose/rules.h"

#include <set>

#include "kit.h"
#include "profiles/profile_file.h"

namespace cvr::diagnose::test {
namespace {

TEST(Rules, TheTableIsThatOfEvidence) {
  const std::pair<char, int> kGroups[] = {{'C', 13}, {'G', 9}, {'X', 6}, {'A', 7}, {'V', 5},
                                          {'R', 5},  {'N', 6}, {'L', 2}, {'M', 7}};
  std::vector<std::string> wanted, ids;
  for (const auto& [letter, count] : kGroups) {
    for (int i = 1; i <= count; ++i) wanted.push_back(std::string(1, letter) + (i < 10 ? "0" : "") + std::to_string(i));
  }
  for (const Rule& rule : rules()) {
    ids.emplace_back(rule.id);
    EXPECT_FALSE(rule.title.empty());
    EXPECT_FALSE(rule.reference.empty());
    const bool client = rule.side == Side::kClientCode || rule.side == Side::kClientConfig;
    EXPECT_EQ(client, is_client_rule(rule.id)) << rule.id;
  }
  EXPECT_EQ(ids, wanted);
}

// What a hit may look like (EVIDENCE "Details"), whatever the recording.
void check(const Told& told) {
  ASSERT_EQ(told.diagnosis.findings.size(), rules().size());
  for (const Finding& f : told.diagnosis.findings) {
    const bool good_news = f.rule == "M01" || f.rule == "M03" || f.rule == "M04" || f.rule == "M05";
    const bool open = f.outcome == Outcome::kUnknown || f.outcome == Outcome::kNotApplicable;
    EXPECT_EQ(f.hit.has_value(), !open) << f.rule;
    const bool hit_of_a_side = f.is_hit() && f.side != Side::kMeta;
    EXPECT_TRUE(!f.is_hit() || (f.outcome == Outcome::kPass) == good_news) << f.rule;
    EXPECT_TRUE(f.outcome != Outcome::kFail || f.is_hit()) << f.rule;
    EXPECT_TRUE(!hit_of_a_side || (!f.next_step.empty() && !f.calls.empty())) << f.rule;
    EXPECT_FALSE(f.message.empty()) << f.rule;
    EXPECT_EQ(f.message.find('\n'), std::string::npos) << f.rule;
  }
}

TEST(Rules, EveryFindingKeepsToTheForm) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  check(tell(on_monday({})));
  check(tell(lost_permissions(pair), &before));
  check(tell(on_monday({post("/trips", pair, kLegacyTrip).error(500, "ERR_INTERNAL_CRITICAL"),
                        get("/x", kNobody).answer(200, "<p>", "text/html"),
                        get("/rfqs/1", pair).error(404, "NOT_FOUND"), get("/rfqs", kNobody).fails(FailureKind::kDns),
                        get("/trips", pair).error(429, "X"), token_call("c", "short", "")}),
             &before));
}

// The engine is nobody's: another vendor, in twenty lines.
TEST(Rules, ASecondVendorNeedsAProfileAndNothingElse) {
  const auto shop = profiles::parse_profile(R"(name = "shop"
hosts = ["api.shop.example"]
id_prefixes = ["order-"]
rebuild = { weekday = "sunday", from = "01:00", to = "02:00", hosts = ["api.shop.example"] }
[headers]
X-Shop-Key = "token"
X-Shop-Time = "keep"
[diagnosis]
bases = ["/v3"]
required_headers = ["X-Shop-Key"]
timestamp_header = "X-Shop-Time"
clock_skew_seconds = 30
code_pointers = ["/problem/id"]
ids_have_prefixes = true
not_empty_lists = ["lines"]
[diagnosis.codes]
company_access = ["WRONG_SHOP"]
[[diagnosis.operation]]
call = "POST /orders"
required = ["/lines"]
[[diagnosis.operation]]
call = "GET /orders/{id}"
)",
                                            "shop.toml");
  ASSERT_TRUE(shop) << shop.error().text;
  const std::string key = secret_like();
  const auto call = [&](const char* method, const char* path, const char* body) {
    Try out;
    out.raw.request.method = method;
    out.raw.request.origin.host = "api.shop.example";
    out.raw.request.path = path;
    out.header("X-Shop-Key", key).header("X-Shop-Time", "2026-03-16T09:00:00Z");
    if (*body != '\0') out.body("application/json", body);
    return out.answer(403, R"({"problem":{"id":"WRONG_SHOP"}})");
  };
  Tape tape(kMonday);
  tape.profile = &*shop;
  tape.add(call("POST", "/v3/orders", R"({"lines":[]})"));
  tape.add(call("GET", "/v3/orders/77", "").answer(404, "{}"));
  tape.add(call("GET", "/v3/orders/order-77", "").header("X-Shop-Time", "2026-03-16T08:59:00Z"));
  tape.add(call("GET", "/v3/basket", "").without("X-Shop-Key").answer(404, "{}"));
  const Told told = tell(tape, nullptr, nullptr, *shop);
  EXPECT_EQ(told.cited("C06"), std::vector<std::uint64_t>{1});
  EXPECT_EQ(told.cited("C13"), std::vector<std::uint64_t>{2});
  EXPECT_EQ(told.cited("C04"), std::vector<std::uint64_t>{3});
  EXPECT_EQ(told.cited("C01"), std::vector<std::uint64_t>{4});
  EXPECT_EQ(told.cited("C07"), std::vector<std::uint64_t>{4});
  EXPECT_EQ(told.cited("A02"), (std::vector<std::uint64_t>{1, 3}));
  EXPECT_MEANINGLESS(told, "G07");
  EXPECT_MEANINGLESS(told, "X05");
  check(told);
}

}  // namespace
}  // namespace cvr::diagnose::test
