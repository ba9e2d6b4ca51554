#include "importers/formats/har_body.h"

#include "importers/json_reader.h"
#include "kit.h"

namespace cvr::importers {
namespace {

std::string body(Here& here, const std::string& json, std::optional<std::int64_t> size = std::nullopt) {
  const Node content = read_json(json).value();
  const HarBody out = har_body(&content, size, {}, here.place);
  return out.missing ? "missing " + std::to_string(out.missing->size) : out.bytes;
}

TEST(HarBody, TextAndBase64) {
  Here here;
  EXPECT_EQ(body(here, R"({"text":"abc"})"), "abc");
  EXPECT_EQ(body(here, R"({"text":"YWJj","encoding":"base64"})"), "abc");
  EXPECT_EQ(body(here, R"({"text":"YWJj","_encoding":"base64"})"), "abc");
  EXPECT_EQ(body(here, R"({"text":"[\"YWJj\",\"ZA==\"]","encoding":"base64"})"), "abcd");
  EXPECT_EQ(body(here, R"({"text":"[\"6162\"]","_isBinary":true})"), "ab");
  EXPECT_EQ(body(here, R"({"text":7.50})"), "7.50");
  EXPECT_EQ(body(here, R"({"text":true})"), "true");
  EXPECT_TRUE(here.losses.all().empty());
}

TEST(HarBody, WhatIsNotThereIsSaid) {
  Here here;
  EXPECT_EQ(body(here, R"({"size":12})"), "missing 12");
  EXPECT_EQ(body(here, R"({"size":12,"text":""})"), "missing 12");
  EXPECT_EQ(body(here, "{}", 7), "missing 7");
  EXPECT_EQ(body(here, R"({"size":0})"), "");
  EXPECT_EQ(body(here, R"({"size":-1})"), "");
  EXPECT_EQ(body(here, R"({"text":"*","encoding":"base64","size":3})"), "missing 3");
  EXPECT_EQ(body(here, R"({"text":"x","encoding":"rot13"})"), "missing 0");
  EXPECT_EQ(body(here, R"({"size":3,"comment":"omitted: over the body limit"})"), "missing 3");
  EXPECT_EQ(har_body(nullptr, 5, {}, here.place).missing->size, 5u);
  EXPECT_FALSE(har_body(nullptr, std::nullopt, {}, here.place).missing);
}

// How the client coded them is not on record then.
TEST(HarBody, AFormFromParametersIsMarked) {
  Here here;
  const char* form = "application/x-www-form-urlencoded";
  const auto rebuilt = [&](const std::string& rest) {
    const Node content = read_json(R"({"mimeType":")" + std::string(form) + "\"," + rest + "}").value();
    return har_body(&content, std::nullopt, {}, here.place).rebuilt;
  };
  EXPECT_TRUE(rebuilt(R"("params":[{"name":"a","value":"1"}])"));
  EXPECT_FALSE(rebuilt(R"("text":"a=1","params":[{"name":"a","value":"1"}])"));
  EXPECT_FALSE(rebuilt(R"("params":[])"));
  form = "multipart/form-data; boundary=b";
  EXPECT_FALSE(rebuilt(R"("params":[{"name":"a","value":"1"}])"));
}

TEST(HarBody, FormsFromParameters) {
  Here here;
  EXPECT_EQ(body(here, R"({"mimeType":"application/x-www-form-urlencoded","params":[{"name":"a b","value":"1&2"}]})"),
            "a%20b=1%262");
  EXPECT_EQ(body(here, R"({"mimeType":"multipart/form-data","params":[{"name":"a","fileName":"f"}]})"), "missing 0");
  EXPECT_EQ(body(here, R"({"mimeType":"multipart/form-data; boundary=b","params":[{"name":"a","fileName":"f"}]})"),
            "missing 0");
  EXPECT_EQ(body(here, R"({"mimeType":"Multipart/Form-Data; Boundary=\"b\"","params":[{"name":"a\"\r\n","value":"1"},
    {"name":"f","fileName":"x.txt","contentType":"text/plain","value":"2"}]})"),
            "--b\r\nContent-Disposition: form-data; name=\"a%22%0D%0A\"\r\n\r\n1\r\n--b\r\nContent-Disposition: "
            "form-data; name=\"f\"; filename=\"x.txt\"\r\nContent-Type: text/plain\r\n\r\n2\r\n--b--\r\n");
}

TEST(HarBody, OnlyFilesNamedByADigestAreOpened) {
  Here here;
  std::vector<std::string> asked;
  Source source;
  source.file = [&](std::string_view name) -> Result<std::string> {
    asked.emplace_back(name);
    return fail(ErrorCode::kNotFound, "no");
  };
  const std::string digest(40, 'a');
  for (const std::string& name :
       {std::string("../x"), std::string(".env"), digest + "/x", digest + ".a/b", digest + ".json",
        std::string("abc.txt"), std::string("6a1f.json"), std::string(65, 'a'), std::string("6a1f.tar.gz"), digest}) {
    const Node content = read_json(R"({"_file":")" + name + R"(","size":1})").value();
    EXPECT_TRUE(har_body(&content, std::nullopt, source, here.place).missing) << name;
  }
  EXPECT_EQ(asked, (std::vector<std::string>{digest + ".json", "6a1f.json", digest}));
}

TEST(HarBody, AnotherLengthIsNoted) {
  Here here;
  EXPECT_EQ(body(here, R"({"text":"abc","size":9})"), "abc");
  EXPECT_TRUE(here.lost("bodies whose length"));
}

}  // namespace
}  // namespace cvr::importers
