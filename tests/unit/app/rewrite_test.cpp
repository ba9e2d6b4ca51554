#include "app/rewrite.h"

#include <sys/stat.h>

#include <filesystem>

#include "hand_made.h"
#include "profiles/profile.h"
#include "support/random.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

class RewriteTest : public testing::Test {
 protected:
  RewriteTest() {
    RedactorOptions options;
    options.profile = &profiles::default_profile();
    options.secrets = {secret_};
    redactor_ = std::make_unique<Redactor>(std::move(options));
  }

  // A cassette of /1 to /count, a gap behind the first and a record of tomorrow behind the second.
  std::string recorded(const std::string& name, int count, const std::string& body = "{}", int first = 1) {
    cassette::WriterOptions options;
    options.header.key_fingerprint = name;
    auto writer = cassette::Writer::open(directory_.file(name), options, nullptr);
    for (int n = first; n < first + count; ++n) {
      RedactedParts parts = answered("GET", "/" + std::to_string(n), 200, body);
      parts.timing.started_utc_us = n * 1'000'000;
      EXPECT_TRUE((*writer)->append(vouched(parts)));
      if (n == 1) {
        EXPECT_TRUE((*writer)->append(cassette::Gap{1'500'000, 3, "no space"}));
      }
      if (n == 2) {
        EXPECT_TRUE((*writer)->append(cassette::UnknownRecord{200, 0, "of tomorrow"}));
        EXPECT_TRUE((*writer)->append(cassette::Refusal{7, "gate", "a.example", "no Host"}));
      }
    }
    EXPECT_TRUE((*writer)->seal());
    return directory_.file(name);
  }

  Result<std::unique_ptr<Rewrite>> begin(const std::string& out) {
    return Rewrite::begin({directory_.file(out), false}, {}, *redactor_);
  }

  static Choose all() {
    return [](std::uint64_t, const RedactedInteraction& one) { return std::optional(one); };
  }

  const std::string secret_ = test::random_base64url(24);
  test::TemporaryDirectory directory_;
  std::unique_ptr<Redactor> redactor_;
};

TEST_F(RewriteTest, NoSecretStandsInWordsOfTheRecorder) {
  auto out = begin("words.cvr").value();
  EXPECT_TRUE(out->add(cassette::Gap{1, 1, "no space"}));
  const auto gap = out->add(cassette::Gap{2, 1, "no space for " + secret_});
  ASSERT_FALSE(gap);
  EXPECT_EQ(gap.error().code, ErrorCode::kRefused);
  EXPECT_EQ(gap.error().text.find(secret_), std::string::npos);
  EXPECT_NE(gap.error().text.find("a gap holds"), std::string::npos) << gap.error().text;
  EXPECT_FALSE(out->add(cassette::Refusal{3, "gate", secret_ + ".example", "no Host"}));
  EXPECT_FALSE(out->add(cassette::Refusal{3, "gate", "a.example", secret_}));
}

TEST_F(RewriteTest, CopiesWhatIsChosenAndAllThatIsNoInteraction) {
  const auto reader = cassette::Reader::open(recorded("a.cvr", 4)).value();
  auto out = begin("out.cvr").value();
  EXPECT_TRUE(copy(*reader, *out, [](std::uint64_t n, const RedactedInteraction& one) {
    return n % 2 == 0 ? std::optional(one) : std::nullopt;
  }));
  EXPECT_FALSE(std::filesystem::exists(directory_.file("out.cvr")));
  ASSERT_TRUE(out->finish());
  const auto made = cassette::Reader::open(directory_.file("out.cvr"), cassette::Check::kFull).value();
  EXPECT_EQ(made->health(), cassette::Health::kSealed);
  ASSERT_EQ(made->size(), 2u);
  EXPECT_EQ((*made->interaction(0))->request.path.text, "/2");
  EXPECT_EQ(made->gaps(), reader->gaps());
  ASSERT_EQ(made->refusals().size(), 1u);
  EXPECT_EQ(made->refusals()[0], (cassette::Refusal{7, "gate", "a.example", "no Host", 1}));
  ASSERT_EQ(made->unknown().size(), 1u);
  EXPECT_EQ(made->unknown()[0].payload, "of tomorrow");
  EXPECT_EQ(made->unknown()[0].after, 1u);
  struct stat facts{};
  ASSERT_EQ(::stat(directory_.file("out.cvr").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777u, 0600u);
}

TEST_F(RewriteTest, ASecretLeavesNothingBehind) {
  const auto reader = cassette::Reader::open(recorded("a.cvr", 1, "{\"x\":\"" + secret_ + "\"}")).value();
  {
    auto out = begin("out.cvr").value();
    const auto done = copy(*reader, *out, all());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::kRefused);
    EXPECT_EQ(done.error().text.find(secret_), std::string::npos);
    EXPECT_NE(done.error().text.find("#1 of"), std::string::npos);
  }
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory_.path()))
    files += entry.is_regular_file() ? 1 : 0;
  EXPECT_EQ(files, 1);
}

TEST_F(RewriteTest, ASecretInARecordOfTomorrowToo) {
  auto out = begin("out.cvr").value();
  const std::string payload = "so: " + secret_;
  const auto done = out->add(cassette::UnknownRecord{200, 1, payload}, "a.cvr");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().text.find(secret_), std::string::npos);
}

TEST_F(RewriteTest, TargetsThatAreRefused) {
  const std::string source = recorded("a.cvr", 1);
  const auto refused = [&](const std::string& path, bool overwrite) {
    const auto sound = check_target({path, overwrite}, {source}, *redactor_);
    return sound ? std::string("accepted") : sound.error().text;
  };
  EXPECT_EQ(refused(directory_.file("new.cvr"), false), "accepted");
  EXPECT_NE(refused("", false).find("-o OUT is needed"), std::string::npos);
  EXPECT_NE(refused(source, true).find("names the cassette itself"), std::string::npos);
  std::filesystem::create_symlink(source, directory_.file("link.cvr"));
  EXPECT_NE(refused(directory_.file("link.cvr"), true).find("names the cassette itself"), std::string::npos);
  const std::string other = recorded("b.cvr", 1);
  EXPECT_NE(refused(other, false).find("--overwrite"), std::string::npos);
  EXPECT_EQ(refused(other, true), "accepted");
  const std::string letter = directory_.write("letter.txt", "Dear bank, this is no cassette at all");
  EXPECT_NE(refused(letter, true).find("is no cassette"), std::string::npos);
  EXPECT_NE(refused(directory_.file(secret_ + ".cvr"), false).find("holds a known secret"), std::string::npos);
}

TEST_F(RewriteTest, WhatSeveralSourcesHoldIsThereOnce) {
  const auto a = cassette::Reader::open(recorded("a.cvr", 2)).value();
  auto out = begin("out.cvr").value();
  EXPECT_TRUE(copy(*a, *out, all()));
  EXPECT_TRUE(copy(*a, *out, [](std::uint64_t, const auto&) { return std::nullopt; }));
  ASSERT_TRUE(out->finish());
  const auto made = cassette::Reader::open(directory_.file("out.cvr")).value();
  EXPECT_EQ(made->gaps().size(), 1u);
  EXPECT_EQ(made->unknown().size(), 1u);
}

TEST_F(RewriteTest, HeadersOfSeveralSources) {
  const auto a = cassette::Reader::open(recorded("a.cvr", 1)).value();
  const auto b = cassette::Reader::open(recorded("b.cvr", 1)).value();
  EXPECT_EQ(header_of({a.get()}).key_fingerprint, "a.cvr");
  EXPECT_EQ(header_of({a.get(), b.get()}).key_fingerprint, "mixed");
  EXPECT_EQ(header_of({a.get(), b.get()}).redaction, a->header().redaction);
}

TEST(ParseNumbers, TakesNumbersAndRanges) {
  EXPECT_EQ(parse_numbers("3,1-2", 5).value(), (std::vector<bool>{true, true, true, false, false}));
  EXPECT_EQ(parse_numbers("5-5,5", 5).value(), (std::vector<bool>{false, false, false, false, true}));
}

TEST(ParseNumbers, RefusesAllElse) {
  for (const char* text :
       {"", "0", "6", "2-1", "1-6", "1,", ",1", "a", "1-", "-1", "1 2", "+1", "99999999999999999999"}) {
    const auto numbers = parse_numbers(text, 5);
    ASSERT_FALSE(numbers) << text;
    EXPECT_NE(numbers.error().text.find("1 to 5"), std::string::npos);
  }
  EXPECT_FALSE(parse_numbers("1", 0));
}

}  // namespace
}  // namespace cvr::app
