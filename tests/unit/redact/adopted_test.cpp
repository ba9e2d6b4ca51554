#include "redact/adopted.h"

#include <gtest/gtest.h>

namespace cvr::redact {
namespace {

TEST(Adopted, HoldsWhatWasAdded) {
  Adopted adopted;
  EXPECT_FALSE(adopted.holds("KTEB"));
  adopted.add("KTEB");
  adopted.add("abc");  // too short to tell from a value
  adopted.add(std::string(Adopted::kMaxSize + 1, 'x'));
  EXPECT_TRUE(adopted.holds("KTEB"));
  EXPECT_FALSE(adopted.holds("abc"));
  EXPECT_FALSE(adopted.holds(std::string(Adopted::kMaxSize + 1, 'x')));
  EXPECT_FALSE(adopted.holds(""));
}

TEST(Adopted, TakesPersonalSpansAndIdsWithTheirPrefix) {
  const std::string body = R"({"id":"atrip-40713","name":"Qxw \"Vbn\"","token":"secretpseudonym"})";
  RedactedText text{body, {}};
  const auto span = [&](std::string_view what, Kind kind) {
    text.spans.push_back(
        {static_cast<std::uint32_t>(body.find(what)), static_cast<std::uint32_t>(what.size()), kind, "test"});
  };
  span("40713", Kind::kId);
  span(R"(Qxw \"Vbn\")", Kind::kName);
  span("secretpseudonym", Kind::kToken);
  Adopted adopted;
  adopted.add(text);
  EXPECT_TRUE(adopted.holds("atrip-40713"));
  EXPECT_TRUE(adopted.holds("40713"));
  EXPECT_TRUE(adopted.holds("Qxw \"Vbn\""));
  EXPECT_FALSE(adopted.holds("secretpseudonym"));
}

TEST(Adopted, IsBounded) {
  Adopted adopted;
  for (std::size_t i = 0; i < Adopted::kMaxValues + 10; ++i) adopted.add("value-" + std::to_string(i));
  EXPECT_TRUE(adopted.holds("value-0"));
  EXPECT_FALSE(adopted.holds("value-" + std::to_string(Adopted::kMaxValues + 5)));
}

}  // namespace
}  // namespace cvr::redact
