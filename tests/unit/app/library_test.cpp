#include "app/library.h"

#include <filesystem>

#include "hand_made.h"
#include "profiles/profile.h"
#include "support/random.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

class LibraryTest : public testing::Test {
 protected:
  std::string record(const std::string& name, const std::vector<RedactedParts>& all) {
    std::filesystem::create_directories(std::filesystem::path(directory_.file(name)).parent_path());
    auto writer = cassette::Writer::open(directory_.file(name), {}, nullptr);
    for (const RedactedParts& parts : all) EXPECT_TRUE((*writer)->append(vouched(parts)));
    EXPECT_TRUE((*writer)->seal());
    return directory_.file(name);
  }
  test::TemporaryDirectory directory_;
};

TEST_F(LibraryTest, HoldsTheCassettesBelowItAndNoLinks) {
  const std::string b = record("b.cvr", {}), a = record("deep/a.cvr", {});
  directory_.write("notes.txt", "x");
  std::filesystem::create_symlink(b, directory_.file("link.cvr"));
  EXPECT_EQ(cassettes_below(directory_.path()).value(), (std::vector<std::string>{b, a}));
  EXPECT_FALSE(cassettes_below(directory_.file("none")));
  EXPECT_FALSE(cassettes_below(b));
}

TEST_F(LibraryTest, LooksAtWhatIsThere) {
  RedactedParts parts = answered("GET", "/a", 200);
  parts.timing.started_utc_us = 5;
  const Shelved one = look_at(record("a.cvr", {parts, parts}));
  EXPECT_EQ(one.error, "");
  EXPECT_EQ(one.health, "sealed");
  EXPECT_EQ(one.interactions, 2u);
  EXPECT_EQ(one.origin, "https://api.example");
  EXPECT_EQ(one.last_utc_us, 5);
  EXPECT_NE(look_at(directory_.write("b.cvr", "no cassette, a letter")).error, "");
  EXPECT_EQ(look_at(record("empty.cvr", {})).interactions, 0u);
}

TEST_F(LibraryTest, FindsByRoute) {
  SearchChoice choice;
  choice.routes = {"POST /trips/*"};
  const auto found = find_in(record("a.cvr", {answered("GET", "/trips/1", 200), answered("POST", "/trips/2", 404)}),
                             **Search::make(choice));
  EXPECT_EQ(found.error, "");
  ASSERT_EQ(found.found.size(), 1u);
  EXPECT_EQ(found.found[0].n, 2u);
  EXPECT_EQ(found.found[0].outcome, "404");
  EXPECT_NE(find_in(directory_.write("no.cvr", "no cassette, a letter"), **Search::make(choice)).error, "");
}

TEST_F(LibraryTest, VerifiesStructureAndSecrets) {
  const std::string secret = test::random_base64url(24);
  RedactorOptions options;
  options.profile = &profiles::default_profile();
  options.secrets = {secret};
  const Redactor redactor(std::move(options));
  EXPECT_TRUE(verify(record("a.cvr", {answered("GET", "/a", 200)}), redactor).is_sound());
  const Verdict leaking = verify(record("b.cvr", {answered("GET", "/a", 200, "{\"x\":\"" + secret + "\"}")}), redactor);
  EXPECT_FALSE(leaking.is_sound());
  ASSERT_EQ(leaking.leaks.size(), 1u);
  EXPECT_TRUE(leaking.leaks[0].starts_with("#1 response body"));
  EXPECT_EQ(leaking.leaks[0].find(secret), std::string::npos);
  EXPECT_FALSE(verify(directory_.write("c.cvr", "no cassette, a letter"), redactor).is_sound());
  std::filesystem::resize_file(directory_.file("a.cvr"), std::filesystem::file_size(directory_.file("a.cvr")) - 3);
  EXPECT_EQ(verify(directory_.file("a.cvr"), redactor).health, "torn");
  EXPECT_FALSE(verify(directory_.file("a.cvr"), redactor).is_sound());
}

}  // namespace
}  // namespace cvr::app
