#include "sandbox/pairs.h"

namespace cvr::sandbox {
namespace {

TEST(Pairs, DecodesForms) {
  const Pairs form("a=1&b=x+y&c=%2B&page%5Bnumber%5D=3&flag&=empty&&d==");
  EXPECT_EQ(*form.find("b"), "x y");  // an unencoded plus is a space
  EXPECT_EQ(*form.find("c"), "+");
  EXPECT_EQ(form.number("page[number]", 0, 0, 9), 3);
  EXPECT_EQ(*form.find("flag"), "");
  EXPECT_EQ(*form.find("d"), "=");
  EXPECT_EQ(form.find("e"), nullptr);
  EXPECT_EQ(Pairs("a=1&a=2").count("a"), 2u);
  EXPECT_TRUE(Pairs("").empty());
}

TEST(Pairs, IsBounded) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "a=1&";
  EXPECT_EQ(Pairs(text).count("a"), kMaxPairs);
}

TEST(Pairs, Numbers) {
  EXPECT_EQ(Pairs("n=5").number("n", 1, 0, 10), 5);
  EXPECT_EQ(Pairs("").number("n", 1, 0, 10), 1);
  for (const char* text : {"n=11", "n=-1", "n=", "n=x", "n=5x", "n=+5", "n=99999999999999999999"}) {
    EXPECT_FALSE(Pairs(text).number("n", 1, 0, 10)) << text;
  }
}

TEST(Pairs, TwoDialectsOfFlags) {
  EXPECT_TRUE(Pairs("taildetails=true").wants("rfqs", "taildetails"));
  EXPECT_FALSE(Pairs("taildetails=false").wants("rfqs", "taildetails"));
  EXPECT_TRUE(Pairs("fields[rfqs]=a,taildetails,b").wants("rfqs", "taildetails"));
  EXPECT_TRUE(Pairs("fields%5Brfqs%5D=taildetails").wants("rfqs", "taildetails"));
  EXPECT_FALSE(Pairs("fields[rfqs]=xtaildetails").wants("rfqs", "taildetails"));
  EXPECT_FALSE(Pairs("fields[quotes]=taildetails").wants("rfqs", "taildetails"));
}

}  // namespace
}  // namespace cvr::sandbox
