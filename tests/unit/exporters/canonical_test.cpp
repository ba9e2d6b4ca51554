#include "exporters/canonical.h"

#include <algorithm>

#include "kit.h"
#include "support/golden.h"

namespace cvr::exporters {
namespace {

std::string printed(const std::vector<RedactedParts>& all, bool recorded_order = false) {
  Canonical canonical({[](std::string_view name) { return http::equals_ignoring_case(name, "date"); }, recorded_order});
  std::uint64_t n = 0;
  for (const RedactedParts& parts : all) canonical.look(++n, parts);
  std::string out;
  for (const std::uint64_t i : canonical.order()) out += canonical.print(all[i - 1]);
  return out;
}

std::vector<RedactedParts> sample_parts() {
  std::vector<RedactedParts> out;
  for (const RedactedInteraction& one : samples()) out.push_back(*one);
  return out;
}

TEST(Canonical, IsReadable) { test::expect_golden("exporters/cat.txt", printed(sample_parts())); }

TEST(Canonical, TimesAndOrderOfTheFileDoNotShow) {
  std::vector<RedactedParts> all = sample_parts();
  std::uint64_t key = 0;
  for (RedactedParts& parts : all) parts.key.bucket_lo = ++key;
  const std::string text = printed(all);
  std::ranges::reverse(all);
  for (RedactedParts& parts : all) {
    parts.timing = {1, 2, 3, 4};
    parts.arrival = Arrival::kReverse;
    if (parts.response) parts.response->fields[1] = field("date", "another day");
    if (parts.response) std::ranges::reverse(parts.request.fields);
  }
  std::string again = printed(all);
  EXPECT_EQ(http::to_lower(again), http::to_lower(text));
}

TEST(Canonical, OtherCredentialsMakeNoDifference) {
  RedactedParts a = sample();
  RedactedParts b = sample();
  b.request.fields[2] = field("Authorization", "Bearer <<jwt:quite-another-one>>");
  EXPECT_EQ(printed({a}), printed({b}));
  EXPECT_NE(printed({a}).find("Authorization: Bearer <jwt>"), std::string::npos);
  // Who is who still shows.
  EXPECT_NE(printed({a, a}), printed({a, b}));
  EXPECT_NE(printed({a, a}).find("Bearer <jwt#1>"), std::string::npos);
}

TEST(Canonical, OtherPseudonymsStand) {
  RedactedParts parts = sample();
  parts.response->body.content = marked(R"({"price":"<<price:275>>"})");
  EXPECT_NE(printed({parts}).find("\"price\": \"275\""), std::string::npos);
}

TEST(Canonical, ABoundaryIsNoContent) {
  const auto form = [](const std::string& boundary) {
    RedactedParts parts = sample();
    parts.request.fields.push_back(field("Content-Type", "multipart/form-data; boundary=" + boundary));
    parts.request.body.content.text = "--" + boundary + "\r\n\r\nx\r\n--" + boundary + "--\r\n";
    return parts;
  };
  EXPECT_EQ(printed({form("abcdefgh")}), printed({form("12345678")}));
}

TEST(Canonical, RecordedOrderIsThere) {
  RedactedParts late = sample();
  late.request.path.text = "/a";
  const std::string text = printed({sample(), late}, true);
  EXPECT_LT(text.find("/trips/t-1"), text.find("/a?"));
}

TEST(Canonical, HostileTextIsEscaped) {
  const std::string text = printed({hostile()});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace cvr::exporters
