#include "redact/rules/xml_entities.h"

#include "kit.h"

namespace cvr::redact {
namespace {

TEST(XmlEntities, DeclarationsAndReferences) {
  const std::string_view text =
      "<!DOCTYPE a [<!ENTITY one \"1\"><!ENTITY  two\n'2'><!ENTITY one \"3\">"
      "<!ENTITY % four \"4\"><!ENTITY five SYSTEM \"f\">]>&two;&amp;&five;&one;";
  XmlEntities entities(text);
  ASSERT_EQ(entities.all().size(), 2U);
  EXPECT_EQ(text.substr(entities.all()[0].begin, entities.all()[0].end - entities.all()[0].begin), "1");
  std::size_t at = text.find(']');
  const XmlEntity* two = entities.next(text, at);
  ASSERT_NE(two, nullptr);
  EXPECT_EQ(two->name, "two");
  EXPECT_EQ(entities.next(text, at)->name, "one");
  EXPECT_EQ(entities.next(text, at), nullptr);
}

TEST(XmlEntities, BrokenAndManyOnes) {
  for (const std::string_view text : {"<!ENTITY", "<!ENTITY a", "<!ENTITY a \"b", "<!ENTITY \"b\"", "&;&a", ""}) {
    XmlEntities entities(text);
    std::size_t at = 0;
    EXPECT_EQ(entities.next(text, at), nullptr);
  }
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "<!ENTITY e" + std::to_string(i) + " '" + std::to_string(i) + "'>";
  EXPECT_EQ(XmlEntities(many).all().size(), 256U);
}

TEST(XmlEntities, ValuesOfSensitiveNamesGoWhereTheyAreDeclared) {
  Kit kit;
  const std::string secret = test::random_text(6, "bcdf") + "-" + test::random_text(6, "ghjk");
  const std::string by = kit.pseudonyms.of(secret);
  for (const std::string form :
       {"<!DOCTYPE a [<!ENTITY p \"%\">]><a><password>&p;</password></a>",
        "<!DOCTYPE a [<!ENTITY client_secret '%'>]><a>&client_secret;</a>",
        "<!DOCTYPE a [<!ENTITY p \"%\"><!ENTITY q \"&p;\">]><a><x password=\"&q;\"/></a>",
        "<!DOCTYPE a [<!ENTITY p \"&p;&q;\"><!ENTITY q \"%\">]><a><entry key=\"token\">&p;</entry></a>"}) {
    const auto filled = [&form](std::string_view with) {
      std::string text = form;
      return text.replace(text.find('%'), 1, with);
    };
    const std::string out = kit.ruled(collect_markup, filled(secret), "application/xml").text;
    EXPECT_EQ(out.find(secret), out.npos) << form;
    EXPECT_NE(out.find(by), out.npos) << out;
  }
  const std::string innocent = "<!DOCTYPE a [<!ENTITY p \"some-text-12\">]><a><note>&p;</note></a>";
  EXPECT_EQ(kit.ruled(collect_markup, innocent, "application/xml").text, innocent);
}

}  // namespace
}  // namespace cvr::redact
