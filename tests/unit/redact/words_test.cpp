#include "redact/words.h"

namespace cvr::redact {
namespace {

TEST(Words, OrdinaryValues) {
  for (const char* value :
       {"production", "Disabled", "client_credentials", "application/json", "aaaaaaaa", "00000000", "20260314",
        "2026-03-14", "2026-03-14T09:26:53.589Z", "https://sandbox.example.com/api", "ababababab"}) {
    EXPECT_TRUE(is_ordinary(value)) << value;
  }
}

TEST(Words, SecretsAreNot) {
  for (const char* value : {"production1", "correct horse battery staple", "hunter2hunter2", "83749261", "20261399",
                            "https://user:pass@example.com/", "https://example.com/?sig=abc", "qwertyuiop",
                            "2026-03-14x", "p\xc3\xa4ssword\xc3\xa4"}) {
    EXPECT_FALSE(is_ordinary(value)) << value;
  }
}

TEST(Words, Settings) {
  for (const char* value : {"Europe/Berlin", "America/Argentina/Buenos_Aires", "America/Port-au-Prince", "zh-Hant-TW",
                            "sr-Latn", "Africa/Dar_es_Salaam"}) {
    EXPECT_TRUE(is_setting(value)) << value;
  }
  for (const char* value :
       {"", "dark-blue-mode", "correct-horse-battery-staple", "Europe", "Europe/", "Europe/Berlin/", "Europe/berlin",
        "Europe/Berlin7", "Europe/BERLIN", "europe/Berlin", "Europe/Correct_Horse_Battery_Staple", "Secret/Berlin",
        "America/A/B/C", "zh-hant-TW", "zh-Hant-tw", "zh-Hant-TWx", "zh-", "-Hant"}) {
    EXPECT_FALSE(is_setting(value)) << value;
  }
}

TEST(Words, DatesAreNothingElse) {
  for (const char* date : {"20260314", "2026-03-14", "2026-03-14T09:26:53+01:00"}) EXPECT_TRUE(is_date(date)) << date;
  for (const char* other : {"20261399", "2026-03-14 token:abcd", "2026-03-14T09:26:53Z&x=1", "1026-03-14", "2026"}) {
    EXPECT_FALSE(is_date(other)) << other;
  }
}

}  // namespace
}  // namespace cvr::redact
