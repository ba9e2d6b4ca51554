#include "app/redaction_table.h"

#include <algorithm>

#include "support/golden.h"

namespace cvr::app {
namespace {

Redaction some() {
  const auto config = parse_config(R"([[redact]]
json = "/data/*/price"
kind = "price"
level = "commercial"
[[redact]]
header = "X-Custom"
keep = true
[[redact]]
pattern = 'N\d{3}'
kind = "tail"
[[redact]]
json = "client_id"
keep = true
)",
                                   "project/cvr.toml");
  EXPECT_TRUE(config);
  auto redaction = load_redaction({}, *config);
  EXPECT_TRUE(redaction);
  return *redaction;
}

TEST(RedactionTable, SaysWhereEachRuleIsFrom) {
  const auto rows = redaction_table(some());
  const auto from = [&](std::string_view where, std::string_view name) -> std::string {
    const auto row = std::ranges::find_if(rows, [&](const TableRow& r) { return r.where == where && r.name == name; });
    return row == rows.end() ? "(absent)" : row->kind + " " + row->from;
  };
  EXPECT_EQ(from("json", "/data/*/price"), "price project/cvr.toml:2");
  EXPECT_EQ(from("header", "X-Custom"), "kept project/cvr.toml:6");
  EXPECT_EQ(from("pattern", "N\\d{3}"), "tail project/cvr.toml:9");
  EXPECT_EQ(from("json", "client_id"), "kept project/cvr.toml:12");
  EXPECT_EQ(from("form", "client_id"), "user profile");
  EXPECT_EQ(from("json", "*token"), "token general");
  EXPECT_EQ(from("header", "user-agent"), "kept general");
  EXPECT_EQ(std::ranges::count_if(rows, [](const TableRow& r) { return r.name == "client_id" && r.where == "json"; }),
            1);
}

TEST(RedactionTable, TextAndJson) {
  std::vector<TableRow> few = {{"json", "/data/*/price", "price", "commercial", "project/cvr.toml:2"},
                               {"header", "X-\x1b[31m", "kept", "", "general"},
                               {"pattern", std::string(60, 'x'), "token", "credentials", "profile"}};
  test::expect_golden("app/redaction_table.txt", table_text(some(), few));
  test::expect_golden("app/redaction_table.json", table_json(some(), few));
}

}  // namespace
}  // namespace cvr::app
