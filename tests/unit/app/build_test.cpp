#include "app/build.h"

#include <filesystem>

#include "profiles/profile.h"
#include "support/fakes.h"
#include "support/golden.h"
#include "support/random.h"
#include "support/temporary_directory.h"
#include "unit/app/variable.h"

namespace cvr::app {
namespace {

Interaction exchange(std::string path, std::string body) {
  Interaction raw;
  raw.request.method = "GET";
  raw.request.origin = {http::Scheme::kHttps, "api.example", 443};
  raw.request.path = std::move(path);
  raw.response.emplace();
  raw.response->body = std::move(body);
  raw.response_framing = Framing::kLength;
  return raw;
}

class Build : public ::testing::Test {
 protected:
  RunOptions options(engine::Mode mode, std::vector<std::string> cassettes = {"t.cvr"}) const {
    RunOptions out;
    out.mode = mode;
    for (const std::string& name : cassettes) out.cassettes.push_back(at_.file(name));
    out.proxy.hosts = {"api.example"};
    return out;
  }
  Result<Built> built(RunOptions options) { return build(options, clock_); }
  // The mode it comes to, or the error: "kUsage: text".
  std::string told(RunOptions options) {
    auto result = built(std::move(options));
    if (result) return std::string(result->session->mode().word);
    return std::to_string(exit_status(result.error().code)) + ": " + result.error().text;
  }
  void record(const std::string& name, int count = 1) {
    auto result = built(options(engine::Mode::kAll, {name}));
    ASSERT_TRUE(result) << result.error().text;
    for (int i = 0; i < count; ++i) result->session->finished(exchange("/" + std::to_string(i), "answer"), true);
    ASSERT_TRUE(result->session->close());
  }
  std::string bytes(const std::string& name) const { return test::read_file(at_.file(name)); }

  test::TemporaryDirectory at_;
  test::FakeClock clock_;
  test::Variable home_{"CVR_HOME", at_.file("home")};
  test::Variable ci_{"CI", std::nullopt};
};

TEST(SlowStart, IsExplainedWithItsMend) {
  match::MatchRules rules = match::rules_for(profiles::default_profile());
  EXPECT_FALSE(slow_start(49'999, "a.cvr", rules));
  EXPECT_EQ(slow_start(50'000, "a.cvr", rules),
            "a.cvr: 50000 interactions had to be read before the first answer, since an older cvr recorded them, or in "
            "short sessions; one that opens at once: cvr migrate a.cvr -o NEW");
  rules.parts.any_host = true;
  EXPECT_NE(slow_start(1'000'000, "a.cvr", rules)->find("since a rule of [match] is on method, host or path;"),
            std::string::npos);
}

TEST_F(Build, MakesWhatEachModeNeeds) {
  EXPECT_EQ(told(options(engine::Mode::kPassthrough, {})), "passthrough");
  EXPECT_FALSE(std::filesystem::exists(at_.file("t.cvr")));
  EXPECT_EQ(told(options(engine::Mode::kAll)), "all");
  EXPECT_EQ(told(options(engine::Mode::kNone)), "none");
  EXPECT_EQ(told(options(engine::Mode::kNewEpisodes)), "new_episodes");
  EXPECT_EQ(told(options(engine::Mode::kNewEpisodes, {"fresh.cvr"})), "new_episodes");
}

TEST_F(Build, AReverseListenerWithoutASessionForItsClientsIsToldOf) {
  RunOptions proxy = options(engine::Mode::kOnce, {});
  proxy.by_user = true;
  proxy.proxy.reverse = ReverseOptions{{http::Scheme::kHttps, "api.example", 443}, {"127.0.0.1", 0}};
  const auto notes = [this](const RunOptions& from) { return built(from)->notes; };
  ASSERT_EQ(notes(proxy).size(), 1U);
  EXPECT_NE(notes(proxy)[0].find("-c FILE"), std::string::npos);
  proxy.cassettes = {at_.file("t.cvr")};
  EXPECT_TRUE(notes(proxy).empty());
}

TEST_F(Build, CiIsWhateverSaysSo) {
  for (const char* value : {"true", "1", "TRUE", "yes", "woodpecker", "on"}) {
    EXPECT_TRUE(is_ci(value)) << value;
    const test::Variable ci("CI", value);
    EXPECT_TRUE(told(options(engine::Mode::kAll)).starts_with("2: ")) << value;
  }
  for (const char* value : {"", "0", "false", "False", "no", "NO"}) EXPECT_FALSE(is_ci(value)) << value;
}

TEST_F(Build, OnceLooksWhetherTheCassetteIsThere) {
  for (int i = 0; i < 2; ++i) EXPECT_EQ(told(options(engine::Mode::kOnce)), "all") << "an empty one is none";
  record("t.cvr");
  EXPECT_EQ(told(options(engine::Mode::kOnce)), "none");
  RunOptions anew = options(engine::Mode::kOnce);
  anew.overwrite = true;
  EXPECT_EQ(told(anew), "all");
}

TEST_F(Build, WhatWasRecordedIsReplayed) {
  record("t.cvr");
  const auto result = built(options(engine::Mode::kNone));
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->notes.empty());
  const auto decision = result->session->decide(exchange("/0", "").request, nullptr);
  ASSERT_TRUE(std::holds_alternative<engine::Hit>(decision));
  EXPECT_EQ(std::get<engine::Hit>(decision).playback->body, "answer");
}

TEST_F(Build, SeveralCassettesAreReplayedAsOne) {
  record("a.cvr", 2);
  record("b.cvr", 3);
  const auto result = built(options(engine::Mode::kNone, {"a.cvr", "b.cvr"}));
  ASSERT_TRUE(result);
  EXPECT_EQ(result->session->summary().unused, 5U);
}

TEST_F(Build, RecordingAppendsUnlessToldToBeginAnew) {
  record("t.cvr", 2);
  record("t.cvr", 1);
  EXPECT_EQ(built(options(engine::Mode::kNone))->session->summary().unused, 3U);
  RunOptions anew = options(engine::Mode::kAll);
  anew.overwrite = true;
  ASSERT_TRUE(built(anew));
  EXPECT_EQ(built(options(engine::Mode::kNone))->session->summary().unused, 0U);
}

TEST_F(Build, WithoutACassetteOnlyPassthroughWorks) {
  for (const engine::Mode mode :
       {engine::Mode::kOnce, engine::Mode::kNewEpisodes, engine::Mode::kNone, engine::Mode::kAll}) {
    EXPECT_EQ(told(options(mode, {})), "2: -c FILE is needed: the cassette to record to or to replay");
  }
}

TEST_F(Build, CiDoesNotRecordByAccident) {
  record("there.cvr");
  ci_.set("true");
  for (const engine::Mode mode : {engine::Mode::kAll, engine::Mode::kNewEpisodes, engine::Mode::kOnce}) {
    const std::string refused = told(options(mode));
    EXPECT_TRUE(refused.starts_with("2: mode ")) << refused;
    EXPECT_NE(refused.find("--allow-record-in-ci"), std::string::npos);
  }
  EXPECT_FALSE(std::filesystem::exists(at_.file("t.cvr")));
  EXPECT_EQ(told(options(engine::Mode::kOnce, {"there.cvr"})), "none");
  EXPECT_EQ(told(options(engine::Mode::kPassthrough, {})), "passthrough");
  RunOptions allowed = options(engine::Mode::kAll);
  allowed.allow_record_in_ci = true;
  EXPECT_EQ(told(allowed), "all");
  ci_.set("false");
  EXPECT_EQ(told(options(engine::Mode::kAll)), "all");
}

TEST_F(Build, TheScopeIsTheProfilesUnlessGiven) {
  RunOptions none = options(engine::Mode::kPassthrough, {});
  none.proxy.hosts.clear();
  ASSERT_TRUE(build(none, clock_));
  EXPECT_EQ(none.proxy.hosts, profiles::default_profile().hosts);
}

TEST_F(Build, TheUpstreamOfAReverseProxyIsInScope) {
  RunOptions reverse = options(engine::Mode::kPassthrough, {});
  reverse.proxy.reverse = ReverseOptions{{http::Scheme::kHttps, "other.example", 443}, {}};
  const auto result = build(reverse, clock_);
  ASSERT_TRUE(result) << result.error().text;
  EXPECT_EQ(reverse.proxy.hosts, (std::vector<std::string>{"api.example", "other.example"}));
  EXPECT_TRUE(result->authority->covers("other.example"));
}

TEST_F(Build, AScopeThatTheAuthorityDoesNotCoverIsUsage) {
  ASSERT_TRUE(built(options(engine::Mode::kPassthrough, {})));
  RunOptions wider = options(engine::Mode::kPassthrough, {});
  wider.proxy.hosts.push_back("later.example");
  const std::string refused = told(wider);
  EXPECT_TRUE(refused.starts_with("2: ")) << refused;
  EXPECT_NE(refused.find("cvr ca rotate --host"), std::string::npos) << refused;
}

TEST_F(Build, ALooseHomeIsRefused) {
  std::filesystem::create_directory(at_.file("home"));
  std::filesystem::permissions(at_.file("home"), std::filesystem::perms::all);
  EXPECT_TRUE(told(options(engine::Mode::kPassthrough, {})).starts_with("3: "));
}

TEST_F(Build, ACassetteThatIsNotThereIsNamed) {
  const std::string refused = told(options(engine::Mode::kNone, {"missing.cvr"}));
  EXPECT_TRUE(refused.starts_with("3: ")) << refused;
  EXPECT_NE(refused.find("missing.cvr"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(at_.file("missing.cvr")));
}

TEST_F(Build, AForeignFileIsLeftAlone) {
  at_.write("notes.txt", "not a cassette");
  for (const engine::Mode mode : {engine::Mode::kNone, engine::Mode::kAll, engine::Mode::kNewEpisodes}) {
    EXPECT_NE(told(options(mode, {"notes.txt"})).find("notes.txt"), std::string::npos);
    EXPECT_EQ(bytes("notes.txt"), "not a cassette");
  }
}

TEST_F(Build, ATornTailIsTold) {
  record("t.cvr", 3);
  const std::string whole = bytes("t.cvr");
  at_.write("t.cvr", whole.substr(0, whole.size() / 2));
  const auto replay = built(options(engine::Mode::kNone));
  ASSERT_TRUE(replay) << replay.error().text;
  ASSERT_EQ(replay->notes.size(), 1U);
  EXPECT_NE(replay->notes[0].find("t.cvr"), std::string::npos);
  const auto record = built(options(engine::Mode::kAll));
  ASSERT_TRUE(record);
  ASSERT_EQ(record->notes.size(), 1U);
  EXPECT_NE(record->notes[0].find("a torn tail of"), std::string::npos);
}

TEST_F(Build, ADamagedCassetteIsNotPlayed) {
  {
    auto result = built(options(engine::Mode::kAll));
    for (int i = 0; i < 3; ++i) result->session->finished(exchange("/0", test::random_hex(500)), true);
  }
  for (const bool sealed : {false, true}) {
    if (sealed) record("t.cvr", 3);
    std::string damaged = bytes("t.cvr");
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
    at_.write("t.cvr", damaged);
    const std::string refused = told(options(engine::Mode::kNone));
    EXPECT_NE(refused.find("see: cvr repair " + at_.file("t.cvr")), std::string::npos) << refused;
    std::filesystem::remove(at_.file("t.cvr"));
  }
}

TEST_F(Build, TwoRecordersOnOneCassetteAreOneTooMany) {
  const auto first = built(options(engine::Mode::kAll));
  ASSERT_TRUE(first);
  const std::string refused = told(options(engine::Mode::kAll));
  EXPECT_TRUE(refused.starts_with("3: ")) << refused;
  EXPECT_NE(refused.find("t.cvr"), std::string::npos);
}

TEST_F(Build, SecretsAreKnownFromTheStart) {
  const std::string secret = test::random_base64url(30);
  RunOptions with = options(engine::Mode::kAll);
  with.redaction.secrets_files = {at_.write(".env", "ANY=" + secret + "\n")};
  {
    const auto result = built(with);
    ASSERT_TRUE(result);
    result->session->finished(exchange("/0", "the value is " + secret), true);
  }
  EXPECT_EQ(bytes("t.cvr").find(secret), std::string::npos);
  with.redaction.secrets_files = {at_.file("none.env")};
  EXPECT_TRUE(told(with).starts_with("3: "));
}

TEST_F(Build, ACassetteIsNotNamedAfterASecret) {
  const std::string secret = test::random_base64url(30);
  RunOptions with = options(engine::Mode::kAll, {secret + ".cvr"});
  with.redaction.secrets_files = {at_.write(".env", "ANY=" + secret + "\n")};
  EXPECT_EQ(told(with), "2: the name of a cassette holds a known secret; choose another name");
  EXPECT_FALSE(std::filesystem::exists(at_.file(secret + ".cvr")));
  // What a directory is called is not ours to judge.
  std::filesystem::create_directory(at_.file(secret));
  with.cassettes = {at_.file(secret + "/t.cvr")};
  EXPECT_EQ(told(with), "all");
}

TEST_F(Build, TheHeadOfTheCassetteSaysWhoMadeIt) {
  record("t.cvr");
  const auto reader = cassette::Reader::open(at_.file("t.cvr"));
  ASSERT_TRUE(reader);
  EXPECT_EQ((*reader)->header().created_utc_us, clock_.utc_us());
  EXPECT_TRUE((*reader)->header().tool.starts_with("cvr "));
  test::SeededEntropy entropy(1);
  EXPECT_EQ((*reader)->header().key_fingerprint,
            fingerprint_of(load_or_make_key(Home{at_.file("home")}, entropy).value()));
}

TEST_F(Build, ACassetteUnderAnotherRedactionIsToldOf) {
  record("t.cvr");
  auto same = built(options(engine::Mode::kNone));
  ASSERT_TRUE(same) << same.error().text;
  EXPECT_TRUE(same->notes.empty());
  RunOptions other = options(engine::Mode::kNone);
  other.redaction.privacy = profiles::Privacy::kCommercial;
  auto told = built(std::move(other));
  ASSERT_TRUE(told) << told.error().text;
  ASSERT_EQ(told->notes.size(), 1u);
  EXPECT_NE(told->notes[0].find("t.cvr was recorded with --privacy pii, and this is commercial"), std::string::npos);
}

TEST_F(Build, LimitsReachTheRecorder) {
  RunOptions small = options(engine::Mode::kAll);
  small.proxy.limits.recorded_body_bytes = 10;
  small.max_cassette_bytes = 1 << 20;
  {
    const auto result = built(small);
    ASSERT_TRUE(result);
    result->session->finished(exchange("/0", "more than ten bytes"), true);
    result->session->finished(exchange("/0", "ten or so"), true);
    EXPECT_EQ(result->session->summary().recorded, 2U);
  }
  const auto reader = cassette::Reader::open(at_.file("t.cvr"));
  EXPECT_TRUE((*reader)->interaction(0).value()->response->body.omitted);
  EXPECT_FALSE((*reader)->interaction(1).value()->response->body.omitted);
  small.cassettes = {at_.file("full.cvr")};
  small.max_cassette_bytes = 300;
  const auto full = built(small);
  ASSERT_TRUE(full);
  full->session->finished(exchange("/0", "answer"), true);
  EXPECT_EQ(full->session->lost(), 1U);
}

}  // namespace
}  // namespace cvr::app
