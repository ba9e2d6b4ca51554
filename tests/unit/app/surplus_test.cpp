#include "app/surplus.h"

#include "hand_made.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

class SurplusTest : public testing::Test {
 protected:
  // Keys as the recorder would give them: one a request.
  std::unique_ptr<cassette::Reader> cassette_of(std::vector<RedactedParts> all, const std::string& name = "t.cvr") {
    cassette::WriterOptions options;
    options.overwrite = true;
    auto writer = cassette::Writer::open(directory_.file(name), options, nullptr);
    for (RedactedParts& parts : all) {
      parts.timing.started_utc_us = ++time_;
      parts.key.exact_lo = std::hash<std::string>()(parts.request.method + parts.request.path.text);
      EXPECT_TRUE((*writer)->append(vouched(parts)));
    }
    EXPECT_TRUE((*writer)->seal());
    return cassette::Reader::open(directory_.file(name)).value();
  }
  std::vector<std::uint64_t> repeats(std::vector<RedactedParts> all) {
    return repeats_in(*cassette_of(std::move(all))).value().numbers;
  }

  test::TemporaryDirectory directory_;
  std::int64_t time_ = 0;
};

using Numbers = std::vector<std::uint64_t>;

TEST_F(SurplusTest, ReadsThatSayWhatWasSaid) {
  EXPECT_EQ(repeats({answered("GET", "/a", 200), answered("GET", "/b", 200), answered("GET", "/a", 200)}), Numbers{3});
  EXPECT_EQ(repeats({answered("GET", "/a", 200), answered("GET", "/a", 200, R"({"v":1})"), answered("GET", "/a", 200)}),
            Numbers{});
  EXPECT_EQ(repeats({answered("GET", "/a", 200), answered("POST", "/a", 200), answered("GET", "/a", 200)}), Numbers{});
  EXPECT_EQ(repeats({answered("POST", "/a", 200), answered("POST", "/a", 200)}), Numbers{});
}

TEST_F(SurplusTest, TheSameRecordingHasOneIdentity) {
  RedactedParts dated = answered("GET", "/a", 200);
  dated.response->fields.push_back(field("Date", "today"));
  RedactedParts later = answered("GET", "/a", 200);
  later.response->fields.push_back(field("Date", "tomorrow"));
  const std::string one = repeats_in(*cassette_of({dated}, "1.cvr")).value().identity;
  EXPECT_EQ(repeats_in(*cassette_of({later}, "2.cvr")).value().identity, one);
  EXPECT_NE(repeats_in(*cassette_of({answered("GET", "/a", 201)}, "3.cvr")).value().identity, one);
}

std::string report(const std::string& cassette, const std::string& unused, int count) {
  return R"({"cassette":")" + cassette + R"(","unused":)" + std::to_string(count) + R"(,"unused_interactions":[)" +
         unused + "]}\n";
}
std::string unused(int n, const std::string& url) {
  return R"({"n":)" + std::to_string(n) + R"(,"method":"GET","url":")" + url + R"("})";
}

TEST_F(SurplusTest, UnusedIsWhatNobodyUsed) {
  const auto reader = cassette_of({answered("GET", "/1", 200), answered("GET", "/2", 200), answered("GET", "/3", 200)});
  const std::string second = unused(2, "https://api.example/2"), third = unused(3, "https://api.example/3");
  const auto all = parse_usage(report("x/t.cvr", second + "," + third, 2) + "\n" + report("t.cvr", third, 1) +
                               report("other.cvr", "", 0));
  ASSERT_TRUE(all) << all.error().text;
  EXPECT_EQ(unused_in(*reader, *all).value(), Numbers{3});
  EXPECT_EQ(unused_in(*reader, {}).value(), Numbers{});
  std::string sessions = "{\"sessions\":[" + report("t.cvr", second, 1) + "]}";
  std::erase(sessions, '\n');
  EXPECT_EQ(unused_in(*reader, parse_usage(sessions).value()).value(), Numbers{2});
}

TEST_F(SurplusTest, ReportsThatDoNotFitAreRefused) {
  const auto reader = cassette_of({answered("GET", "/1", 200)});
  for (const std::string& text : {report("t.cvr", unused(1, "https://api.example/other"), 1),
                                  report("t.cvr", unused(2, "https://api.example/1"), 1),
                                  report("t.cvr", unused(1, "https://api.example/1"), 2), report("t.cvr", "", 5)}) {
    const auto all = parse_usage(text);
    ASSERT_TRUE(all);
    EXPECT_FALSE(unused_in(*reader, *all)) << text;
  }
  for (const char* text : {"x", "{}", "[]\n", "{\"cassette\":"}) EXPECT_FALSE(parse_usage(text)) << text;
  EXPECT_EQ(parse_usage("x").error().text.find("line 1"), 0u);
}

}  // namespace
}  // namespace cvr::app
