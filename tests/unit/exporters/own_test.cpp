#include "exporters/own.h"

#include "kit.h"

namespace cvr::exporters {
namespace {

std::string own(const RedactedParts& parts, const OwnScope& scope = {}) {
  json::Writer w;
  write_own(w, 3, parts, scope);
  expect_json(w.text());
  return std::string(w.text());
}

bool has(const std::string& text, std::string_view piece) { return text.find(piece) != std::string::npos; }

TEST(Own, HoldsWhatFormatsHaveNoPlaceFor) {
  RedactedParts parts = sample();
  parts.pieces = {{5, 100}, {7, 2'500}};
  parts.response_framing = Framing::kChunked;
  parts.response->trailers = {field("X-Sum", "1")};
  parts.response->body.omitted = "omitted: over the body limit";
  parts.response->body.wire_size = 12;
  parts.step = "login";
  parts.flags = {"incomplete"};
  parts.notes = {"a note"};
  const std::string text = own(parts);
  for (const std::string_view piece :
       {R"("n":3)", R"("framing":"chunked")", R"("step":"login")", R"("pieces":[[5,100],[7,2500]])",
        R"("flags":["incomplete"])", R"("notes":["a note"])", R"("trailers":[["X-Sum","1"]])",
        R"("omitted":"omitted: over the body limit","bytes":12)", R"("us":[)"}) {
    EXPECT_TRUE(has(text, piece)) << piece << " in " << text;
  }
  for (const std::string_view piece : {"origin", "headers", "\"body\":", "failure", "status"}) {
    EXPECT_FALSE(has(text, piece)) << piece;
  }
}

TEST(Own, HoldsMoreWhereTheFormatHasLess) {
  RedactedParts parts = sample();
  parts.request.body.content = marked("a");
  parts.failure = Failure{FailureKind::kReset, "reset in mid-body"};
  parts.response->body.content.text = std::string("\0", 1);
  const std::string text =
      own(parts, {.origin = true, .headers = true, .request = true, .failure = true, .response = true});
  for (const std::string_view piece :
       {R"("origin":"https://api.example.com")", R"("headers":[["Host","api.example.com"])", R"("body":{"text":"a"})",
        R"("failure":{"kind":"reset","detail":"reset in mid-body"})", R"("status":200)",
        R"("body":{"text":"AA==","encoding":"base64"})"}) {
    EXPECT_TRUE(has(text, piece)) << piece << " in " << text;
  }
}

TEST(Own, EscapesEverything) {
  own(hostile(), {.origin = true, .headers = true, .request = true, .failure = true, .response = true});
}

}  // namespace
}  // namespace cvr::exporters
