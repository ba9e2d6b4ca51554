#include "app/importing.h"

#include <filesystem>
#include <fstream>

#include "profiles/profile.h"
#include "support/random.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

class ImportingTest : public testing::Test {
 protected:
  ImportingTest() {
    RedactorOptions options;
    options.profile = &profiles::default_profile();
    options.body_limit_bytes = 1000;
    redactor_ = std::make_shared<const Redactor>(std::move(options));
  }

  ImportFile file(const std::string& text) {
    std::ofstream(directory_.file("in"), std::ios::binary) << text;
    return ImportFile::open(directory_.file("in")).value();
  }
  std::unique_ptr<Import> begin() { return Import::begin({out(), false}, {}, redactor_, {}).value(); }
  std::string out() const { return directory_.file("out.cvr"); }
  bool nothing_is_left() const { return !std::filesystem::exists(out()) && !std::filesystem::exists(out() + ".part"); }
  static std::string har(const std::string& entries) { return R"({"log":{"entries":[)" + entries + "]}}"; }
  static std::string entry(const std::string& headers, const std::string& body) {
    return R"({"request":{"method":"GET","url":"https://a.example/","headers":[)" + headers +
           R"(]},"response":{"status":200,"headers":[],"content":{"text":")" + body + R"("}}})";
  }

  test::TemporaryDirectory directory_;
  std::shared_ptr<const Redactor> redactor_;
  const std::function<void(std::uint64_t)> quiet_ = [](std::uint64_t) {};
};

TEST_F(ImportingTest, WritesASealedCassette) {
  auto import = begin();
  const auto done = import->add(file(har(entry("", "hello"))), nullptr, std::nullopt, quiet_);
  ASSERT_TRUE(done.has_value());
  EXPECT_EQ(done->format, "har");
  EXPECT_EQ(done->interactions, 1u);
  ASSERT_TRUE(import->finish().has_value());
  const auto reader = cassette::Reader::open(out()).value();
  EXPECT_EQ(reader->health(), cassette::Health::kSealed);
  const auto one = reader->interaction(0).value();
  EXPECT_EQ(one->response->body.content.text, "hello");
  EXPECT_EQ(one->arrival, Arrival::kImport);
  EXPECT_NE(one->key, MatchKey{});
}

TEST_F(ImportingTest, ASecretThatIsLearnedLateIsPurged) {
  const std::string secret = test::random_base64url(32);
  const std::string first = entry("", "the value is " + secret);
  const std::string second = entry(R"({"name":"Authorization","value":"Bearer )" + secret + R"("})", "");
  auto import = begin();
  ASSERT_TRUE(import->add(file(har(first + "," + second)), nullptr, std::nullopt, quiet_).has_value());
  ASSERT_TRUE(import->finish().has_value());
  std::ifstream in(out(), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(bytes.find(secret), std::string::npos);
}

TEST_F(ImportingTest, WhatWasLearnedFirstIsNeverWritten) {
  const std::string secret = test::random_base64url(32);
  const ImportFile one = file(har(entry("", "the value is " + secret) + "," +
                                  entry(R"({"name":"Authorization","value":"Bearer )" + secret + R"("})", "")));
  auto import = begin();
  ASSERT_TRUE(import->learn(one, nullptr, std::nullopt).has_value());
  EXPECT_EQ(import->count(), 0u);
  const std::size_t known = redactor_->known();
  EXPECT_GT(known, 0u);
  ASSERT_TRUE(import->add(one, nullptr, std::nullopt, quiet_).has_value());
  EXPECT_EQ(redactor_->known(), known);
  ASSERT_TRUE(import->finish().has_value());
  EXPECT_FALSE(import->learn(file("{"), importers::find_format("har"), std::nullopt).has_value());
}

TEST_F(ImportingTest, WhatRedactionLeftOutIsCounted) {
  auto import = begin();
  ASSERT_TRUE(import->add(file(har(entry("", std::string(2000, 'a')))), nullptr, std::nullopt, quiet_).has_value());
  ASSERT_TRUE(import->finish().has_value());
  EXPECT_EQ(import->left_out(), (std::map<std::string, std::uint64_t>{{"omitted: over the body limit", 1}}));
}

TEST_F(ImportingTest, ABrokenFileLeavesNothing) {
  {
    auto import = begin();
    const auto done = import->add(file(har(entry("", "a") + ",{")), nullptr, std::nullopt, quiet_);
    ASSERT_FALSE(done.has_value());
    EXPECT_NE(done.error().text.find("/in: JSON: "), std::string::npos) << done.error().text;
  }
  EXPECT_TRUE(nothing_is_left());
}

TEST_F(ImportingTest, WithoutFinishNothingIsLeft) {
  {
    auto import = begin();
    ASSERT_TRUE(
        import->add(file(har(entry("", "a"))), importers::find_format("har"), std::nullopt, quiet_).has_value());
  }
  EXPECT_TRUE(nothing_is_left());
}

}  // namespace
}  // namespace cvr::app
