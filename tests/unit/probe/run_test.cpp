#include "probe/run.h"

#include <algorithm>

#include "unit/probe/kit.h"

namespace cvr::probe {
namespace {

using Outcome = Row::Outcome;
using Steps = std::vector<std::string>;

class RunTest : public ::testing::Test {
 protected:
  Report go(const Settings& settings, RunOptions options = {}) {
    auto read = Credentials::read(plan_, {settings});
    EXPECT_TRUE(read);
    credentials_ = *std::move(read);
    return run({plan_, credentials_, vendor_, options}, world_);
  }
  Settings without(std::vector<std::string> names) {
    Settings out = test::all_settings();
    std::erase_if(out, [&](const auto& one) { return std::ranges::find(names, one.first) != names.end(); });
    return out;
  }

  profiles::Plan plan_ = test::plan();
  const profiles::Diagnosis vendor_ = test::vendor();
  Credentials credentials_;
  test::FakeWorld world_;
};

TEST_F(RunTest, AllStepsInTheOrderOfThePlan) {
  const Report report = go(test::all_settings());
  EXPECT_EQ(world_.steps(), (Steps{"clock", "unauthenticated", "wrong-credential", "auth-static", "token-oauth",
                                   "auth-oauth", "act-as-static", "act-as-oauth", "orders"}));
  EXPECT_TRUE(report.passed());
  EXPECT_EQ(report.accepted, "static");
  EXPECT_EQ(report.count(Outcome::kFail), 0u);
  EXPECT_EQ(test::row_of(report, "create").outcome, Outcome::kSkipped);
  EXPECT_NE(test::row_of(report, "create").meaning.find("--write"), std::string::npos);
  EXPECT_EQ(test::row_of(report, "clock").got, "+0 s");  // half a second, to even
  EXPECT_EQ(test::row_of(report, "dns").got, "192.0.2.1");
  EXPECT_EQ(test::row_of(report, "tls").meaning, "issued by R11");
  EXPECT_EQ(test::row_of(report, "orders").n, 9u);
  EXPECT_EQ(world_.shown.size(), report.rows.size());
}

TEST_F(RunTest, AtMostOneCallASecond) {
  go(test::all_settings(), {.write = true});
  ASSERT_GE(world_.sent.size(), 10u);
  for (std::size_t i = 1; i < world_.sent.size(); ++i) {
    EXPECT_GE(world_.sent[i].at_us - world_.sent[i - 1].at_us, 1'000'000) << world_.sent[i].step;
  }
}

TEST_F(RunTest, EachMethodAloneAndTheControlsWithoutARealCredential) {
  const Settings settings = test::all_settings();
  go(settings);
  const auto value = [&](const std::string& step, const char* name) {
    return std::string(http::value_of(world_.request(step)->fields, name));
  };
  EXPECT_EQ(value("auth-static", "authorization"), "Bearer " + settings[1].second);
  EXPECT_EQ(value("auth-static", "x-key"), settings[0].second);
  EXPECT_EQ(value("auth-oauth", "authorization"), "Bearer a-token-of-the-test");
  EXPECT_EQ(value("auth-oauth", "x-key"), "");
  EXPECT_EQ(value("auth-static", "x-as"), "");
  EXPECT_EQ(value("act-as-static", "x-as"), settings[4].second);
  EXPECT_EQ(value("unauthenticated", "authorization") + value("unauthenticated", "x-key"), "");
  EXPECT_NE(value("wrong-credential", "authorization"), "");
  for (const char* step : {"clock", "unauthenticated", "wrong-credential"}) {
    std::string all = world_.request(step)->body;
    for (const auto& [name, text] : world_.request(step)->fields) all += name + text;
    for (const auto& [name, secret] : settings) {
      if (name == "VENDOR_WAY") continue;
      EXPECT_EQ(all.find(secret), std::string::npos) << step << " " << name;
    }
  }
}

TEST_F(RunTest, TheWrongCredentialIsANewOneEachTime) {
  go(test::all_settings());
  const std::string first(http::value_of(world_.request("wrong-credential")->fields, "authorization"));
  world_.sent.clear();
  go(test::all_settings());
  EXPECT_NE(first, http::value_of(world_.request("wrong-credential")->fields, "authorization"));
}

TEST_F(RunTest, WhatIsNotConfiguredIsSkippedByName) {
  const Report report = go(without({"VENDOR_KEY", "VENDOR_WAY", "VENDOR_ACCOUNT"}));
  EXPECT_EQ(test::row_of(report, "auth-static").outcome, Outcome::kSkipped);
  EXPECT_NE(test::row_of(report, "auth-static").meaning.find("VENDOR_KEY (or KEY) is not set"), std::string::npos);
  EXPECT_NE(test::row_of(report, "auth-oauth").meaning.find("VENDOR_WAY is not set"), std::string::npos);
  EXPECT_EQ(test::row_of(report, "orders").meaning, "no method was accepted");
  EXPECT_EQ(world_.steps(), (Steps{"clock", "unauthenticated", "wrong-credential"}));
  EXPECT_FALSE(report.passed());
  EXPECT_EQ(report.count(Outcome::kFail), 0u);
}

TEST_F(RunTest, WhatIsMissingForAnyMethodAtAll) {
  go({});
  EXPECT_EQ(why_no_method(plan_, credentials_), "static: VENDOR_BEARER is not set; VENDOR_KEY (or KEY) is not set");
  go(without({"VENDOR_KEY"}));
  EXPECT_EQ(why_no_method(plan_, credentials_), "");  // OAuth is there
  plan_.methods.clear();
  EXPECT_EQ(why_no_method(plan_, credentials_), "");
}

TEST_F(RunTest, ASecretOfAnotherMethodIsNotSent) {
  Settings settings = test::all_settings();
  settings.back().second = "client_secret_basic";
  const Report report = go(settings);
  EXPECT_NE(test::row_of(report, "auth-oauth").meaning.find("VENDOR_WAY is not client_secret_post"), std::string::npos);
  EXPECT_EQ(world_.request("token-oauth"), nullptr);
}

TEST_F(RunTest, WithoutAnAccountActingAsOneIsSkipped) {
  const Report report = go(without({"VENDOR_ACCOUNT"}));
  EXPECT_EQ(test::row_of(report, "act-as").outcome, Outcome::kSkipped);
  EXPECT_EQ(test::row_of(report, "act-as").meaning, "VENDOR_ACCOUNT is not set");
  EXPECT_TRUE(report.passed());
}

// RFC 9110 section 10.2.3: a 503 may ask for it as well; one that does not is an error like others.
TEST_F(RunTest, A503ThatAsksToWaitIsHeard) {
  for (const bool asks : {true, false}) {
    world_.sent.clear();
    world_.answer = [&](const test::Sent& sent) {
      Answer out = sent.step == "auth-static" ? test::answered(503) : test::sound(sent);
      if (asks && sent.step == "auth-static") out.fields = {{"Retry-After", "120"}};
      return out;
    };
    const Report report = go(test::all_settings());
    EXPECT_EQ(report.wait_s, asks ? std::optional<std::int64_t>(120) : std::nullopt);
    EXPECT_EQ(report.stopped.find("503") != std::string::npos, asks) << report.stopped;
    EXPECT_EQ(world_.steps().back() == "auth-static", asks);
  }
}

TEST_F(RunTest, StopsAt429AndSaysHowLong) {
  const std::pair<http::Fields, std::optional<std::int64_t>> kCases[] = {
      {{{"Retry-After", "37"}}, 37},
      {{{"X-Wait", "59"}}, 59},
      {{{"Date", "Mon, 16 Mar 2026 08:00:00 GMT"}, {"Retry-After", "Mon, 16 Mar 2026 08:02:00 GMT"}}, 120},
      {{{"Retry-After", "soon"}}, std::nullopt},
      {{{"Retry-After", "99999999999999999999"}}, std::nullopt},
      {{{"Retry-After", "-5"}}, std::nullopt},
      {{}, std::nullopt},
  };
  for (const auto& [fields, wait] : kCases) {
    world_.sent.clear();
    world_.answer = [&](const test::Sent& sent) {
      Answer out = sent.step == "auth-static" ? test::answered(429) : test::sound(sent);
      if (sent.step == "auth-static") out.fields = fields;
      return out;
    };
    const Report report = go(test::all_settings());
    EXPECT_EQ(report.wait_s, wait);
    EXPECT_NE(report.stopped.find("429"), std::string::npos);
    EXPECT_EQ(world_.steps().back(), "auth-static");
    EXPECT_EQ(test::row_of(report, "orders").outcome, Outcome::kNotRun);
    EXPECT_FALSE(report.reached);
    EXPECT_FALSE(report.passed());
  }
}

TEST_F(RunTest, ARefusedCredentialIsNotTriedOnEverything) {
  world_.answer = [](const test::Sent& sent) {
    return sent.step == "clock" ? test::sound(sent) : test::answered(401, "BAD_CREDENTIAL");
  };
  const Report report = go(test::all_settings());
  EXPECT_EQ(test::row_of(report, "orders").outcome, Outcome::kSkipped);
  EXPECT_EQ(test::row_of(report, "auth-static").outcome, Outcome::kFail);
  EXPECT_EQ(test::row_of(report, "auth-static").code, "BAD_CREDENTIAL");
  EXPECT_EQ(test::row_of(report, "token-oauth").outcome, Outcome::kFail);
  EXPECT_EQ(test::row_of(report, "auth-oauth").meaning, "the token endpoint gave no token");
  EXPECT_EQ(std::ranges::count(world_.steps(), "token-oauth"), 1);
  EXPECT_TRUE(report.reached);
}

TEST_F(RunTest, ErrorsOfTheServerDoNotEndIt) {
  world_.answer = [](const test::Sent& sent) {
    return sent.step.starts_with("auth") ? test::failed(FailureKind::kReset) : test::answered(503);
  };
  const Report report = go(test::all_settings());
  EXPECT_EQ(test::row_of(report, "auth-static").got, "reset");
  EXPECT_EQ(test::row_of(report, "orders").got, "503");
  EXPECT_FALSE(report.reached);
}

TEST_F(RunTest, AClosedWayEndsIt) {
  for (const FailureKind kind : {FailureKind::kDns, FailureKind::kConnect, FailureKind::kTls}) {
    world_.sent.clear();
    world_.way = {};
    world_.way.failure = Failure{kind, "x"};
    world_.answer = [kind](const test::Sent&) { return test::failed(kind); };
    const Report report = go(test::all_settings());
    EXPECT_EQ(world_.steps(), Steps{"clock"});
    EXPECT_EQ(test::row_of(report, "dns").outcome, Outcome::kFail);
    EXPECT_EQ(test::row_of(report, "tls").outcome, Outcome::kNotRun);
    EXPECT_NE(report.stopped.find("can not be reached"), std::string::npos);
  }
}

TEST_F(RunTest, TheClockIsHeldAgainstTheVendors) {
  world_.answer = [](const test::Sent& sent) {
    Answer out = test::sound(sent);
    if (sent.step == "clock") out.fields = {{"Date", test::http_date(sent.at_us - 400'000'000)}};
    return out;
  };
  const Report wrong = go(test::all_settings());
  EXPECT_EQ(test::row_of(wrong, "clock").outcome, Outcome::kFail);
  EXPECT_EQ(test::row_of(wrong, "clock").got, "-400 s");
  world_.answer = [](const test::Sent& sent) { return sent.step == "clock" ? test::answered(200) : test::sound(sent); };
  EXPECT_EQ(test::row_of(go(test::all_settings()), "clock").outcome, Outcome::kSkipped);
}

TEST_F(RunTest, AnAnswerThatAControlShouldNotGetIsAFailure) {
  world_.answer = [](const test::Sent& sent) {
    return sent.step == "unauthenticated" ? test::answered(200) : test::sound(sent);
  };
  const Report report = go(test::all_settings());
  EXPECT_EQ(test::row_of(report, "unauthenticated").outcome, Outcome::kFail);
  EXPECT_NE(test::row_of(report, "unauthenticated").meaning.find("must be refused"), std::string::npos);
}

TEST_F(RunTest, ErrorsInsideA200AreNoSuccess) {
  world_.answer = [](const test::Sent& sent) {
    return sent.step == "orders" ? test::answered(200, "SOFT") : test::sound(sent);
  };
  EXPECT_EQ(test::row_of(go(test::all_settings()), "orders").outcome, Outcome::kFail);
}

TEST_F(RunTest, WritesOnlyWhenAskedForAndGoesOnWithWhatWasMade) {
  const Settings settings = test::all_settings();
  const Report report = go(settings, {.write = true});
  EXPECT_TRUE(report.passed());
  EXPECT_EQ(world_.request("create")->body, R"({"day": "2026-02-28", "by": ")" + settings[4].second + "\"}");
  EXPECT_EQ(http::value_of(world_.request("create")->fields, "content-type"), "application/json");
  EXPECT_EQ(world_.request("read")->path, "/v2/orders/order%2F7");  // what the vendor says is no path of its own
}

TEST_F(RunTest, WhatNothingWasMadeOfIsSkipped) {
  world_.answer = [](const test::Sent& sent) {
    return sent.step == "create" ? test::answered(422, "LIFT") : test::sound(sent);
  };
  const Report report = go(test::all_settings(), {.write = true});
  EXPECT_EQ(test::row_of(report, "create").outcome, Outcome::kFail);
  EXPECT_EQ(test::row_of(report, "read").meaning, "no earlier step has given order");
}

TEST_F(RunTest, ASignalEndsItBetweenAndWithinCalls) {
  world_.most_waits = 2;
  const Report between = go(test::all_settings());
  EXPECT_TRUE(between.ended);
  EXPECT_EQ(world_.sent.size(), 2u);  // the clock, a second, the handshake, a second, the first control
  EXPECT_EQ(test::row_of(between, "orders").outcome, Outcome::kNotRun);

  test::FakeWorld cut;
  cut.answer = [](const test::Sent& sent) {
    Answer out = test::sound(sent);
    out.cut = sent.step == "auth-static";
    return out;
  };
  const Report within = run({plan_, credentials_, vendor_, {}}, cut);
  EXPECT_TRUE(within.ended);
  EXPECT_EQ(cut.steps().back(), "auth-static");
}

TEST_F(RunTest, PlansWithoutMethodsAndWithoutATryOfEach) {
  plan_ = test::plan("base = \"https://h.example\"\n[[step]]\nname = \"up\"\ncall = \"GET /\"\n");
  EXPECT_TRUE(go({}).passed());
  plan_ = test::plan(
      "base = \"https://h.example\"\n[[variable]]\nname = \"k\"\nfrom = [\"K\"]\n[[method]]\nname = \"m\"\nheaders = { "
      "A = "
      "\"${k}\" }\n[[step]]\nname = \"read\"\nauth = \"accepted\"\ncall = \"GET /\"\n[[step]]\nname = \"more\"\nauth = "
      "\"accepted\"\ncall = \"GET /more\"\n");
  const Settings key = {{"K", random_uuid(world_.entropy())}};
  EXPECT_TRUE(go(key).passed());
  world_.answer = [](const test::Sent&) { return test::answered(401); };
  const Report refused = go(key);
  EXPECT_EQ(test::row_of(refused, "read").outcome, Outcome::kFail);
  EXPECT_EQ(test::row_of(refused, "more").outcome, Outcome::kSkipped);
}

TEST_F(RunTest, ARefusalByPolicyEndsIt) {
  world_.way.refused = "a private address";
  const Report report = go(test::all_settings());
  EXPECT_EQ(report.stopped, "a private address");
  EXPECT_EQ(world_.steps(), Steps{"clock"});
}

// Three methods of one secret, of which nobody says which works.
profiles::Plan guesses() {
  std::string text = test::kPlan;
  const std::string_view when = "when = { way = \"client_secret_post\" }\n";
  text.insert(text.find(when) + when.size(), "guess = true\n");
  const std::size_t at = text.find("[[step]]");
  text.insert(at,
              "[[method]]\nname = \"basic\"\noauth = \"client_secret_basic\"\nid = \"id\"\nsecret = \"secret\"\n"
              "when = { way = \"client_secret_basic\" }\nguess = true\n"
              "headers = { Authorization = \"Bearer ${access_token}\" }\n");
  return test::plan(text);
}

struct Guessed {
  test::FakeWorld world;
  Report report;
  const test::Sent* sent(std::string_view step) const {
    const auto found = std::ranges::find(world.sent, step, &test::Sent::step);
    return found == world.sent.end() ? nullptr : &*found;
  }
};

void guess(Guessed& out, std::string_view works, const std::string& way = "") {
  const profiles::Plan plan = guesses();
  Settings settings = test::all_settings();
  std::erase_if(settings, [](const auto& one) { return one.first == "VENDOR_WAY"; });
  if (!way.empty()) settings.emplace_back("VENDOR_WAY", way);
  const Credentials credentials = *Credentials::read(plan, {settings});
  const profiles::Diagnosis vendor = test::vendor();
  out.world.answer = [works](const test::Sent& sent) {
    const bool token = sent.step.starts_with("token-");
    return token && sent.step != works ? test::answered(401, "invalid_client") : test::sound(sent);
  };
  out.report = run({plan, credentials, vendor, {}}, out.world);
}

TEST(Guesses, OneAfterTheOtherUntilThereIsAToken) {
  Guessed first;
  guess(first, "token-oauth");
  EXPECT_EQ(test::row_of(first.report, "token-oauth").outcome, Row::Outcome::kPass);
  EXPECT_EQ(first.sent("token-basic"), nullptr);
  EXPECT_NE(test::row_of(first.report, "auth-basic").meaning.find("oauth works"), std::string::npos);
  EXPECT_TRUE(first.report.passed());

  Guessed second;
  guess(second, "token-basic");
  EXPECT_TRUE(second.sent("token-oauth")->tag.trial);
  EXPECT_EQ(test::row_of(second.report, "token-oauth").outcome, Row::Outcome::kSkipped);
  EXPECT_EQ(test::row_of(second.report, "token-basic").outcome, Row::Outcome::kPass);
  EXPECT_EQ(test::row_of(second.report, "auth-basic").outcome, Row::Outcome::kPass);
  EXPECT_TRUE(second.report.passed());
}

TEST(Guesses, WhereNoneWorksTheLastOneSaysSo) {
  Guessed none;
  guess(none, "");
  EXPECT_EQ(test::row_of(none.report, "token-oauth").outcome, Row::Outcome::kSkipped);
  EXPECT_EQ(test::row_of(none.report, "token-basic").outcome, Row::Outcome::kFail);
  EXPECT_FALSE(none.report.passed());
}

TEST(Guesses, WhoeverSaysWhichGetsThatOneAndNoTrial) {
  Guessed told;
  guess(told, "token-oauth", "client_secret_basic");
  EXPECT_EQ(told.sent("token-oauth"), nullptr);
  EXPECT_FALSE(told.sent("token-basic")->tag.trial);
  EXPECT_EQ(test::row_of(told.report, "token-basic").outcome, Row::Outcome::kFail);
}

TEST(Run, ControlsOfThePlanAreTaggedSo) {
  std::string text = test::kPlan;
  text +=
      "[[step]]\nname = \"no-such-path\"\nauth = \"accepted\"\ncontrol = true\ncall = \"GET /nowhere\"\nexpect = "
      "[404]\n";
  const profiles::Plan plan = test::plan(text);
  const Credentials credentials = *Credentials::read(plan, {test::all_settings()});
  const profiles::Diagnosis vendor = test::vendor();
  test::FakeWorld world;
  run({plan, credentials, vendor, {}}, world);
  for (const test::Sent& sent : world.sent) {
    EXPECT_EQ(sent.tag.control, sent.step == "no-such-path" || sent.step == "clock") << sent.step;
  }
}

}  // namespace
}  // namespace cvr::probe
