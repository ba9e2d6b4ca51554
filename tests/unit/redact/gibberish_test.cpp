#include "redact/gibberish.h"

#include <string>

#include "kit.h"

namespace cvr::redact {
namespace {

TEST(Gibberish, WordsAreNone) {
  for (const char* text : {"administrator", "authentication", "internationalization", "customeridentity",
                           "dashboardapp", "kubernetescluster", "straightforward", "geschwindigkeit", "notifications",
                           "sessiontoken", "AUTHENTICATION", "strengthlength", ""}) {
    EXPECT_FALSE(is_gibberish(text)) << text;
  }
}

TEST(Gibberish, OnlyLettersOfOneCaseOfALengthAreLookedAt) {
  for (const std::string& text : {std::string("xqzjkvwbpqzx"), std::string("XQZJKVWBPQZX"), std::string(64, 'q')}) {
    EXPECT_TRUE(is_gibberish(text)) << text;
  }
  for (const std::string& text : {std::string("xqzjkvwbpqz"), std::string("xqzjkvWBPQZX"), std::string("xqzjkv1bpqzx"),
                                  std::string("xqzjkv bpqzx"), std::string(65, 'q'), std::string("\xff\xfe", 2)}) {
    EXPECT_FALSE(is_gibberish(text)) << text;
  }
}

TEST(Gibberish, MostOfWhatIsDrawnIsFound) {
  int found = 0;
  for (int i = 0; i < 1000; ++i) {
    found += is_gibberish(test::random_text(16, "abcdefghijklmnopqrstuvwxyz")) ? 1 : 0;
  }
  EXPECT_GE(found, 850);
}

}  // namespace
}  // namespace cvr::redact
