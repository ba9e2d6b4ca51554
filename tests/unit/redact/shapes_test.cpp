#include "redact/shapes.h"

#include <regex>
#include <set>

#include "base/json_scan.h"
#include "kit.h"
#include "redact/check.h"
#include "redact/mail_domain.h"

namespace cvr::redact {
namespace {

struct Maker {
  explicit Maker(std::uint8_t key = 1) : hmac(test_key(key).bytes), shapes(hmac, profiles::avinode().id_prefixes) {}
  Hmac hmac;
  Shapes shapes;
  std::string of(std::string_view value, Kind kind) const { return shapes.of(value, kind); }
};

// Digits as 9, capitals as A, small letters as a.
std::string outline(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= '0' && c <= '9' ? '9' : c >= 'A' && c <= 'Z' ? 'A' : c >= 'a' && c <= 'z' ? 'a' : c;
  return out;
}

TEST(Shapes, FormsStay) {
  const Maker maker;
  const std::pair<Kind, const char*> kCases[] = {
      {Kind::kName, "Anna Svensson"},
      {Kind::kName, "Jean-Luc O'Neil"},
      {Kind::kPhone, "+46 (70) 123-45 67"},
      {Kind::kPhone, "070-1234567"},
      {Kind::kTail, "N123AB"},
      {Kind::kTail, "D-ABCD"},
      {Kind::kTail, "JA123A"},
      {Kind::kPlace, "KTEB"},
      {Kind::kPlace, "TEB"},
      {Kind::kPlace, "Teterboro"},
      {Kind::kPrice, "275.0"},
      {Kind::kPrice, "$12,500.00"},
      {Kind::kPrice, "12 500 EUR"},
      {Kind::kPrice, "-0.75"},
      {Kind::kNumber, "4"},
      {Kind::kId, "atrip-12345678"},
      {Kind::kId, "arfq-17-2"},
      {Kind::kId, "A1B2C3"},
      {Kind::kText, "Call me\n at 5!"},
      {Kind::kText, "2 pets\xe2\x80\xa6"},
      {Kind::kDate, "2026-11-25"},
  };
  for (const auto& [kind, value] : kCases) {
    const std::string by = maker.of(value, kind);
    EXPECT_EQ(outline(by), outline(value)) << value << " -> " << by;
    EXPECT_NE(by, value);
    EXPECT_EQ(by, Maker().of(value, kind));
    EXPECT_NE(by + maker.of("another value", Kind::kText),
              Maker(2).of(value, kind) + Maker(2).of("another value", Kind::kText));
  }
}

TEST(Shapes, PrefixesStay) {
  const Maker maker;
  EXPECT_TRUE(maker.of("atrip-12345678", Kind::kId).starts_with("atrip-"));
  EXPECT_TRUE(maker.of("N123AB", Kind::kTail).starts_with("N"));
  EXPECT_TRUE(maker.of("D-ABCD", Kind::kTail).starts_with("D-"));
  for (const char* one : {"N417QX", "JA123A", "HL7777", "GABCD", "T7ABCD", "4XABCD"})
    EXPECT_EQ(maker.of(one, Kind::kTail), maker.of(one, Kind::kId)) << one;
  EXPECT_TRUE(maker.of("https://hooks.acme.com/a", Kind::kName).starts_with("https://"));
  EXPECT_EQ(maker.of("https://hooks.acme.com/a", Kind::kName).find("acme"), std::string::npos);
  EXPECT_EQ(maker.of("12 EUR", Kind::kPrice).substr(2), " EUR");
  EXPECT_EQ(maker.of("atrip-123", Kind::kId).substr(6), maker.of("123", Kind::kId));  // clients strip prefixes
}

TEST(Shapes, EmailsAreEmails) {
  const Maker maker;
  const std::regex email("[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}");
  for (const char* value : {"anna.svensson@acme.se", "A@b.io", "x+y_z@mail.acme.co.uk", "j\xc3\xb6rg@acme.de"}) {
    for (const Kind kind : {Kind::kEmail, Kind::kName, Kind::kText, Kind::kPhone}) {
      const std::string by = maker.of(value, kind);
      EXPECT_TRUE(std::regex_match(by, email)) << by;
      EXPECT_TRUE(is_mail_pseudonym(by));
      EXPECT_EQ(by, maker.shapes.email(value));
    }
  }
  EXPECT_NE(maker.of("anna@acme.se", Kind::kEmail), maker.of("anna@acme.com", Kind::kEmail));
  EXPECT_EQ(outline(maker.of("no address", Kind::kEmail)), "aa aaaaaaa");
  for (const char* bad : {"", "@", "a@b", "a@b.c", "a b@c.de", "a@b@c.de", "a@.de", "a@b..de", "<a@b.de>", "a@b.d1"}) {
    EXPECT_FALSE(is_email(bad)) << bad;
  }
}

TEST(Shapes, PhonesHaveTheSameDigitsInEverySpelling) {
  const Maker maker;
  const auto digits = [](std::string text) {
    std::erase_if(text, [](char c) { return c < '0' || c > '9'; });
    return text;
  };
  const std::string plain = maker.of("+46701234567", Kind::kPhone);
  EXPECT_EQ(digits(maker.of("+46 70-123 45 67", Kind::kPhone)), digits(plain));
  EXPECT_EQ(digits(maker.of("+46 70-123 45 67", Kind::kText)), digits(plain));
  EXPECT_TRUE(is_international_phone(plain));
}

TEST(Shapes, ShortValuesNeverCollide) {
  const Maker maker;
  std::set<std::string> seen;
  for (int i = 1000; i < 10000; ++i) {
    const std::string value = "arfq-" + std::to_string(i);
    const std::string by = maker.of(value, Kind::kId);
    EXPECT_NE(by, value);
    EXPECT_EQ(by.size(), value.size());
    EXPECT_TRUE(seen.insert(by).second) << value;
  }
  seen.clear();
  for (char a = 'A'; a <= 'Z'; ++a) {
    for (char b = 'A'; b <= 'Z'; ++b) {
      for (char c = 'A'; c <= 'Z'; ++c) EXPECT_TRUE(seen.insert(maker.of(std::string{a, b, c}, Kind::kPlace)).second);
    }
  }
  seen.clear();
  for (int i = 0; i < 1000; ++i) {
    const std::string value = std::to_string(i / 100) + "." + std::to_string(i % 100 / 10) + std::to_string(i % 10);
    EXPECT_TRUE(seen.insert(maker.of(value, Kind::kPrice)).second) << value;
  }
}

TEST(Shapes, NumbersAreJsonNumbers) {
  const Maker maker;
  for (const char* value : {"0", "7", "275.0", "-12.50", "1e5", "1.25E-10", "0.001", "12345678901234567890", "1500"}) {
    const std::string by = maker.of(value, Kind::kNumber);
    json::Scanner scanner(by);
    const auto token = scanner.next();
    ASSERT_TRUE(token && *token == json::Token::kNumber) << by;
    EXPECT_EQ(scanner.raw(), by);
    EXPECT_EQ(outline(by), outline(value));
  }
  EXPECT_TRUE(maker.of("1.25E-10", Kind::kNumber).ends_with("E-10"));
}

TEST(Shapes, DatesKeepTheirDistance) {
  const Maker maker;
  const std::string day = maker.of("2026-11-25", Kind::kDate);
  EXPECT_NE(day, "2026-11-25");
  EXPECT_EQ(maker.of("2026-11-25T10:30:00Z", Kind::kDate), day + "T10:30:00Z");
  EXPECT_EQ(maker.of("20261125", Kind::kDate), day.substr(0, 4) + day.substr(5, 2) + day.substr(8));
  EXPECT_EQ(outline(maker.of("2026-02-31", Kind::kDate)), "9999-99-99");  // no date: digits
  EXPECT_NE(Maker(2).of("2026-11-25", Kind::kDate), day);
}

TEST(Shapes, LettersBeyondAsciiBecomeAscii) {
  const Maker maker;
  const std::string by = maker.of("\xc3\x85sa \xc3\x96stlund", Kind::kName);
  EXPECT_EQ(outline(by), "Aaa Aaaaaaa");
  EXPECT_NE(by, maker.of("\xc3\x84sa \xc3\x96stlund", Kind::kName));
  EXPECT_EQ(outline(maker.of("\xe5\xb1\xb1\xe7\x94\xb0 \xf0\x9f\x98\x80", Kind::kName)), "Aa \xf0\x9f\x98\x80");
  EXPECT_EQ(outline(maker.of("a\xff\xc3", Kind::kName)), "aaa");  // broken UTF-8
}

TEST(Shapes, LongTextsCarryTheGeneralCheck) {
  const Maker maker;
  const std::string text = "Please call me before Friday about the dog and the bags.";
  EXPECT_TRUE(is_pseudonym(maker.of(text, Kind::kText)));
  EXPECT_EQ(maker.of(text, Kind::kText), maker.of(text, Kind::kName));
  EXPECT_EQ(maker.of("***", Kind::kText), "***");
}

TEST(Shapes, Ids) {
  const auto& prefixes = profiles::avinode().id_prefixes;
  EXPECT_EQ(id_prefix("atrip-1", prefixes), 6u);
  EXPECT_EQ(id_prefix("arfq-1-2", prefixes), 5u);
  for (const char* text : {"", "atrip-", "atrip-x", "atrip-1x", "xatrip-1", "trip-1", "1"}) {
    EXPECT_EQ(id_prefix(text, prefixes), 0u) << text;
  }
}

TEST(Shapes, CountryCodesStay) {
  const Maker maker;
  for (const char* phone : {"+1 555 123 4567", "+46 70 123 45 67", "+358 40 123 4567", "+44-20-7946-0958"}) {
    const std::string out = maker.of(phone, Kind::kPhone);
    const std::size_t code = std::string_view(phone).find_first_of(" -");
    EXPECT_EQ(out.substr(0, code), std::string_view(phone).substr(0, code));
    EXPECT_NE(out, phone);
    EXPECT_EQ(out.size(), std::string_view(phone).size());
  }
}

}  // namespace
}  // namespace cvr::redact
