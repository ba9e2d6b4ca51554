#include "engine/hints.h"

#include "unit/engine/kit.h"

namespace cvr::engine {
namespace {

match::MatchRules other_rules() {
  match::MatchRules rules = usual_rules();
  rules.parts.query_names.push_back({"ts", match::parse_comparison("any").value()});
  match::finish_rules(rules);
  return rules;
}

std::vector<Interaction> story() {
  return {exchange(get("/a?ts=1"), "a"), exchange(request("POST", "/b"), "b"), exchange(get("/c"), "c"),
          exchange(request("DELETE", "/c"), "d")};
}

class HintsTest : public ::testing::Test {
 protected:
  void record(Tape& tape, bool with_hints, const match::MatchRules& rules) {
    cassette::WriterOptions options;
    if (with_hints) write_hints(options);
    options.lookup_from = 1;
    const auto into = tape.recorder(std::move(options), rules);
    for (const Interaction& raw : story()) EXPECT_TRUE(into->record(raw));
    EXPECT_TRUE(into->writer().seal());
  }
  static Cassettes of(std::initializer_list<const Tape*> tapes) {
    Cassettes out;
    for (const Tape* tape : tapes) out.push_back(tape->reader());
    return out;
  }
  static std::vector<std::uint32_t> expected(std::size_t times) {
    const auto redactor = make_redactor();
    std::vector<std::uint32_t> out;
    for (std::size_t i = 0; i < times; ++i) {
      for (const Interaction& raw : story()) out.push_back(match::plain_route(redactor->redact_request(raw.request)));
    }
    return out;
  }

  match::MatchRules usual_ = usual_rules(), other_ = other_rules();
  Tape hinted_, plain_, foreign_;
};

TEST_F(HintsTest, TellWhereRecordingsGo) {
  record(hinted_, true, other_);
  const auto routes = routes_of(of({&hinted_}), {&usual_});
  ASSERT_TRUE(routes);
  EXPECT_EQ(routes->of, expected(1));
  EXPECT_EQ(routes->read, 0U);
}

TEST_F(HintsTest, KeysOfRulesThatKeepRoutesTellToo) {
  record(plain_, false, usual_);
  record(hinted_, true, other_);
  const auto routes = routes_of(of({&plain_, &hinted_}), {&usual_});
  ASSERT_TRUE(routes);
  EXPECT_EQ(routes->of, expected(2));
  EXPECT_EQ(routes->read, 0U);
}

TEST_F(HintsTest, TheRestIsReadUnlessItIsMost) {
  record(foreign_, false, other_);
  EXPECT_FALSE(routes_of(of({&foreign_}), {&usual_}));
  record(hinted_, true, other_);
  EXPECT_FALSE(routes_of(of({&hinted_, &foreign_}), {&usual_}));
  const auto routes = routes_of(of({&hinted_, &hinted_, &foreign_, &hinted_}), {&usual_});
  ASSERT_TRUE(routes);
  EXPECT_EQ(routes->of, expected(4));
  EXPECT_EQ(routes->read, 4U);
}

TEST_F(HintsTest, OfAnotherFormTellNoRoutes) {
  cassette::WriterOptions options;
  options.lookup_from = 1;
  options.routes = {match::kRouteForm + 1, [](const RedactedRequest&) { return 17U; }};
  const auto into = foreign_.recorder(std::move(options), other_);
  for (const Interaction& raw : story()) EXPECT_TRUE(into->record(raw));
  EXPECT_TRUE(into->writer().seal());
  EXPECT_FALSE(routes_of(of({&foreign_}), {&usual_}));
  EXPECT_EQ(routes_of(of({&foreign_}), {&other_}).value().of, expected(1));
  EXPECT_EQ(writes_of(of({&foreign_})).read, 0U);
}

TEST_F(HintsTest, TellTheWrites) {
  record(hinted_, true, usual_);
  record(plain_, false, usual_);
  const Writes told = writes_of(of({&hinted_}));
  EXPECT_EQ(told.at, (std::vector<std::uint32_t>{1, 3}));
  EXPECT_EQ(told.read, 0U);
  const Writes read = writes_of(of({&plain_, &hinted_}));
  EXPECT_EQ(read.at, (std::vector<std::uint32_t>{1, 3, 5, 7}));
  EXPECT_EQ(read.read, 4U);
}

TEST_F(HintsTest, OfNothingAreNothing) {
  EXPECT_EQ(routes_of({}, {&usual_}).value().of.size(), 0U);
  EXPECT_TRUE(writes_of({}).at.empty());
}

}  // namespace
}  // namespace cvr::engine
