#include "profiles/plan_file.h"

#include "profiles/profile_file.h"

namespace cvr::profiles {
namespace {

// Every key there is.
constexpr const char* kWhole = R"(name = "vendor"
base = "https://api.vendor.example/v2/"
token = "/token"
headers = { X-When = "${now}" }
wait_headers = ["X-Wait"]
[[variable]]
name = "key"
from = ["VENDOR_KEY", "KEY"]
shape = "uuid"
[[variable]]
name = "secret"
from = ["SECRET"]
[[variable]]
name = "way"
from = ["WAY"]
public = true
preset = "client_secret_post"
[[method]]
name = "by-token"
oauth = "client_secret_post"
id = "key"
secret = "secret"
when = { way = "client_secret_post" }
guess = true
headers = { Authorization = "Bearer ${access_token}" }
[[step]]
name = "clock"
kind = "clock"
[[step]]
name = "order"
auth = "accepted"
call = "POST /orders?key=${uuid}"
headers = { X-Key = "${key}" }
body = '{"day": "${day+3}"}'
expect = [201]
write = true
control = true
when = { way = "client_secret_post" }
save = { order = "/id" }
shows = "no orders"
[[step]]
name = "read"
call = "GET /orders/${order}"
)";

std::string complaint(const std::string& text) {
  const auto plan = parse_plan(text, "p.toml");
  if (plan) return "";
  EXPECT_EQ(plan.error().code, ErrorCode::kUsage);
  return plan.error().text;
}

TEST(PlanFile, EveryKeyIsRead) {
  const auto plan = parse_plan(kWhole, "p.toml");
  ASSERT_TRUE(plan) << plan.error().text;
  EXPECT_EQ(plan->name, "vendor");
  EXPECT_EQ(plan->base, "https://api.vendor.example/v2");
  EXPECT_EQ(plan->token_path, "/token");
  EXPECT_EQ(plan->headers, (NamedTexts{{"X-When", "${now}"}}));
  EXPECT_EQ(plan->wait_headers, std::vector<std::string>{"X-Wait"});
  ASSERT_EQ(plan->variables.size(), 3u);
  EXPECT_EQ(plan->variables[0].from, (std::vector<std::string>{"VENDOR_KEY", "KEY"}));
  EXPECT_EQ(plan->variables[0].shape, PlanVariable::Shape::kUuid);
  EXPECT_TRUE(plan->variables[2].is_public);
  EXPECT_EQ(plan->variables[2].preset, "client_secret_post");
  ASSERT_EQ(plan->methods.size(), 1u);
  EXPECT_EQ(plan->methods[0].oauth, "client_secret_post");
  EXPECT_EQ(plan->methods[0].id + plan->methods[0].secret, "keysecret");
  EXPECT_EQ(plan->methods[0].when, (NamedTexts{{"way", "client_secret_post"}}));
  EXPECT_TRUE(plan->methods[0].guess);
  ASSERT_EQ(plan->steps.size(), 3u);
  EXPECT_TRUE(plan->steps[1].control);
  EXPECT_EQ(plan->steps[0].kind, PlanStep::Kind::kClock);
  const PlanStep& order = plan->steps[1];
  EXPECT_EQ(order.auth, PlanStep::Auth::kAccepted);
  EXPECT_EQ(order.method + order.target, "POST/orders?key=${uuid}");
  EXPECT_EQ(order.body, R"({"day": "${day+3}"})");
  EXPECT_EQ(order.expect, std::vector<std::int64_t>{201});
  EXPECT_TRUE(order.write);
  EXPECT_EQ(order.save, (NamedTexts{{"order", "/id"}}));
  EXPECT_EQ(order.shows, "no orders");
  EXPECT_EQ(plan->steps[2].expect, std::vector<std::int64_t>{200});
}

TEST(PlanFile, MistakesNameTheLineAndWhatIsAllowed) {
  const std::string base = "base = \"https://h.example\"\n";
  const std::string step = base + "[[step]]\nname = \"a\"\n";  // its next line is the 4th
  const std::string good = step + "call = \"GET /\"\n";
  const std::pair<std::string, const char*> kCases[] = {
      {"", "p.toml: base is needed"},
      {base, "p.toml: at least one [[step]]"},
      {"base = [\n", "p.toml:"},
      {"bas = \"x\"\n", "p.toml:1: unknown key bas (did you mean base?)"},
      {"base = \"http://h.example\"\n", "p.toml:1: base: a URL is needed, as in \"https://"},
      {"base = \"https://u:p@h.example\"\n", "p.toml:1: base:"},
      {"base = \"https://h.example/a?b\"\n", "p.toml:1: base:"},
      {"base = 3\n", "p.toml:1: base:"},
      {base + "step = 3\n", "p.toml:2: step: tables in double brackets"},
      {step + "cal = \"GET /\"\n", "p.toml:4: unknown key cal (did you mean call?)"},
      {step + "call = \"GET\"\n", "p.toml:4: call: \"METHOD /path\""},
      {step + "call = \"get /\"\n", "p.toml:4: call:"},
      {step + "call = \"CONNECT /\"\n", "p.toml:4: call:"},
      {step + "call = \"GET /a b\"\n", "p.toml:4: call:"},
      {step + "call = \"GET //h\\u000d\\u000aX: y\"\n", "p.toml:4: call:"},
      {step + "call = \"POST /x\"\n", "p.toml:4: call: write = true is needed"},
      {step, "p.toml:2: step: call is needed"},
      {base + "[[step]]\ncall = \"GET /\"\n", "p.toml:2: step: name is needed"},
      {base + "[[step]]\nname = \"A b\"\n", "p.toml:3: name: a name of a-z"},
      {base + "[[step]]\nname = \"" + std::string(41, 'a') + "\"\n", "p.toml:3: name:"},
      {good + "kind = \"dns\"\n", "only kind = \"call\" has a call"},
      {good + "kind = \"ping\"\n", "p.toml:5: kind: one of these words is needed: call, clock, dns, tls"},
      {good + "auth = \"each\"\n", "p.toml:5: auth: the plan has no [[method]]"},
      {good + "auth = \"all\"\n", "none, made-up, each, accepted"},
      {good + "expect = [99]\n", "p.toml:5: expect: a list of statuses"},
      {good + "expect = []\n", "p.toml:5: expect:"},
      {good + "expect = 200\n", "p.toml:5: expect:"},
      {good + "control = 1\n", "p.toml:5: control: true or false"},
      {good + "write = 1\n", "p.toml:5: write: true or false"},
      {good + "headers = { X = 1 }\n", "p.toml:5: headers: a table of texts"},
      {good + "headers = { Host = \"x\" }\n", "p.toml:5: headers: Host is written by CVR itself"},
      {good + "headers = { Transfer-Encoding = \"x\" }\n", "written by CVR itself"},
      {good + "headers = { X = \"a\\u000d\\u000aY: b\" }\n", "p.toml:5: headers: X can not be sent"},
      {good + "headers = { \"X y\" = \"a\" }\n", "can not be sent in a header"},
      {good + "headers = { X = \"${tokn}\" }\n", "p.toml:5: unknown placeholder tokn"},
      {good + "headers = { X = \"${access_token}\" }\n", "p.toml:5: unknown placeholder access_token"},
      {good + "body = \"${day+9999}\"\n", "p.toml:5: unknown placeholder day+9999"},
      {good + "save = { x = \"id\" }\n", "p.toml:5: a pointer begins with '/'"},
      {good + "when = { x = \"y\" }\n", "p.toml:5: unknown variable x"},
      {good + "[[step]]\nname = \"a\"\ncall = \"GET /\"\n", "p.toml:6: name: a stands twice"},
      {base + "[[variable]]\nname = \"x\"\n", "p.toml:2: variable: name and from"},
      {base + "[[variable]]\nname = \"x\"\nfrom = [\"X\"]\npreset = \"hush\"\n", "a secret stands in no plan"},
      {base + "[[method]]\nname = \"m\"\n", "p.toml:2: method: name and headers"},
      {base + "[[method]]\nname = \"m\"\noauth = \"client_secret_post\"\nheaders = { A = \"b\" }\n", "go together"},
      {base + "[[method]]\nname = \"m\"\noauth = \"magic\"\n", "p.toml:4: oauth: one of these words"},
      {good + "[[method]]\nname = \"m\"\noauth = \"client_secret_post\"\nid = \"i\"\nsecret = \"s\"\nheaders = { A = "
              "\"b\" }\n",
       "p.toml:7: oauth: the plan has no token path"},
  };
  for (const auto& [text, wanted] : kCases) {
    const std::string got = complaint(text);
    EXPECT_NE(got.find(wanted), std::string::npos) << text << " -> " << got;
    EXPECT_EQ(got.find('\n'), std::string::npos) << got;
  }
}

TEST(PlanFile, SavedNamesHoldForLaterStepsOnly) {
  const std::string head = "base = \"https://h.example\"\n";
  const std::string save = "[[step]]\nname = \"a\"\ncall = \"GET /\"\nsave = { x = \"/id\" }\n";
  const std::string use = "[[step]]\nname = \"b\"\ncall = \"GET /${x}\"\n";
  EXPECT_EQ(complaint(head + save + use), "");
  EXPECT_NE(complaint(head + use + save).find("p.toml:4: unknown placeholder x"), std::string::npos);
}

TEST(PlanFile, LimitsOfSize) {
  std::string many = "base = \"https://h.example\"\n";
  for (int i = 0; i < 201; ++i) many += "[[step]]\nname = \"s" + std::to_string(i) + "\"\ncall = \"GET /\"\n";
  EXPECT_NE(complaint(many).find("at most 200"), std::string::npos);
  const std::string body(70'000, 'x');
  EXPECT_NE(
      complaint("base = \"https://h.example\"\n[[step]]\nname = \"s\"\ncall = \"GET /\"\nbody = \"" + body + "\"\n")
          .find("p.toml:5: body:"),
      std::string::npos);
}

TEST(PlanFile, AProfileMayHoldOne) {
  const std::string text =
      "name = \"v\"\n[probe]\nbase = \"https://h.example\"\n[[probe.step]]\nname = \"a\"\ncall = \"GET /\"\n";
  const auto profile = parse_profile(text, "v.toml");
  ASSERT_TRUE(profile) << profile.error().text;
  EXPECT_EQ(profile->probe.steps.size(), 1u);
  const auto wrong = parse_profile(text + "cal = \"x\"\n", "v.toml");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().text.find("v.toml:7: unknown key cal"), std::string::npos);
}

}  // namespace
}  // namespace cvr::profiles
