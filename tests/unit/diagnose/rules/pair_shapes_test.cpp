#include "diagnose/rules/pair_shapes.h"

#include "kit.h"

namespace cvr::diagnose::test {
namespace {

const Call& first_of(const Told& told) { return *told.diagnosis.facts->after().front(); }

TEST(PairShapes, WhatIsOfTheFormAndWhatOfTheShape) {
  const Pair pair = new_pair();
  const Told quoted = tell(on_monday({get("/rfqs", {pair.token, "\"" + pair.api + "\""})}));
  EXPECT_EQ(form_problem(first_of(quoted), quoted.diagnosis.facts->vendor()).header, "X-Avinode-ApiToken");
  EXPECT_TRUE(shape_problem(first_of(quoted)).what.empty());
  const Told cut = tell(on_monday({get("/rfqs", {pair.token, pair.api.substr(4)})}));
  EXPECT_TRUE(form_problem(first_of(cut), cut.diagnosis.facts->vendor()).what.empty());
  EXPECT_NE(shape_problem(first_of(cut)).what.find("32 characters"), std::string::npos);
  const Told good = tell(on_monday({get("/rfqs", pair)}));
  EXPECT_TRUE(form_problem(first_of(good), good.diagnosis.facts->vendor()).what.empty());
  EXPECT_TRUE(shape_problem(first_of(good)).what.empty());
  EXPECT_FALSE(is_padded(first_of(good), "Authorization"));
}

}  // namespace
}  // namespace cvr::diagnose::test
