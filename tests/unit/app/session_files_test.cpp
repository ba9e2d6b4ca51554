#include "app/session_files.h"

#include <filesystem>
#include <fstream>

#include "profiles/profile.h"
#include "support/fakes.h"
#include "support/random.h"
#include "support/temporary_directory.h"
#include "unit/app/variable.h"

namespace cvr::app {
namespace {

using engine::Mode;

Interaction exchange(std::string path) {
  Interaction raw;
  raw.request.method = "GET";
  raw.request.origin = {http::Scheme::kHttps, "api.example", 443};
  raw.request.path = std::move(path);
  raw.response.emplace();
  raw.response->body = "answer";
  raw.response_framing = Framing::kLength;
  return raw;
}

class SessionFilesOf : public ::testing::Test {
 protected:
  RunOptions options(Mode mode) const {
    RunOptions out;
    out.mode = mode;
    out.by_user = true;
    out.directory = at_.file("cassettes");
    return out;
  }
  void begin(const RunOptions& options) {
    auto home = open_home();
    ASSERT_TRUE(home);
    auto redactor = build_redactor(*home, options.redaction, options.proxy.limits.recorded_body_bytes);
    ASSERT_TRUE(redactor);
    files_ = std::make_shared<SessionFiles>(options, *home, *redactor, clock_);
  }
  // The mode it comes to, or why not: "CODE: text".
  std::string told(const std::string& name, const engine::Wish& wish = {}) {
    const auto session = files_->open(name, wish);
    if (session) return std::string((*session)->mode().word);
    return std::to_string(static_cast<int>(session.error().code)) + ": " + session.error().text;
  }
  void record(const std::string& name) {
    const auto session = files_->open(name, {Mode::kAll, ""});
    ASSERT_TRUE(session) << session.error().text;
    (*session)->finished(exchange("/a"), true);
    ASSERT_TRUE((*session)->close());
  }
  std::string path(const std::string& name) const { return at_.file("cassettes") + "/" + name + ".cvr"; }

  test::TemporaryDirectory at_;
  test::FakeClock clock_;
  test::Variable home_{"CVR_HOME", at_.file("home")};
  test::Variable ci_{"CI", std::nullopt};
  std::shared_ptr<SessionFiles> files_;
};

TEST_F(SessionFilesOf, EachHasItsCassetteInTheDirectory) {
  begin(options(Mode::kOnce));
  EXPECT_EQ(told("a"), "all");
  EXPECT_TRUE(std::filesystem::exists(path("a")));
  EXPECT_EQ(told("a"), "all") << "nothing was recorded";
  record("a");
  EXPECT_EQ(told("a"), "none");
  EXPECT_EQ(told("b", {std::nullopt, "a"}), "none");
  EXPECT_EQ(told("b", {std::nullopt, "a.cvr"}), "none");
  EXPECT_FALSE(std::filesystem::exists(path("b")));
  EXPECT_EQ(told("c", {Mode::kPassthrough, ""}), "passthrough");
  EXPECT_FALSE(std::filesystem::exists(path("c")));
}

TEST_F(SessionFilesOf, ACassetteIsNeverAPath) {
  begin(options(Mode::kAll));
  for (const char* name : {"../a", "/etc/passwd", "a/b", "..", "A", ".cvr"}) {
    const auto session = files_->open("s", {std::nullopt, name});
    ASSERT_FALSE(session) << name;
    EXPECT_EQ(session.error().code, ErrorCode::kMalformed) << name;
  }
  EXPECT_FALSE(std::filesystem::exists(at_.file("cassettes")));
}

TEST_F(SessionFilesOf, ANameThatHoldsASecretIsRefused) {
  const std::string secret = test::random_hex(24);
  std::ofstream(at_.file("env")) << "TOKEN=" << secret << "\n";
  RunOptions with = options(Mode::kOnce);
  with.redaction.secrets_files = {at_.file("env")};
  begin(with);
  for (const auto& wish : {engine::Wish{}, engine::Wish{std::nullopt, "a-" + secret}}) {
    const auto session = files_->open(wish.cassette.empty() ? "a-" + secret : "b", wish);
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().text.find(secret), std::string::npos);
  }
  EXPECT_FALSE(std::filesystem::exists(at_.file("cassettes")));
}

TEST_F(SessionFilesOf, WhatOneLearnsIsKeptOutOfAllCassettes) {
  begin(options(Mode::kAll));
  const std::string secret = test::random_text(24, "bcdfgh") + "-" + test::random_text(10, "klmnp");
  const auto noting = *files_->open("noting", {});
  noting->finished(exchange("/notes/" + secret), true);
  Interaction login = exchange("/a");
  login.request.fields = {{"Authorization", "Bearer " + secret}};
  (*files_->open("learning", {}))->finished(login, true);
  for (const auto& wish : {engine::Wish{}, engine::Wish{std::nullopt, "a-" + secret}}) {
    const auto session = files_->open(wish.cassette.empty() ? "a-" + secret : "b", wish);
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().text.find(secret), std::string::npos);
  }
  const auto after = *files_->open("after", {});
  after->finished(exchange("/notes/" + secret), true);
  for (const auto& session : {noting, after}) {
    ASSERT_TRUE(session->close());
    std::ifstream file(path(session->name()), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    EXPECT_NE(bytes.find("/notes/"), std::string::npos);
    EXPECT_EQ(bytes.find(secret), std::string::npos) << session->name();
  }
  EXPECT_EQ(noting->summary().purged, 1U);
}

// A recording of one session alone is found although another one has made a secret of a value in it.
TEST_F(SessionFilesOf, WhatOneLearnsDoesNotChangeWhatAnotherPlays) {
  const std::string name = test::random_text(24, "bcdfgh");
  begin(options(Mode::kAll));
  const auto recorded = *files_->open("a", {});
  recorded->finished(exchange("/notes/" + name), true);
  ASSERT_TRUE(recorded->close());
  begin(options(Mode::kAll));
  Interaction login = exchange("/a");
  login.request.fields = {{"Authorization", "Bearer " + name}};
  (*files_->open("learning", {}))->finished(login, true);
  const auto session = *files_->open("a", {Mode::kNone, ""});
  const auto decision = session->decide(exchange("/notes/" + name).request, nullptr);
  const auto* hit = std::get_if<engine::Hit>(&decision);
  ASSERT_NE(hit, nullptr);
  EXPECT_FALSE(hit->loosened);
  const auto missed = session->decide(exchange("/other/" + name).request, nullptr);
  ASSERT_TRUE(std::holds_alternative<engine::Miss>(missed));
  EXPECT_EQ(match::to_text(std::get<engine::Miss>(missed).report).find(name), std::string::npos);
}

TEST_F(SessionFilesOf, WithoutACassetteNoneMissesAndSaysWhy) {
  begin(options(Mode::kNone));
  std::vector<std::string> missed;
  files_->on_miss([&](const std::string& name, const match::MissReport& report) { missed = {name, report.reason}; });
  const auto session = files_->open("a", {});
  ASSERT_TRUE(session);
  EXPECT_TRUE(std::holds_alternative<engine::Miss>((*session)->decide(exchange("/a").request, nullptr)));
  EXPECT_EQ(missed, (std::vector<std::string>{"a", "the cassette " + path("a") + " does not exist"}));
}

TEST_F(SessionFilesOf, WithoutTrafficNothingIsLeftBehind) {
  begin(options(Mode::kOnce));
  for (const auto wish : {std::optional<Mode>(), std::optional(Mode::kNewEpisodes)}) {
    const auto session = *files_->open("a", {wish, ""});
    EXPECT_TRUE(std::filesystem::exists(path("a")));
    ASSERT_TRUE(session->close());
    EXPECT_FALSE(std::filesystem::exists(path("a")));
  }
  ASSERT_TRUE((*files_->open("a", {Mode::kAll, ""}))->close());
  EXPECT_TRUE(std::filesystem::exists(path("a")));
  const test::Variable ci("CI", "true");
  EXPECT_NE((*files_->open("a", {}))->now().absence.find("is empty"), std::string::npos);
}

TEST_F(SessionFilesOf, InCiOnceReplaysOrMisses) {
  begin(options(Mode::kOnce));
  record("known");
  const test::Variable ci("CI", "true");
  EXPECT_EQ(told("known"), "none");
  EXPECT_EQ(told("new"), "none");
  EXPECT_FALSE(std::filesystem::exists(path("new")));
  for (const Mode mode : {Mode::kAll, Mode::kNewEpisodes})
    EXPECT_EQ(files_->open("new", {mode, ""}).error().code, ErrorCode::kRefused);
  RunOptions allowed = options(Mode::kOnce);
  allowed.allow_record_in_ci = true;
  begin(allowed);
  EXPECT_EQ(told("new"), "all");
}

TEST_F(SessionFilesOf, AnotherModeBringsWhatItNeeds) {
  begin(options(Mode::kOnce));
  const auto session = *files_->open("a", {});
  session->finished(exchange("/a"), true);
  const auto switch_to = [&](Mode mode) {
    auto setup = files_->prepare(*session, mode);
    ASSERT_TRUE(setup) << setup.error().text;
    ASSERT_TRUE(session->switch_to(std::move(*setup)));
  };
  switch_to(Mode::kNone);
  EXPECT_TRUE(std::holds_alternative<engine::Hit>(session->decide(exchange("/a").request, nullptr)));
  switch_to(Mode::kNewEpisodes);
  EXPECT_TRUE(std::get<engine::Forward>(session->decide(exchange("/b").request, nullptr)).record);
  session->finished(exchange("/b"), true);
  switch_to(Mode::kPassthrough);
  switch_to(Mode::kNone);
  EXPECT_TRUE(std::holds_alternative<engine::Hit>(session->decide(exchange("/b").request, nullptr)));
  ASSERT_TRUE(session->close());
  EXPECT_EQ(session->summary().recorded, 2U);
}

TEST_F(SessionFilesOf, AReplayThatRecordsLaterKeepsItsPosition) {
  begin(options(Mode::kOnce));
  record("a");
  const auto session = *files_->open("a", {Mode::kNone, ""});
  const auto player = session->now().player;
  const auto setup = files_->prepare(*session, Mode::kNewEpisodes);
  ASSERT_TRUE(setup);
  EXPECT_EQ(setup->player, player);
  EXPECT_NE(setup->recorder, nullptr);
}

TEST_F(SessionFilesOf, AModeThatPlaysGoesOnWhereTheLastOneStood) {
  begin(options(Mode::kAll));
  const auto played = [](engine::Session& session) {
    return std::get<engine::Hit>(session.decide(exchange("/a").request, nullptr)).playback->n;
  };
  for (int i = 0; i < 2; ++i) record("a");
  const auto session = *files_->open("a", {Mode::kNewEpisodes, ""});
  const auto switch_to = [&](Mode mode) { ASSERT_TRUE(session->switch_to(*files_->prepare(*session, mode))); };
  EXPECT_EQ(played(*session), 1U);
  switch_to(Mode::kAll);
  session->finished(exchange("/a"), true);  // the cassette grows
  switch_to(Mode::kNone);
  EXPECT_EQ(session->summary().unused, 2U);
  EXPECT_EQ(played(*session), 2U);
  switch_to(Mode::kPassthrough);
  switch_to(Mode::kNewEpisodes);
  EXPECT_EQ(played(*session), 3U);
}

TEST_F(SessionFilesOf, OnceGoesOnRecordingWhatItBegan) {
  begin(options(Mode::kOnce));
  const auto session = *files_->open("a", {});
  session->finished(exchange("/a"), true);
  EXPECT_EQ(files_->prepare(*session, Mode::kOnce)->mode, Mode::kAll);
  ASSERT_TRUE(session->close());
  const auto later = *files_->open("a", {Mode::kNewEpisodes, ""});
  EXPECT_EQ(files_->prepare(*later, Mode::kOnce)->mode, Mode::kNone);
}

TEST_F(SessionFilesOf, ACassetteThatCameMeanwhileIsPlayed) {
  begin(options(Mode::kNone));
  const auto session = *files_->open("a", {});
  record("a");
  ASSERT_TRUE(session->switch_to(*files_->prepare(*session, Mode::kPassthrough)));
  ASSERT_TRUE(session->switch_to(*files_->prepare(*session, Mode::kNone)));
  EXPECT_TRUE(std::holds_alternative<engine::Hit>(session->decide(exchange("/a").request, nullptr)));
}

TEST_F(SessionFilesOf, WhatIsNotKeptLeavesTheCassetteAsItWas) {
  begin(options(Mode::kNewEpisodes));
  record("old");
  engine::Sessions all(nullptr, {.by_user = true, .forwards = true, .maker = files_});
  for (const char* name : {"old", "new", "kept"}) (*all.get(name))->finished(exchange("/b"), true);
  const auto discarded = all.eject("old", engine::Keep::kNothing);
  ASSERT_TRUE(discarded);
  EXPECT_TRUE(discarded->sealed && discarded->summary.discarded);
  EXPECT_EQ((*files_->open("old", {Mode::kNone, ""}))->summary().unused, 1U);
  const auto ended = all.close_all([](const engine::Session& session) {
    return session.name() == "new" ? engine::Keep::kNothing : engine::Keep::kAll;
  });
  EXPECT_EQ(ended.size(), 3U);
  EXPECT_FALSE(std::filesystem::exists(path("new")));
  EXPECT_TRUE(std::filesystem::exists(path("kept")));
}

TEST_F(SessionFilesOf, OverwriteHoldsOnceForEachCassette) {
  begin(options(Mode::kAll));
  record("a");
  RunOptions anew = options(Mode::kAll);
  anew.overwrite = true;
  begin(anew);
  record("a");
  record("a");  // a second session of the same name appends
  const auto session = *files_->open("a", {Mode::kNone, ""});
  EXPECT_EQ(session->summary().unused, 2U);
}

TEST_F(SessionFilesOf, KnowsWhichCassetteASessionHas) {
  begin(options(Mode::kOnce));
  const auto session = *files_->open("a", {std::nullopt, "b"});
  EXPECT_TRUE(files_->agrees(*session, {}));
  EXPECT_TRUE(files_->agrees(*session, {std::nullopt, "b.cvr"}));
  EXPECT_FALSE(files_->agrees(*session, {std::nullopt, "a"}));
  EXPECT_FALSE(files_->agrees(*session, {std::nullopt, "../b"}));
}

}  // namespace
}  // namespace cvr::app
