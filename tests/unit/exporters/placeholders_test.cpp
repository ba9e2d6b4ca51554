#include "exporters/placeholders.h"

#include "kit.h"

namespace cvr::exporters {
namespace {

using From = Placeholders::From;

std::string split(Placeholders& names, std::string_view text, From from, std::string_view source) {
  std::string out;
  const RedactedText redacted = marked(text);
  for (const auto& part : names.split(redacted, from, source)) {
    out += part.plain.empty() ? '{' + part.name + '}' : std::string(part.plain);
  }
  return out;
}
std::string split(std::string_view text, From from, std::string_view source) {
  Placeholders names;
  return split(names, text, from, source);
}

TEST(Placeholders, AreNamedAfterTheHeader) {
  EXPECT_EQ(split("Bearer <<jwt:x>>", From::kHeader, "Authorization"), "Bearer {AUTHORIZATION}");
  EXPECT_EQ(split("<<uuid:x>>", From::kHeader, "X-Api-Token"), "{X_API_TOKEN}");
  EXPECT_EQ(split("a=<<cookie:x>>; b=<<cookie:y>>", From::kHeader, "Cookie"), "a={COOKIE_A}; b={COOKIE_B}");
  EXPECT_EQ(split("<<token:x>>", From::kHeader, "9$(id)"), "{_9__ID_}");
  EXPECT_EQ(split("<<token:x>>", From::kHeader, ""), "{_}");
}

TEST(Placeholders, AreNamedAfterWhatStandsBefore) {
  EXPECT_EQ(split("?a=1&apiKey=<<token:x>>", From::kUrl, "URL_SECRET"), "?a=1&apiKey={APIKEY}");
  EXPECT_EQ(split("/x/<<token:x>>", From::kUrl, "URL_SECRET"), "/x/{URL_SECRET}");
  EXPECT_EQ(split("a=1&client_secret=<<password:x>>", From::kBody, "B"), "a=1&client_secret={CLIENT_SECRET}");
  EXPECT_EQ(split("{\"api-token\" :\n \"<<token:x>>\"}", From::kBody, "B"), "{\"api-token\" :\n \"{API_TOKEN}\"}");
  EXPECT_EQ(split("[\"<<token:x>>\"]", From::kBody, "BODY_SECRET"), "[\"{BODY_SECRET}\"]");
}

TEST(Placeholders, AreOneAPseudonym) {
  Placeholders names;
  EXPECT_EQ(split(names, "<<token:x>>", From::kHeader, "A"), "{A}");
  EXPECT_EQ(split(names, "<<token:y>>", From::kHeader, "A"), "{A_2}");
  EXPECT_EQ(split(names, "<<token:x>>", From::kHeader, "B"), "{A}");
  EXPECT_EQ(split(names, "<<token:z>>", From::kHeader, "A"), "{A_3}");
}

TEST(Placeholders, LeaveOtherPseudonymsAlone) {
  EXPECT_EQ(split("<<email:a@b>> <<header:h>>", From::kBody, "B"), "a@b h");
  EXPECT_FALSE(is_credential(Kind::kId));
  EXPECT_EQ(split("", From::kBody, "B"), "");
}

}  // namespace
}  // namespace cvr::exporters
