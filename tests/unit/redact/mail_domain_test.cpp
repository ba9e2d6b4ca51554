#include "redact/mail_domain.h"

#include "kit.h"

namespace cvr::redact {
namespace {

TEST(MailDomain, IsRecognisedWithoutTheKey) {
  const Hmac one(test_key(1).bytes);
  const Hmac two(test_key(2).bytes);
  for (const char* domain : {"acme.com", "mail.acme.se", "x.io",
                             "b\xc3\xbc"
                             "cher.de"}) {
    const std::string by = mail_domain(domain, one);
    EXPECT_TRUE(by.ends_with(".example.com"));
    EXPECT_EQ(by.size(), 20u);
    EXPECT_TRUE(is_mail_pseudonym("anna@" + by)) << by;
    EXPECT_NE(by, mail_domain(domain, two));
  }
  EXPECT_EQ(mail_domain("ACME.com", one), mail_domain("acme.com", one));
  EXPECT_NE(mail_domain("acme.com", one), mail_domain("acme.org", one));
}

TEST(MailDomain, NothingElseIs) {
  const std::string domain = mail_domain("acme.com", Hmac(test_key().bytes));
  std::string twin = domain;
  twin[0] = twin[0] == 'a' ? 'b' : 'a';
  for (const std::string& text :
       {std::string(), std::string("@"), domain, "@" + domain, "a@" + twin, "a@x." + domain, "a@" + domain + ".org",
        "a b@" + domain, "a@b@" + domain, std::string("a@example.com"), std::string("anna@abcdefgh.example.com")}) {
    EXPECT_FALSE(is_mail_pseudonym(text)) << text;
  }
}

}  // namespace
}  // namespace cvr::redact
