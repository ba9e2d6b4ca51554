#include "redact/rules/command_line.h"

#include "kit.h"

namespace cvr::redact {
namespace {

std::string plain(std::string_view text) {
  Kit kit;
  return kit.ruled(collect_text, text, "text/plain").text;
}

TEST(CommandLine, OptionsBeforeASpace) {
  const std::string t = test::random_hex(20);
  for (const std::string& text : {"app --user bob --password " + t + " --x", "run --token '" + t + "'",
                                  "x --client-secret \"" + t + "\" y", "--api-key " + t}) {
    EXPECT_EQ(plain(text).find(t), std::string::npos) << text;
    Kit kit;
    std::string json = "{\"cmd\":\"@\"}";
    json.replace(json.find('@'), 1, text.find('"') == text.npos ? text : "--token " + t);
    EXPECT_EQ(kit.ruled(collect_json, json).text.find(t), std::string::npos) << json;
  }
}

TEST(CommandLine, ProseAndPlacesStay) {
  for (const char* text : {"use --password to set it", "--password PASSWORD  the password", "--token <token>",
                           "--token $TOKEN", "--password --verbose", "--password", "--", "-- password abcd1234",
                           "--no-color red-1234", "a -----password----- b"}) {
    EXPECT_EQ(plain(text), text);
  }
}

TEST(CommandLine, Netrc) {
  const std::string t = test::random_text(12, "abcdefghij");
  for (const std::string& text :
       {"machine x.test login bob password " + t + "\n",
        "machine a.test\n  login b\n  password short\nmachine x.test\n\tpassword " + t + "\n"}) {
    EXPECT_EQ(plain(text).find(t), std::string::npos) << text;
  }
  EXPECT_EQ(plain("machine x.test login " + t), "machine x.test login " + t);
  for (const char* text : {"the machine learning password is secret", "machine ", "machine x password",
                           "my-machine x.test password open"}) {
    EXPECT_EQ(plain(text), text);
  }
}

TEST(CommandLine, LongTextsOfMarksAreReadOnce) {
  std::string marks;
  for (int i = 0; i < 100'000; ++i) marks += "--machine ";
  Kit kit;
  Edits edits;
  collect_command_line(marks, kit.context, edits);
  EXPECT_TRUE(edits.empty());
}

}  // namespace
}  // namespace cvr::redact
