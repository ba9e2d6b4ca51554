#include "load/request_maker.h"

#include <set>

namespace cvr::load {
namespace {

std::string next(RequestMaker& maker) {
  std::string text = "old";
  maker.next(&text);
  return text;
}

TEST(RequestMaker, WithoutAPlaceTheTextStays) {
  RequestMaker maker("GET / {m}", 7, 0, false);
  EXPECT_EQ(next(maker), "GET / {m}");
  EXPECT_EQ(next(maker), "GET / {m}");
}

TEST(RequestMaker, EveryPlaceGetsTheSameNumber) {
  RequestMaker maker("{n}/a{n}{n}", 9, 0, false);
  EXPECT_EQ(next(maker), "9/a99");
  EXPECT_EQ(next(maker), "10/a1010");
}

TEST(RequestMaker, KeysBoundTheNumbers) {
  RequestMaker maker("{n}", 5, 3, false);
  std::string all;
  for (int i = 0; i < 7; ++i) all += next(maker) + " ";
  EXPECT_EQ(all, "5 6 7 5 6 7 5 ");
}

TEST(RequestMaker, ScatteredRoundsVisitEveryKeyOnce) {
  for (const std::uint64_t keys : {1u, 2u, 3u, 4u, 6u, 12u, 30u, 100u, 1000u, 2310u}) {
    RequestMaker maker("{n}", 0, keys, true);
    for (int round = 0; round < 2; ++round) {
      std::set<std::string> seen;
      for (std::uint64_t i = 0; i < keys; ++i) seen.insert(next(maker));
      EXPECT_EQ(seen.size(), keys);
    }
  }
}

}  // namespace
}  // namespace cvr::load
