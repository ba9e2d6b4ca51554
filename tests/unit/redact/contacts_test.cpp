#include "redact/contacts.h"

#include <gtest/gtest.h>

namespace cvr::redact {
namespace {

std::string found(std::string_view text) {
  std::vector<Contact> contacts;
  scan_contacts(text, contacts);
  std::string out;
  for (const Contact& c : contacts)
    out += (out.empty() ? "" : "|") + std::string(text.substr(c.begin, c.end - c.begin));
  return out;
}

TEST(Contacts, AddressesInRunningText) {
  EXPECT_EQ(found("write to anna.svensson@acme.se."), "anna.svensson@acme.se");
  EXPECT_EQ(found("<mailto:a+b@mail.acme.co.uk>, 'x@y.io'"), "a+b@mail.acme.co.uk|x@y.io");
  EXPECT_EQ(found("o'brien@acme.ie"), "o'brien@acme.ie");
  EXPECT_EQ(found("/users/anna@acme.se/edit?m=b@acme.se&x"), "anna@acme.se|b@acme.se");
  EXPECT_EQ(found("j\xc3\xb6rg@b\xc3\xbc"
                  "cher.de"),
            "j\xc3\xb6rg@b\xc3\xbc"
            "cher.de");
}

TEST(Contacts, WhatOnlyLooksLikeAnAddress) {
  for (const char* text :
       {"@media", "a@b", "user@localhost", "pkg@1.2.3", "icon@2x.png", "git@github.com:o/r.git",
        "https://user@host.com/", "https://user:pass@host.com/", "@scope/pkg@4.0", "a@@b.com", "a@.com", "a@b..com",
        "@", "a@", "a\xff@b.com", "\x01x@ab.cd", "x@ab.cd\x02", "x@ab.\xc3\xa9\xc3\xa9"}) {
    EXPECT_EQ(found(text), "") << text;
  }
}

TEST(Contacts, PhonesWithSeparators) {
  EXPECT_EQ(found("call +46 70 123 45 67!"), "+46 70 123 45 67");
  EXPECT_EQ(found("tel:+12015550123"), "+12015550123");
  EXPECT_EQ(found("(+1 (201) 555-0123)"), "+1 (201) 555-0123");
  EXPECT_EQ(found("+49.30.1234567, +33 1 23 45 67 89"), "+49.30.1234567|+33 1 23 45 67 89");
}

TEST(Contacts, WhatOnlyLooksLikeAPhone) {
  for (const char* text : {"2026-11-25T10:00:00+01:00", "10:00:00 +0100", "10:00 +1030 20261125", "+12", "+1234567",
                           "1+12345678901", "abc+1234567890", "+12345678901234567",
                           "Zm9v/+12345678/ab=", "+1234567890abcdef", "+", "++1234567890", "x=a+1234567890"}) {
    EXPECT_EQ(found(text), "") << text;
  }
}

TEST(Contacts, HostileTextIsLinear) {
  EXPECT_EQ(found(std::string(1u << 20, '@')), "");
  EXPECT_EQ(found(std::string(1u << 20, '+')), "");
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "a@a.a+1 ";
  EXPECT_EQ(found(text), "");
}

TEST(Contacts, IdsOfMessagesAreNoAddresses) {
  EXPECT_EQ(found("Message-ID: <20260314092653.589793.1@mail.acme.com>"), "");
  EXPECT_EQ(found("From: <anna.svensson1990@acme.se>"), "anna.svensson1990@acme.se");
}

TEST(Contacts, IdsOfMessagesAreKnownByTheirFieldAlone) {
  EXPECT_EQ(found("from <john19850612@acme.com> to"), "john19850612@acme.com");
  EXPECT_EQ(found("Message-ID: <20261128.19850612@acme.com>"), "");
  EXPECT_EQ(found("References: <19850612.1@acme.com>\r\n <19850612.2@acme.com>\r\n"), "");
  EXPECT_EQ(found("Message-ID: <1@acme.com>\r\nFrom: <john@acme.com>"), "john@acme.com");
}

TEST(Contacts, NothingNearAnAddressIsData) {
  EXPECT_EQ(found("ab\x01"
                  "cd efg xyz@acme.se, and more"),
            "");
  EXPECT_EQ(found("xyz@acme.se, k\xc3 8"), "");
  EXPECT_EQ(found("\x01"
                  "twenty characters of text, xyz@acme.se and as many behind\x01"),
            "xyz@acme.se");
  EXPECT_EQ(found("\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4 xyz@acme.se "
                  "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"),
            "xyz@acme.se");
}

TEST(Contacts, CoordinatesAreNoNumbers) {
  EXPECT_EQ(found(R"({"lat":"+52.520008","lng":"+13.404954"})"), "");
  EXPECT_EQ(found("longitude=+101.4049541"), "");
  EXPECT_EQ(found(R"({"phone":"+1.4155550132"})"), "+1.4155550132");
  EXPECT_EQ(found("lat +49 30 1234567"), "+49 30 1234567");
}

}  // namespace
}  // namespace cvr::redact
