#include "certs/names.h"

namespace cvr::certs {
namespace {

using Names = std::vector<std::string>;

std::string long_label() {
  std::string text(64, 'a');
  text.append(".com");
  return text;
}

std::string long_name() {  // of fitting labels
  std::string text;
  while (text.size() < 254) text.append("label.");
  return text.append("com");
}

TEST(PermittedDomains, StarAndApexAreOneDomain) {
  EXPECT_EQ(permitted_domains({"*.avinode.com", "avinode.com"}), Names{"avinode.com"});
}

TEST(PermittedDomains, AreLowerCaseSortedAndWithoutTrailingDot) {
  EXPECT_EQ(permitted_domains({"B.example", "a.example.", "b.EXAMPLE"}), (Names{"a.example", "b.example"}));
}

TEST(PermittedDomains, NoneLiesWithinAnother) {
  EXPECT_EQ(permitted_domains({"a.b.example", "*.b.example", "xb.example"}), (Names{"b.example", "xb.example"}));
}

TEST(PermittedDomains, SingleLabelsAreAllowed) { EXPECT_EQ(permitted_domains({"localhost"}), Names{"localhost"}); }

TEST(PermittedDomains, AddressesArePassedOver) {
  EXPECT_EQ(permitted_domains({"127.0.0.1", "::1", "[::1]", "api.example"}), Names{"api.example"});
  EXPECT_EQ(permitted_domains({"127.0.0.1"}), Names{});
}

TEST(PermittedDomains, OddPatternsAreWrongUsage) {
  const Names odd = {"*",          "",         ".",       ".example.com", "a..b",        "*.*.com",
                     "a*.com",     "*.",       "a b.com", "a\nb.com",     "a,DNS:b.com", "a/b.com",
                     "a:8443",     "-a.com",   "1.2.3",   "0x7f.0x1",     "ä.example",   std::string("a\0b.com", 7),
                     long_label(), long_name()};
  for (const auto& pattern : odd) {
    const auto domains = permitted_domains({"fine.example", pattern});
    ASSERT_FALSE(domains) << pattern;
    EXPECT_EQ(domains.error().code, ErrorCode::kUsage) << pattern;
    EXPECT_EQ(domains.error().text.find('\n'), std::string::npos);
  }
}

TEST(PermittedDomains, AreBounded) {
  EXPECT_TRUE(permitted_domains(Names(500, "a.example")));
  EXPECT_EQ(permitted_domains(Names(501, "a.example")).error().code, ErrorCode::kUsage);
}

TEST(LiesWithin, CutsAtLabels) {
  EXPECT_TRUE(lies_within("avinode.com", "avinode.com"));
  EXPECT_TRUE(lies_within("a.b.avinode.com", "avinode.com"));
  EXPECT_FALSE(lies_within("evilavinode.com", "avinode.com"));
  EXPECT_FALSE(lies_within("avinode.com.evil", "avinode.com"));
  EXPECT_FALSE(lies_within("com", "avinode.com"));
  EXPECT_FALSE(lies_within_any("a.example", {}));
}

TEST(CheckLeafHost, TakesNames) {
  for (const char* host : {"sandbox.avinode.com", "localhost", "my_host.example", "xn--bcher-kva.example", "1a.2b"}) {
    EXPECT_TRUE(check_leaf_host(host)) << host;
  }
}

TEST(CheckLeafHost, RefusesTheRest) {
  const Names odd = {"127.0.0.1",
                     "::1",
                     "[::1]",
                     "*.avinode.com",
                     std::string("a.avinode.com\0.evil", 19),
                     "a.avinode.com.",
                     "A.avinode.com",
                     "",
                     "a b",
                     "127.1",
                     "1",
                     long_name(),
                     long_label()};
  for (const auto& host : odd) {
    const auto fit = check_leaf_host(host);
    ASSERT_FALSE(fit) << host;
    EXPECT_EQ(fit.error().code, ErrorCode::kRefused);
  }
}

TEST(RotateCommand, NamesEveryDomain) {
  EXPECT_EQ(rotate_command({"a.example", "b.example"}), "cvr ca rotate --host a.example --host b.example");
}

}  // namespace
}  // namespace cvr::certs
