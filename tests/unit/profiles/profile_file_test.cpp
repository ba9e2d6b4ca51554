#include "profiles/profile_file.h"

namespace cvr::profiles {
namespace {

std::string complaint(std::string_view text) {
  const auto profile = parse_profile(text, "dir/vendor.toml");
  if (profile) return "";
  EXPECT_EQ(profile.error().code, ErrorCode::kUsage);
  return profile.error().text;
}

// Every table there is.
constexpr const char* kWhole = R"(name = "vendor"
hosts = ["api.vendor.example"]
kept_jwt_claims = ["scope"]
token_prefixes = ["vnd_"]
uuid_markers = ["VENDOR_ID"]
id_prefixes = ["order-"]
display_id_size = 6
rebuild = { weekday = "sunday", from = "23:05", to = "23:59", hosts = ["test.vendor.example"] }
[headers]
X-Vendor-Key = "token"
X-Vendor-Trace = "keep"
[query]
key = "token"
page = "keep"
[form]
pin = "password pii"
step = "keep"
[cookies]
sid = "token"
lang = "keep"
[json]
"person.name" = "name pii"
"/data/*/price" = "price commercial"
"/next~1page" = "keep"
[xml]
Token = "token"
Title = "keep"
[[pattern]]
expression = 'N[0-9]+'
kind = "tail"
level = "commercial"
[[pattern]]
expression = 'x'
[volatile]
headers = ["Date"]
query = ["ts"]
json = ["now"]
form = ["nonce"]
)";

TEST(ProfileFile, EveryTableIsRead) {
  const auto p = parse_profile(kWhole, "vendor.toml");
  ASSERT_TRUE(p) << p.error().text;
  EXPECT_EQ(p->name, "vendor");
  EXPECT_EQ(p->hosts, std::vector<std::string>{"api.vendor.example"});
  EXPECT_EQ(p->kept_jwt_claims, std::vector<std::string>{"scope"});
  EXPECT_EQ(p->token_prefixes, std::vector<std::string>{"vnd_"});
  EXPECT_EQ(p->uuid_markers, std::vector<std::string>{"VENDOR_ID"});
  EXPECT_EQ(p->id_prefixes, std::vector<std::string>{"order-"});
  EXPECT_EQ(p->display_id_size, 6u);
  EXPECT_EQ(p->rebuild, (Rebuild{6, 23 * 60 + 5, 23 * 60 + 59, {"test.vendor.example"}}));
  EXPECT_EQ(p->secret_headers.at(0).name, "X-Vendor-Key");
  EXPECT_EQ(p->kept_headers, std::vector<std::string>{"X-Vendor-Trace"});
  EXPECT_EQ(p->secret_query.at(0).kind, Kind::kToken);
  EXPECT_EQ(p->kept_query, std::vector<std::string>{"page"});
  EXPECT_EQ(p->secret_form.at(0).level, Privacy::kPii);
  EXPECT_EQ(p->kept_form, std::vector<std::string>{"step"});
  EXPECT_EQ(p->secret_cookies.at(0).name, "sid");
  EXPECT_EQ(p->kept_cookies, std::vector<std::string>{"lang"});
  EXPECT_EQ(p->secret_json.at(1).name, "/data/*/price");
  EXPECT_EQ(p->secret_json.at(1).level, Privacy::kCommercial);
  EXPECT_EQ(p->kept_json, std::vector<std::string>{"/next~1page"});
  EXPECT_EQ(p->secret_xml.at(0).name, "Token");
  EXPECT_EQ(p->kept_xml, std::vector<std::string>{"Title"});
  EXPECT_EQ(p->patterns.at(0).kind, Kind::kTail);
  EXPECT_EQ(p->patterns.at(1).level, Privacy::kCredentials);
  EXPECT_EQ(p->volatile_headers, std::vector<std::string>{"Date"});
  EXPECT_EQ(p->volatile_query, std::vector<std::string>{"ts"});
  EXPECT_EQ(p->volatile_json, std::vector<std::string>{"now"});
  EXPECT_EQ(p->volatile_form, std::vector<std::string>{"nonce"});
}

TEST(ProfileFile, ErrorsNameLineAndWhatIsAllowed) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "dir/vendor.toml: name is needed"},
      {"name = 1", "dir/vendor.toml:1: name: a text"},
      {"name = 'v'\nheader = 1", "dir/vendor.toml:2: unknown key header (did you mean headers?)"},
      {"name = 'v'\n[headers]\nX-A = 'tokne'", "dir/vendor.toml:3: unknown kind tokne (did you mean token?)"},
      {"name = 'v'\n[headers]\nX-A = 'token pi'", "dir/vendor.toml:3: unknown level pi"},
      {"name = 'v'\n[headers]\nX-A = 1", "dir/vendor.toml:3: X-A: \"KIND\""},
      {"name = 'v'\nheaders = 1", "dir/vendor.toml:2: headers: a table"},
      {"name = 'v'\n[headers]\nAuthorization = 'keep'", "dir/vendor.toml:3: Authorization is never kept"},
      {"name = 'v'\n[headers]\n\"X A\" = 'token'", "dir/vendor.toml:3: header: X A can not"},
      {"name = 'v'\nhosts = ['a.example',\n'a b']", "dir/vendor.toml:3: hosts: a b is no host"},
      {"name = 'v'\nhosts = ['https://a.example']", "dir/vendor.toml:2: hosts: https://a.example is no host"},
      {"name = 'v'\n[xml]\n\"a/b\" = 'token'", "dir/vendor.toml:3: xml: a/b finds nothing"},
      {"name = 'v'\n[json]\n\"a*b\" = 'token'", "dir/vendor.toml:3: '*' stands only"},
      {"name = 'v'\n[headers]\n\"*\" = 'keep'", "dir/vendor.toml:3: '*' alone"},
      {"name = 'v'\n[json]\n\"/a~2\" = 'token'", "dir/vendor.toml:3: in a pointer"},
      {"name = 'v'\n[json]\n\"/\" = 'token'", "dir/vendor.toml:3: an empty pointer"},
      {"name = 'v'\n[json]\n\"\" = 'token'", "dir/vendor.toml:3: an empty name"},
      {"name = 'v'\ndisplay_id_size = 99", "dir/vendor.toml:2: display_id_size: a number"},
      {"name = 'v'\nrebuild = 'monday'", "dir/vendor.toml:2: rebuild: {"},
      {"name = 'v'\n[rebuild]\nweekday = 'monday'\nfrom = '06:00'\nto = '08:00'", "dir/vendor.toml:2: rebuild: {"},
      {"name = 'v'\n[rebuild]\nweekday = 'mo'\nfrom = '06:00'\nto = '08:00'\nhosts = ['a']",
       "dir/vendor.toml:2: rebuild: {"},
      {"name = 'v'\n[rebuild]\nweekday = 'monday'\nfrom = '24:00'\nto = '08:00'\nhosts = ['a']",
       "dir/vendor.toml:2: rebuild: {"},
      {"name = 'v'\n[rebuild]\nweekday = 'monday'\nfrom = '8:00'\nto = '09:00'\nhosts = ['a']",
       "dir/vendor.toml:2: rebuild: {"},
      {"name = 'v'\n[rebuild]\nweekday = 'monday'\nfrom = '08:00'\nto = '08:00'\nhosts = ['a']",
       "dir/vendor.toml:2: rebuild: {"},
      {"name = 'v'\n[rebuild]\nday = 'monday'", "dir/vendor.toml:3: unknown key day"},
      {"name = 'v'\nhosts = 'x'", "dir/vendor.toml:2: hosts: a list"},
      {"name = 'v'\nhosts = [1]", "dir/vendor.toml:2: hosts: a list"},
      {"name = 'v'\ntoken_prefixes = ['ab']", "dir/vendor.toml:2: token_prefixes: at least three"},
      {"name = 'v'\n[[pattern]]\nkind = 'token'", "dir/vendor.toml:2: pattern: expression"},
      {"name = 'v'\n[[pattern]]\nregex = 'x'", "dir/vendor.toml:3: unknown key regex"},
      {"name = 'v'\n[pattern]\nexpression = 'x'", "dir/vendor.toml:2: pattern: [[pattern]]"},
      {"name = 'v'\n[volatile]\nheader = ['x']", "dir/vendor.toml:3: unknown key header (did you mean headers?)"},
      {"name = 'v'\nname = 'w'", "dir/vendor.toml:2: "},
  };
  for (const auto& [text, words] : cases)
    EXPECT_TRUE(complaint(text).starts_with(words)) << text << ": " << complaint(text);
}

TEST(ProfileFile, PrefixesAreFew) {
  std::string text = "name = 'v'\ntoken_prefixes = [";
  for (int i = 0; i < 101; ++i) text += "'abc" + std::to_string(i) + "',";
  EXPECT_NE(complaint(text + "]").find("too many"), std::string::npos);
}

TEST(ProfileFile, Pointers) {
  for (const char* good : {"/a", "/a/b", "/*/b", "/a~0b~1c", "//", "/0"}) EXPECT_EQ(pointer_problem(good), "") << good;
  for (const char* bad : {"", "/", "a", "/a~", "/~2"}) EXPECT_NE(pointer_problem(bad), "") << bad;
  std::string deep;
  for (int i = 0; i < 65; ++i) deep += "/a";
  EXPECT_NE(pointer_problem(deep), "");
}

TEST(ProfileFile, Wildcards) {
  for (const char* good : {"*shade", "shade*", "*shade*", "shade", "", "x-foo-*"})
    EXPECT_EQ(wildcard_problem(good), "") << good;
  for (const char* bad : {"*", "**", "a*b", "*a*b", "***a", "*-"}) EXPECT_NE(wildcard_problem(bad), "") << bad;
  for (const char* good : {"parent.*shade", "/data/*/shade", "*shade", "a.b"})
    EXPECT_EQ(json_wildcard_problem(good), "");
  for (const char* bad : {"*parent.shade", "parent.*", "a.b*c"}) EXPECT_NE(json_wildcard_problem(bad), "") << bad;
}

}  // namespace
}  // namespace cvr::profiles
