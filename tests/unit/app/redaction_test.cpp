#include "app/redaction.h"

#include "os/file.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

using profiles::Privacy;

Config config_of(std::string_view text, const std::string& path = "cvr.toml") {
  const auto config = parse_config(text, path);
  EXPECT_TRUE(config) << config.error().text;
  return *config;
}

TEST(Redaction, NothingSaid) {
  const auto redaction = load_redaction({}, {});
  ASSERT_TRUE(redaction);
  EXPECT_EQ(redaction->profile->name, profiles::default_profile().name);
  EXPECT_EQ(redaction->privacy, Privacy::kPii);
  EXPECT_EQ(redaction->privacy_source, "default");
  EXPECT_TRUE(redaction->rules.empty());
  EXPECT_TRUE(redaction->secrets_files.empty());
}

TEST(Redaction, SourcesAddUpAndOptionsWin) {
  const test::TemporaryDirectory at;
  ASSERT_TRUE(os::write_file_atomically(at.file("r.toml"),
                                        "[redact]\nprivacy = 'commercial'\njson = ['b']\nsecrets = ['r.env']"));
  ASSERT_TRUE(os::write_file_atomically(at.file("v.toml"), "name = 'v'\nhosts = ['v.example']"));
  Config config = config_of(
      "profile = 'v.toml'\nrules = 'r.toml'\nsecrets = ['s.env']\n[redact]\nprivacy = 'credentials'\n"
      "json = ['a']\nsecrets = ['t.env']",
      at.file("cvr.toml"));
  auto redaction = load_redaction({}, config);
  ASSERT_TRUE(redaction) << redaction.error().text;
  EXPECT_EQ(redaction->profile->name, "v");
  EXPECT_EQ(redaction->profile->secret_json.size(), 2u);
  EXPECT_EQ(redaction->privacy, Privacy::kCommercial);
  EXPECT_EQ(redaction->secrets_files, (std::vector<std::string>{at.file("s.env"), at.file("t.env"), at.file("r.env")}));
  ASSERT_TRUE(apply_variables({{"CVR_PRIVACY", "pii"}}, config));
  EXPECT_EQ(load_redaction({}, config)->privacy, Privacy::kPii);
  redaction = load_redaction({profiles::default_profile().name, {}, {"own.env"}, "credentials"}, config);
  ASSERT_TRUE(redaction);
  EXPECT_EQ(redaction->profile->name, profiles::default_profile().name);
  EXPECT_EQ(redaction->privacy, Privacy::kCredentials);
  EXPECT_EQ(redaction->privacy_source, "--privacy");
  EXPECT_EQ(redaction->secrets_files.front(), "own.env");
}

TEST(Redaction, AFileOfSecretsThatIsNotThereIsNamedWithTheLineThatNamesIt) {
  const test::TemporaryDirectory at;
  for (const char* text : {"threads = 2\nsecrets = ['none.env']", "[redact]\nsecrets = ['none.env']"}) {
    const auto redaction = load_redaction({}, config_of(text, at.file("cvr.toml")));
    ASSERT_TRUE(redaction) << redaction.error().text;
    const auto secrets = secrets_of(*redaction);
    ASSERT_FALSE(secrets);
    EXPECT_EQ(secrets.error().code, ErrorCode::kEnvironment);
    EXPECT_TRUE(secrets.error().text.starts_with(at.file("cvr.toml") + ":2: secrets: ")) << secrets.error().text;
    EXPECT_NE(secrets.error().text.find("none.env"), std::string::npos);
  }
  Redaction given;
  given.secrets_files = {at.file("none.env")};
  EXPECT_EQ(secrets_of(given).error().text.find("cvr.toml"), std::string::npos);
}

TEST(Redaction, LabelsTellLevelAndRulesOfTheUser) {
  const Redaction usual = *load_redaction({}, {});
  EXPECT_EQ(label_of(usual), "pii");
  const Redaction more = *load_redaction({}, config_of("[redact]\nprivacy = 'commercial'\njson = ['shade']"));
  const Redaction kept = *load_redaction({}, config_of("[redact]\nkeep = { json = ['shade'] }"));
  EXPECT_TRUE(label_of(more).starts_with("commercial "));
  EXPECT_EQ(label_of(more).size(), 19u);
  EXPECT_NE(label_of(more).substr(11), label_of(kept).substr(4));
  EXPECT_EQ(label_after("pii", more), label_of(more));
  EXPECT_EQ(label_after("", more), label_of(more));
  EXPECT_EQ(label_after(label_of(more), usual), label_of(more));
}

TEST(Redaction, LabelsTellWhatAProfileOfOnesOwnNames) {
  const test::TemporaryDirectory at;
  const auto label = [&](std::string_view names) {
    EXPECT_TRUE(
        os::write_file_atomically(at.file("v.toml"), "name = 'v'\nhosts = ['v.example']\n" + std::string(names)));
    const auto redaction = load_redaction({at.file("v.toml"), {}, {}, {}}, {});
    EXPECT_TRUE(redaction) << redaction.error().text;
    return redaction ? label_of(*redaction) : std::string();
  };
  EXPECT_EQ(label("[json]\nshade = 'token'"), label("[json]\nshade = 'token'"));
  EXPECT_NE(label("[json]\nshade = 'token'"), label("[json]\nshade = 'token'\nhue = 'token'"));
  EXPECT_NE(label("[json]\nshade = 'token'"), label("[query]\nshade = 'token'"));
}

TEST(Redaction, TellsOfACassetteUnderAnother) {
  const Redaction usual = *load_redaction({}, {});
  const Redaction more = *load_redaction({}, config_of("[redact]\njson = ['shade']"));
  EXPECT_FALSE(other_redaction("t.cvr", "", usual));
  EXPECT_FALSE(other_redaction("t.cvr", "pii", usual));
  EXPECT_EQ(other_redaction("t.cvr", "commercial 1f3a09bc", usual),
            "t.cvr was recorded with --privacy commercial, and this is pii: requests with what one of them hides may "
            "miss; give the same --privacy");
  EXPECT_EQ(other_redaction("t.cvr", "pii", more),
            "t.cvr was recorded under other redaction rules: requests with what one of them hides may miss; give the "
            "same --rules and --profile, or cvr redact t.cvr -o NEW");
  EXPECT_TRUE(other_redaction("t.cvr", "mixed", usual));
}

TEST(Redaction, Errors) {
  const test::TemporaryDirectory at;
  const auto error = [](const RedactionChoice& choice) {
    const auto redaction = load_redaction(choice, {});
    return redaction ? Error{ErrorCode::kNotFound, ""} : redaction.error();
  };
  EXPECT_EQ(error({"nobody", {}, {}, {}}).code, ErrorCode::kUsage);
  EXPECT_EQ(error({at.file("no.toml"), {}, {}, {}}).code, ErrorCode::kEnvironment);
  EXPECT_EQ(error({{}, {at.file("no.toml")}, {}, {}}).code, ErrorCode::kEnvironment);
  EXPECT_EQ(error({{}, {}, {}, "all"}).code, ErrorCode::kUsage);
  ASSERT_TRUE(os::write_file_atomically(at.file("bad.toml"), "name = 'v'\n[[pattern]]\nexpression = '('"));
  const Error bad = error({at.file("bad.toml"), {}, {}, {}});
  EXPECT_EQ(bad.code, ErrorCode::kUsage);
  EXPECT_NE(bad.text.find("bad.toml:3: a regular expression"), std::string::npos) << bad.text;
}

}  // namespace
}  // namespace cvr::app
