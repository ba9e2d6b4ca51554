#include "importers/flow_reader.h"

namespace cvr::importers {
namespace {

struct Seen {
  std::vector<Node> nodes;
  std::string error;
};

Seen all(std::string_view text, const NodeLimits& limits = {}) {
  Seen out;
  const auto done = read_flows(
      text,
      [&](Node& node, std::size_t) -> Result<void> {
        out.nodes.push_back(std::move(node));
        return {};
      },
      nullptr, limits);
  if (!done) out.error = done.error().text;
  return out;
}

TEST(FlowReader, WhatIsBrokenIsToldAndTheRestIsRead) {
  const std::string good = "8:1:a,1:b,}";
  std::string told;
  std::size_t flows = 0;
  const auto read = [&](const std::string& text) {
    told.clear();
    flows = 0;
    const auto each = [&](Node&, std::size_t) -> Result<void> {
      ++flows;
      return {};
    };
    return read_flows(text, each, [&](const Error& why, std::size_t number, bool rest) {
      told += std::to_string(number) + (rest ? " rest: " : ": ") + why.text + "\n";
    });
  };
  EXPECT_TRUE(read(good + "8:1:a,1:b?}" + good));
  EXPECT_EQ(flows, 2u);
  EXPECT_EQ(told, "2: tnetstring: unknown type at byte 17\n");
  EXPECT_TRUE(read(good + good.substr(0, 7)));
  EXPECT_EQ(flows, 1u);
  EXPECT_EQ(told, "2 rest: tnetstring: a length beyond the end at byte 11\n");
  EXPECT_TRUE(read(good + "garbage"));
  EXPECT_EQ(flows, 1u);
  EXPECT_FALSE(read(good.substr(0, 7)));  // nothing of it is sound
}

TEST(FlowReader, ReadsEveryType) {
  const Seen seen = all("51:1:a,4:true!1:b,3:1.5^1:c;1:x,1:d,0:~1:e,8:1:1#1:2#]}3:abc;");
  EXPECT_EQ(seen.error, "");
  ASSERT_EQ(seen.nodes.size(), 2u);
  EXPECT_TRUE(seen.nodes[0].flag_of("a"));
  EXPECT_EQ(seen.nodes[0].number_of("b"), 1.5);
  EXPECT_TRUE(seen.nodes[0].find("c")->bytes);
  EXPECT_TRUE(seen.nodes[0].find("d")->is(Node::Type::kNull));
  EXPECT_EQ(seen.nodes[0].find("e")->items.size(), 2u);
  EXPECT_EQ(seen.nodes[1].text, "abc");
}

TEST(FlowReader, RefusesWithThePlace) {
  for (const auto& [text, error] : std::vector<std::pair<std::string, std::string>>{
           {"5:abc,", "tnetstring: a length beyond the end at byte 0"},
           {"99999999999:a,", "tnetstring: no length at byte 0"},
           {"abc", "tnetstring: no length at byte 0"},
           {"3:abc?", "tnetstring: unknown type at byte 0"},
           {"3:abc#", "tnetstring: not a number at byte 0"},
           {"3:inf^", "tnetstring: not a number at byte 0"},
           {"3:abc!", "tnetstring: neither true nor false at byte 0"},
           {"1:a~", "tnetstring: bytes in null at byte 0"},
           {"4:1:a,}", "tnetstring: no length at byte 6"},
           {"8:1:1#1:2#}", "tnetstring: a name that is no text at byte 2"},
           {"16:1:a,1:1#1:a,1:2#}", "tnetstring: a name twice in a map at byte 0"},
           {"6:9:abc,]", "tnetstring: a length beyond the end at byte 2"},
       }) {
    EXPECT_EQ(all(text).error, error) << text;
  }
}

TEST(FlowReader, HasLimits) {
  std::string deep = "0:~";
  for (int i = 0; i < 64; ++i) deep = std::to_string(deep.size()) + ":" + deep + "]";
  EXPECT_NE(all(deep).error.find("nested too deeply"), std::string::npos);
  EXPECT_NE(all("12:0:~0:~0:~0:~]", {64, 3}).error.find("more than 3 values"), std::string::npos);
}

TEST(FlowReader, KnowsAFlow) {
  EXPECT_TRUE(is_flow("123:7:version,"));
  EXPECT_FALSE(is_flow("interactions:"));
  EXPECT_FALSE(is_flow("12: 3"));
  EXPECT_FALSE(is_flow(""));
  EXPECT_FALSE(is_flow("12:"));
}

}  // namespace
}  // namespace cvr::importers
