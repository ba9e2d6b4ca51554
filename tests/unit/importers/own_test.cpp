#include "importers/own.h"

#include "importers/json_reader.h"
#include "kit.h"

namespace cvr::importers {
namespace {

Node node(const std::string& json) { return read_json(json).value(); }

TEST(Own, GivesBackWhatItHolds) {
  Here here;
  Interaction out;
  out.response.emplace();
  const Node own = node(R"({"n":1,"arrival":"reverse","framing":"chunked","step":"login","us":[1773475200125001,2,3,4],
    "pieces":[[5,100],[7,2500]],"flags":["incomplete","tls-issuer: A B"],"notes":["a note"],
    "failure":{"kind":"reset","detail":"x"},
    "request":{"version":"HTTP/1.0"},"response":{"version":"HTTP/1.1","trailers":[["X-Sum","1"]]}})");
  finish_with_own(&own, here.place, out);
  EXPECT_EQ(out.arrival, Arrival::kReverse);
  EXPECT_EQ(out.response_framing, Framing::kChunked);
  EXPECT_EQ(out.step, "login");
  EXPECT_EQ(out.timing, (Timing{1773475200125001, 2, 3, 4}));
  EXPECT_EQ(out.pieces, (std::vector<Piece>{{5, 100}, {7, 2500}}));
  EXPECT_EQ(out.flags, (std::vector<std::string>{"incomplete", "tls-issuer: A B"}));
  EXPECT_EQ(out.notes, std::vector<std::string>{"a note"});
  EXPECT_EQ(out.failure, (Failure{FailureKind::kReset, "x"}));
  EXPECT_EQ(out.request.minor_version, 0);
  EXPECT_EQ(out.response->trailers.size(), 1u);
  EXPECT_TRUE(here.losses.all().empty());
}

TEST(Own, ComesFromAnybody) {
  for (const char* text :
       {"{}", R"({"us":[1,2,3]})", R"({"us":[-1,0,0,0]})", R"({"us":[1e99,0,0,0]})", R"({"us":"x"})",
        R"({"pieces":[[1]]})", R"({"pieces":[[-1,0]]})", R"({"pieces":[[1,1e300]]})", R"({"flags":[1,"","\u001b"]})",
        R"({"arrival":"x","framing":7,"step":"\n"})", R"({"request":{"headers":[["a"]],"trailers":"x"}})",
        R"({"failure":{"kind":"nonsense"}})", R"({"response":[]})"}) {
    Here here;
    Interaction out;
    const Node own = node(text);
    finish_with_own(&own, here.place, out);
    EXPECT_EQ(out.timing, Timing{}) << text;
    EXPECT_TRUE(out.pieces.empty() && out.step.empty() && !out.failure) << text;
    for (const std::string& flag : out.flags) EXPECT_EQ(flag, "1") << text;
  }
}

TEST(Own, HeadersCountUnlessTheFileShowsOthers) {
  Here here;
  const Node side = node(R"({"headers":[["Date","x"],["A","1"],["B","2"],["a","3"]]})");
  http::Fields fields = {{"B", "2"}, {"a", "3"}};
  take_own_fields(&side, fields, here.place);
  ASSERT_EQ(fields.size(), 4u);
  EXPECT_EQ(fields[0].name, "Date");
  EXPECT_TRUE(here.losses.all().empty());
  fields = {{"B", "edited"}};
  take_own_fields(&side, fields, here.place);
  ASSERT_EQ(fields.size(), 1u);
  EXPECT_EQ(fields[0].value, "edited");
  EXPECT_TRUE(here.lost("headers that cvr export kept"));
  take_own_fields(nullptr, fields, here.place);
  EXPECT_EQ(fields.size(), 1u);
}

TEST(Own, BodiesThatAreNotThere) {
  Here here;
  const Node side = node(R"({"omitted":"omitted: by anybody","bytes":12,"body":{"text":"AAE=","encoding":"base64"}})");
  EXPECT_EQ(own_omission(&side, here.place)->size, 12u);
  EXPECT_EQ(own_omission(&side, here.place)->reason, "omitted: not in the imported file");
  EXPECT_EQ(own_body(&side), std::string("\0\1", 2));
  EXPECT_FALSE(own_omission(nullptr, here.place));
  EXPECT_FALSE(own_body(nullptr));
}

}  // namespace
}  // namespace cvr::importers
