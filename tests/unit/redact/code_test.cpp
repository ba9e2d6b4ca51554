#include "redact/code.h"

#include "kit.h"

namespace cvr::redact {
namespace {

TEST(Code, Expressions) {
  for (const char* value :
       {"process.env.API_KEY", "config.secretKey||", "this.token;", "os.environ[", "getToken(", "a.b.call("}) {
    EXPECT_TRUE(is_expression(value, '\n')) << value;
  }
  EXPECT_TRUE(is_expression("getPassword(user.id", ')'));
  for (const char* value :
       {"", "process", "unknown.env.KEY", "hunter2", "Passw(rd1", "a(", "p4ss(", "config.x-1", "."}) {
    EXPECT_FALSE(is_expression(value, '\n')) << value;
  }
}

TEST(Code, ScriptsStayWhatTheyAre) {
  for (const char* text :
       {"url=\"?token=\"+getToken();", "u=\"/api?password=\"+encodeURIComponent(p)+\"&x=1\";",
        "var authToken=getAuthToken(),apiKey=process.env.API_KEY,secretKey=config.secretKey||\"\";",
        "f(apiKey=process.env.API_KEY)", "String password = getPassword();", "q.push('token=', next);"}) {
    Kit kit;
    const RedactedText ruled = kit.ruled(collect_text, text, "application/javascript");
    EXPECT_EQ(ruled.text, text);
    EXPECT_EQ(kit.found(text).text, text);
  }
  for (const char* text : {"String password = getPassword();", "token = request.headers.get(\"Authorization\")",
                           "url=\"?token=\"+getToken();", "password = getPassword(user.id)"}) {
    Kit kit;
    EXPECT_EQ(kit.ruled(collect_text, text, "text/plain").text, text);
    std::string json = "{\"patch\":\"@\"}";
    std::string inside = text;
    for (std::size_t at = inside.find('"'); at != inside.npos; at = inside.find('"', at + 2)) inside.insert(at, "\\");
    json.replace(json.find('@'), 1, inside);
    EXPECT_EQ(kit.ruled(collect_json, json).text, json);
  }
}

TEST(Code, SecretsInProgramsGo) {
  const std::string t = test::random_hex(20);
  for (const std::string& text : {"var apiKey=\"" + t + "\";", "token=\"" + t + "\"+x", "x={password:\"" + t + "\"}",
                                  "u=\"?token=" + t + "\"+y", "password = \"" + t + "\""}) {
    Kit kit;
    Edits edits;
    ASSERT_TRUE(collect_text(text, parse_media_type("application/javascript"), kit.context, edits));
    ASSERT_TRUE(kit.finder.find(text, edits));
    EXPECT_EQ(kit.apply_to(text, edits).text.find(t), std::string::npos) << text;
  }
  Kit kit;
  EXPECT_EQ(kit.ruled(collect_text, "DB_PASSWORD=Passw(rd1\nX=1", "text/plain").text.find("rd1"), std::string::npos);
  EXPECT_EQ(kit.ruled(collect_text, "password=\";" + t + "\"", "text/plain").text.find(t), std::string::npos);
}

}  // namespace
}  // namespace cvr::redact
