#include "kit.h"

namespace cvr::redact {
namespace {

TEST(MarkupRule, ElementsAndAttributes) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string p = kit.pseudonyms.of(t);
  const auto xml = [&](std::string_view s) { return kit.ruled(collect_markup, s, "application/xml").text; };
  EXPECT_EQ(xml("<a><wsse:Password Type=\"x\">" + t + "</wsse:Password><b>kept</b></a>"),
            "<a><wsse:Password Type=\"x\">" + p + "</wsse:Password><b>kept</b></a>");
  EXPECT_EQ(xml("<login password='" + t + "' id=\"7\"/>"), "<login password='" + p + "' id=\"7\"/>");
  EXPECT_EQ(xml("<token><![CDATA[" + t + "]]></token>"), "<token><![CDATA[" + p + "]]></token>");
  EXPECT_EQ(xml("<secret>a&amp;b&#99;defgh</secret>"), "<secret>" + kit.pseudonyms.of("a&bcdefgh") + "</secret>");
  EXPECT_EQ(xml("<password/>kept<x>y</x>"), "<password/>kept<x>y</x>");
}

TEST(MarkupRule, HtmlFields) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string p = kit.pseudonyms.of(t);
  const auto html = [&](std::string_view s) { return kit.ruled(collect_markup, s, "text/html").text; };
  EXPECT_EQ(html("<input type=hidden name=\"csrf_token\" value=\"" + t + "\">"),
            "<input type=hidden name=\"csrf_token\" value=\"" + p + "\">");
  EXPECT_EQ(html("<meta content='" + t + "' name=csrf-token>"), "<meta content='" + p + "' name=csrf-token>");
  EXPECT_EQ(html("<script>var x={\"apiKey\":\"" + t + "\"}</script>"),
            "<script>var x={\"apiKey\":\"" + p + "\"}</script>");
}

// As in JSON, the element around it tells whose name it is.
TEST(MarkupRule, NamesBelowPeople) {
  Kit kit;
  const std::string ada = kit.pseudonyms.shaped("Ada Lovelace", Kind::kName).value();
  const auto ruled = [&](std::string_view text) { return kit.ruled(collect_markup, text, "application/xml").text; };
  EXPECT_EQ(ruled("<a><passengers><passenger id=\"1\"><name>Ada Lovelace</name></passenger></passengers></a>"),
            "<a><passengers><passenger id=\"1\"><name>" + ada + "</name></passenger></passengers></a>");
  EXPECT_EQ(ruled("<r><t:pilot name='Ada Lovelace'/></r>"), "<r><t:pilot name='" + ada + "'/></r>");
  EXPECT_EQ(ruled("<pilot>Ada Lovelace</pilot>"), "<pilot>" + ada + "</pilot>");
  for (const std::string_view text :
       {"<passenger><seat/></passenger><airport><name>Charles De Gaulle</name></airport>",
        "<passenger><a><name>Ada Lovelace</name></a></passenger>", "<pilot>\n<base>Palm Beach</base></pilot>",
        "</passenger></a><name>Ada Lovelace</name>"}) {
    EXPECT_EQ(ruled(text), text);
  }
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<passenger>";
  deep += "<name>Ada Lovelace</name>";
  EXPECT_TRUE(ruled(deep) == deep);
  for (int i = 0; i < 4500; ++i) deep += "</passenger>";
  EXPECT_TRUE(ruled(deep + "<name>Ada Lovelace</name>").ends_with("<name>" + ada + "</name>"));
}

TEST(MarkupRule, BrokenOnes) {
  Kit kit;
  for (const char* text : {"<", "<a", "<a b", "<a b=", "<a b='", "<password>", "<password", "<<<>>>",
                           "<token><![CDATA[abc", "</", "< >", "<a =>"}) {
    kit.ruled(collect_markup, text, "text/html");
  }
}

TEST(MarkupRule, TextAndCdataSectionsAreOneValue) {
  Kit kit;
  const std::string secret = test::random_text(32, "abcdefghijklmnop");
  const std::string head = secret.substr(0, 12);
  const std::string middle = secret.substr(12, 10);
  const std::string tail = secret.substr(22);
  const std::string out = kit.ruled(collect_markup, "<a><password>" + head + "<![CDATA[" + middle + "]]><![CDATA[" +
                                                        tail + "]]></password>ok</a>")
                              .text;
  for (const std::string& piece : {head, middle, tail}) EXPECT_EQ(out.find(piece), out.npos);
  EXPECT_TRUE(out.ends_with("]]></password>ok</a>"));
  EXPECT_NE(kit.ledger.find(secret), nullptr);
}

TEST(MarkupRule, KeysNestingAndComments) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string p = kit.pseudonyms.of(t);
  for (const std::string form :
       {"<r><entry key=\"password\">%</entry><x>kept</x></r>", "<r><password><v>%</v></password><x>kept</x></r>",
        "<r><password><!-- % -->%</password><x>kept</x></r>",
        "<dict><key>password</key>\n<string>%</string><x>kept</x></dict>",
        "<m><name>password</name><value><string>%</string></value></m>",
        "<r><token><type>Bearer</type><value>%</value></token></r>"}) {
    std::string text = form;
    for (std::size_t at = text.find('%'); at != text.npos; at = text.find('%')) text.replace(at, 1, t);
    std::string expected = text;
    const std::string out = kit.ruled(collect_markup, text, "application/xml").text;
    EXPECT_EQ(out.find(t), out.npos) << form;
    for (std::size_t at = expected.find(t); at != expected.npos; at = expected.find(t))
      expected.replace(at, t.size(), p);
    if (form.find("!--") == form.npos) {
      EXPECT_EQ(out, expected);
    }
    EXPECT_EQ(out.find("kept") == out.npos, form.find("kept") == form.npos);
  }
}

TEST(MarkupRule, NamesBehindReferences) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string p = kit.pseudonyms.of(t);
  std::string spelled;
  for (const char c : t) spelled += "&#" + std::to_string(static_cast<int>(c)) + ";";
  for (const std::string form :
       {"<entry key=\"pass&#119;ord\">~</entry>", "<e name='&#x70;assword' value='~'/>",
        "<i field=\"password\" v=\"~\"/>", "<p><name>pass&#119;ord</name><value>~</value></p>",
        "<p><password>~</password></p>", "<p><param-name>password</param-name><param-value>~</param-value></p>"}) {
    for (const std::string& value : {t, spelled}) {
      std::string text = form;
      std::string expected = form;
      text.replace(form.find('~'), 1, value);
      expected.replace(form.find('~'), 1, p);
      EXPECT_EQ(kit.ruled(collect_markup, text, "application/xml").text, expected);
    }
  }
  const std::string innocent = "<e name='&#x70;lace' value='" + t + "'/>";
  EXPECT_EQ(kit.ruled(collect_markup, innocent, "application/xml").text, innocent);
}

TEST(MarkupRule, FieldsOfPages) {
  Kit kit;
  const std::string t = test::random_hex(20);
  for (const std::string& text : std::initializer_list<std::string>{
           "<textarea name=\"password\">" + t + "</textarea>", "<input type=password name=p value=" + t + ">",
           "<div data-x=\"{&quot;token&quot;:&quot;" + t + "&quot;}\">", "<script>const password=`" + t + "`</script>",
           "<script>x={\"otp\":83764763391}</script>"}) {
    const std::string out = kit.ruled(collect_markup, text, "text/html").text;
    EXPECT_EQ(out.find(t), out.npos) << text;
    EXPECT_EQ(out.find("83764763391"), out.npos) << text;
  }
  EXPECT_EQ(kit.ruled(collect_markup, "<a accesskey=\"n\">Next</a>", "text/html").text, "<a accesskey=\"n\">Next</a>");
}

TEST(MarkupRule, HtmlKnowsNoCase) {
  Kit kit;
  const std::string t = test::random_hex(20);
  for (const char* tag : {"<INPUT TYPE=\"PASSWORD\" VALUE=\"", "<input NAME=password Value=\""}) {
    const std::string text = tag + t + "\">";
    EXPECT_EQ(kit.ruled(collect_markup, text, "text/html").text.find(t), text.npos) << tag;
  }
}

}  // namespace
}  // namespace cvr::redact
