#include "os/exposure.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "os/process.h"

namespace cvr::os {
namespace {

class Arguments {
 public:
  explicit Arguments(std::vector<std::string> words) : words_(std::move(words)) {
    for (std::string& word : words_) pointers_.push_back(word.data());
    pointers_.push_back(nullptr);
  }
  int count() const { return static_cast<int>(words_.size()); }
  char** pointers() { return pointers_.data(); }
  const std::vector<std::string>& words() const { return words_; }

 private:
  std::vector<std::string> words_;
  std::vector<char*> pointers_;
};

TEST(Exposure, WordsOfAChildAreOverwrittenBehindItsName) {
  Arguments arguments({"cvr", "run", "-c", "a.cvr", "--", "curl", "-H", "X: made-up", ""});
  hide_words_of_child(arguments.count(), arguments.pointers());
  EXPECT_EQ(arguments.words(),
            (std::vector<std::string>{"cvr", "run", "-c", "a.cvr", "--", "curl", "..", "..........", ""}));
}

TEST(Exposure, WithoutAChildTheWordsStay) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{},
                                                {"cvr"},
                                                {"cvr", "ls", "a.cvr"},
                                                {"cvr", "run", "--"},
                                                {"cvr", "run", "--", "true"}}) {
    Arguments arguments(words);
    hide_words_of_child(arguments.count(), arguments.pointers());
    EXPECT_EQ(arguments.words(), words);
  }
}

TEST(Exposure, UserinfoOfUrlsIsOverwritten) {
  Arguments arguments({"cvr", "record", "--upstream-proxy", "u:p@proxy.test:3128",
                       "--upstream-proxy=http://u:p@proxy.test", "http://a.test/x@y", "person@example.test"});
  hide_userinfo(arguments.count(), arguments.pointers());
  EXPECT_EQ(arguments.words(), (std::vector<std::string>{"cvr", "record", "--upstream-proxy", "...@proxy.test:3128",
                                                         "--upstream-proxy=http://...@proxy.test", "http://........@y",
                                                         "person@example.test"}));
}

// What /proc shows is the memory that the process was started with, so the test starts with what is there.
TEST(Exposure, TheEnvironmentIsHiddenAndStaysInForce) {
  const auto shown = [] {
    std::ifstream file("/proc/self/environ", std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    return std::ranges::count_if(text, [](char c) { return c != '\0'; });
  };
  const Environment before = current_environment();
  ASSERT_FALSE(before.empty());
  ASSERT_GT(shown(), 0);
  hide_environment();
  hide_environment();  // a second time changes nothing
  EXPECT_EQ(shown(), 0);
  EXPECT_EQ(current_environment(), before);
  ASSERT_EQ(::setenv("CVR_EXPOSURE_TEST", "set later", 1), 0);
  EXPECT_STREQ(::getenv("CVR_EXPOSURE_TEST"), "set later");
  EXPECT_EQ(::unsetenv("CVR_EXPOSURE_TEST"), 0);
  EXPECT_EQ(current_environment(), before);
}

}  // namespace
}  // namespace cvr::os
