#include "net/control_api.h"

#include <gtest/gtest.h>

namespace cvr::net {
namespace {

class Maker : public engine::SessionMaker {
 public:
  Result<std::shared_ptr<engine::Session>> open(const std::string& name, const engine::Wish&) override {
    if (name == "refused") return fail(ErrorCode::kRefused, "CI=true");
    if (name == "broken") return fail(ErrorCode::kEnvironment, "unreadable");
    engine::SessionParts parts;
    parts.name = name;
    parts.mode = engine::Mode::kPassthrough;
    return std::make_shared<engine::Session>(std::move(parts));
  }
  Result<engine::Setup> prepare(const engine::Session&, engine::Mode mode) override {
    return engine::Setup{mode, nullptr, nullptr, ""};
  }
  bool agrees(const engine::Session&, const engine::Wish& wish) const override { return wish.cassette.empty(); }
};

class ControlApi : public ::testing::Test {
 protected:
  ControlApi() {
    context_.sessions = std::make_shared<engine::Sessions>(
        nullptr, engine::SessionsOptions{.by_user = true, .forwards = true, .maker = std::make_shared<Maker>()});
  }
  http::Response ask(std::string_view method, std::string_view path, std::string_view body = "") {
    return control_answer(context_, method, path, body);
  }
  int status(std::string_view method, std::string_view path, std::string_view body = "") {
    return ask(method, path, body).status;
  }
  Context context_{ProxyOptions{}};
};

TEST_F(ControlApi, ASessionComesAndGoes) {
  EXPECT_EQ(status("GET", "/api/v1/sessions/a"), 404);
  EXPECT_EQ(status("PUT", "/api/v1/sessions/a", R"({"mode":"passthrough"})"), 200);
  EXPECT_EQ(status("GET", "/api/v1/sessions/a"), 200);
  EXPECT_EQ(status("HEAD", "/api/v1/sessions/a"), 200);
  EXPECT_EQ(status("POST", "/api/v1/sessions/a/rewind"), 200);
  EXPECT_NE(session_to_eject(context_, "/api/v1/sessions/a/eject"), nullptr);
  EXPECT_EQ(session_to_eject(context_, "/api/v1/sessions/a/rewind"), nullptr);
  const http::Response ended = ask("POST", "/api/v1/sessions/a/eject");
  EXPECT_EQ(ended.status, 200);
  EXPECT_NE(ended.body.find(R"("miss_reports":[])"), std::string::npos) << ended.body;
  EXPECT_EQ(status("POST", "/api/v1/sessions/a/eject"), 404);
}

TEST_F(ControlApi, EjectTakesWhetherToDiscard) {
  for (const char* body : {"", "{}", R"({"discard":true})"}) {
    EXPECT_EQ(status("PUT", "/api/v1/sessions/a"), 200);
    EXPECT_EQ(status("POST", "/api/v1/sessions/a/eject", R"({"discard":1})"), 400);
    EXPECT_EQ(status("POST", "/api/v1/sessions/a/eject", body), 200) << body;
  }
}

TEST_F(ControlApi, WhyNotIsInTheStatus) {
  EXPECT_EQ(status("PUT", "/api/v1/sessions/refused"), 403);
  EXPECT_EQ(status("PUT", "/api/v1/sessions/broken"), 503);
  EXPECT_EQ(status("PUT", "/api/v1/sessions/a", "{"), 400);
  EXPECT_EQ(status("PUT", "/api/v1/sessions/a"), 200);
  EXPECT_EQ(status("PUT", "/api/v1/sessions/a", R"({"cassette":"b"})"), 409);
  for (const char* name : {"..", "A", "%61", "a%00"})
    EXPECT_EQ(status("PUT", "/api/v1/sessions/" + std::string(name)), 400) << name;
}

TEST_F(ControlApi, IdleSlashesMeanNothing) {
  for (const char* path : {"//healthz", "/healthz/", "/metrics/", "/api//v1/status/", "/api/v1/sessions/", "//"})
    EXPECT_EQ(status("GET", path), 200) << path;
  EXPECT_EQ(status("PUT", "/api/v1/sessions/"), 405);
  EXPECT_EQ(status("PUT", "//api/v1/sessions/a/"), 200);
  EXPECT_EQ(status("POST", "/api/v1/sessions/a/rewind/"), 200);
  EXPECT_NE(session_to_eject(context_, "/api/v1/sessions/a/eject/"), nullptr);
  EXPECT_EQ(status("POST", "/api/v1/sessions//a/eject/"), 200);
}

TEST_F(ControlApi, MethodsAndPagesThatAreNone) {
  for (const char* path :
       {"/x", "/api/v1/sessions/a/other", "/api/v1/sessionsa", "/api/v1/sessions/a/eject/x", "*", ""})
    EXPECT_EQ(status("GET", path), 404) << path;
  EXPECT_EQ(status("DELETE", "/api/v1/sessions/a"), 405);
  EXPECT_EQ(status("PUT", "/api/v1/sessions/a/eject"), 405);
  EXPECT_EQ(status("POST", "/api/v1/status"), 405);
}

TEST_F(ControlApi, AnswersAreTextThatNobodyTakesForAPage) {
  for (const char* path : {"/", "/healthz", "/metrics", "/api/v1/status", "/api/v1/sessions"}) {
    const http::Response answer = ask("GET", path);
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_EQ(http::value_of(answer.fields, "x-content-type-options"), "nosniff");
    EXPECT_EQ(http::value_of(answer.fields, "cache-control"), "no-store");
    EXPECT_EQ(http::value_of(answer.fields, "access-control-allow-origin"), "");
  }
}

TEST_F(ControlApi, SeriesOfSessionsAreBounded) {
  for (int i = 0; i < 150; ++i) ASSERT_EQ(status("PUT", "/api/v1/sessions/s" + std::to_string(i)), 200);
  const std::string text = ask("GET", "/metrics").body;
  EXPECT_NE(text.find("cvr_sessions 150\n"), std::string::npos);
  std::size_t series = 0;
  for (std::size_t at = text.find("cvr_session_hits{"); at != text.npos; at = text.find("cvr_session_hits{", at + 1))
    ++series;
  EXPECT_EQ(series, 100U);
}

TEST_F(ControlApi, TotalsNeverGoDown) {
  const auto session = *context_.sessions->get("a");
  session->finished({}, false);
  EXPECT_NE(ask("GET", "/metrics").body.find("cvr_forwarded_total 1\n"), std::string::npos);
  ASSERT_EQ(status("POST", "/api/v1/sessions/a/eject"), 200);
  EXPECT_NE(ask("GET", "/metrics").body.find("cvr_forwarded_total 1\n"), std::string::npos);
}

}  // namespace
}  // namespace cvr::net
