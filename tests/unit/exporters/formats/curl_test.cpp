// The lines are run by a real sh, where curl is a function that prints its arguments.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/base64.h"
#include "kit.h"
#include "support/golden.h"
#include "support/random.h"
#include "support/temporary_directory.h"

namespace cvr::exporters {
namespace {

using Words = std::vector<std::string>;
struct Call {
  Words arguments;
  std::string input;  // standard input, when it is read
};

// How many arguments, the arguments, the bytes of standard input in hex or "-": each ends with NUL.
constexpr std::string_view kStub = R"sh(
curl() {
  printf '%s\0' "$#"
  for a; do printf '%s\0' "$a"; done
  case "$*" in
    *@-) od -An -v -tx1 | tr -d ' \n' ;;
    *) printf - ;;
  esac
  printf '\0'
}
AUTHORIZATION=real1 APITOKEN='real 2$(id)' BODY_SECRET=real3 CLIENT_ID=me CLIENT_SECRET='s`id`'
)sh";

std::string output_of(const std::string& script) {
  const test::TemporaryDirectory directory;
  std::ofstream(directory.file("s.sh"), std::ios::binary) << kStub << script;
  const std::string command = "cd '" + directory.path() + "' && sh -eu s.sh 2>&1";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  std::string output;
  char buffer[4096];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, got);
  EXPECT_EQ(::pclose(pipe), 0) << output << '\n' << script;
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1) << "something was executed";
  return output;
}

// What curl is called with, command by command.
std::vector<Call> run(const std::string& script) {
  const std::string output = output_of(script);
  std::size_t at = 0;
  const auto next = [&] {
    const std::size_t end = std::min(output.find('\0', at), output.size());
    std::string word = output.substr(at, end - at);
    at = end + 1;
    return word;
  };
  std::vector<Call> calls;
  while (at < output.size()) {
    Call& call = calls.emplace_back();
    for (int left = std::atoi(next().c_str()); left > 0; --left) call.arguments.push_back(next());
    if (const std::string hex = next(); hex != "-") call.input = hex_decode(hex).value_or("no hex");
  }
  return calls;
}

Call run_one(const RedactedParts& parts) {
  const auto calls = run(exported("curl", {RedactionPass::vouch(parts)}));
  EXPECT_EQ(calls.size(), 1U);
  return calls.empty() ? Call() : calls[0];
}

bool has(const Call& call, const Words& words) {
  return std::search(call.arguments.begin(), call.arguments.end(), words.begin(), words.end()) != call.arguments.end();
}

TEST(Curl, IsReadable) { test::expect_golden("exporters/samples.sh", exported("curl", samples(), true)); }

TEST(Curl, GivesTheRequest) {
  const Call call = run_one(sample());
  EXPECT_EQ(call.arguments,
            (Words{"-sS", "--globoff", "-X", "GET", "--url", "https://api.example.com/trips/t-1?fields%5Ba%5D=x+y&flag",
                   "-H", "accept: application/json", "-H", "Authorization: Bearer real1"}));
}

TEST(Curl, TakesCredentialsFromTheEnvironment) {
  const auto calls = run("TOKEN=t COOKIE=c\n" + exported("curl", samples(), true));
  ASSERT_EQ(calls.size(), samples().size());
  EXPECT_TRUE(has(calls[1], {"--data-raw", R"x({"apiToken" : "real 2$(id)","seats":"4","by":"a@b.c"})x"}));
  EXPECT_TRUE(has(calls[2], {"--data-raw", "grant_type=client_credentials&client_id=me&client_secret=s`id`"}));
  EXPECT_TRUE(has(calls[3], {"--head"}));
}

TEST(Curl, PipesBinaryBodies) {
  const auto calls = run(exported("curl", {samples()[4]}));
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_TRUE(has(calls[0], {"--data-binary", "@-"}));
  EXPECT_EQ(calls[0].input, std::string_view("\x00\x01%-'\nreal3\xff", 12));
}

TEST(Curl, PipesLongBodies) {
  RedactedParts parts = sample();
  parts.request.body.content.text = std::string(300'000, 'x');
  parts.request.body.content.text += "'%\\n-";
  EXPECT_EQ(run_one(parts).input, parts.request.body.content.text);
}

TEST(Curl, IsSafeAgainstAnyText) {
  const Call call = run_one(hostile());
  EXPECT_TRUE(has(call, {"--url", "https://api.example.com/'$(id)`id`\"?a='&b=\"$HOME"}));
  EXPECT_TRUE(has(call, {"-H", "X-Evil: '$(id)`id`\"\\"}));
  EXPECT_TRUE(has(call, {"-H", "-X: --next"}));
  EXPECT_TRUE(has(call, {"-H", "X-Empty;"}));
  EXPECT_TRUE(has(call, {"--compressed"}));
  for (const std::string& word : call.arguments) {
    EXPECT_FALSE(word.starts_with("@f")) << word;
    EXPECT_FALSE(word.starts_with("Connection")) << word;
    EXPECT_FALSE(word.starts_with("Transfer")) << word;
    EXPECT_FALSE(word.starts_with("X-Line")) << word;
  }
  EXPECT_EQ(call.input, hostile().request.body.content.text);
}

TEST(Curl, CarriesEveryByte) {
  RedactedParts parts = sample();
  for (int c = 0; c < 256; ++c) parts.request.body.content.text += static_cast<char>(c);
  for (int c = 255; c >= 0; --c) parts.request.body.content.text += static_cast<char>(c);
  const std::string all = parts.request.body.content.text;
  EXPECT_EQ(run_one(parts).input, all);
  parts.request.body.content.text.clear();
  for (int c = 0x20; c < 0x7f; ++c) parts.request.body.content.text += static_cast<char>(c);
  parts.request.body.content.text += "\n\t\r'";
  EXPECT_TRUE(has(run_one(parts), {"-H", "Content-Type:", "--data-raw", parts.request.body.content.text}));
}

TEST(Curl, KeepsOddMethodsAndPathsApart) {
  RedactedParts parts = sample();
  parts.request.method = "-o x\n'";
  parts.request.path.text = "/../a";
  EXPECT_TRUE(has(run_one(parts), {"-X", "-o x\\n'", "--path-as-is"}));
  parts.request.path.text = "/a\nb";
  EXPECT_TRUE(has(run_one(parts), {"--url", "https://api.example.com"}));
  parts.request.path.text = "*";
  parts.request.has_query = false;
  EXPECT_TRUE(has(run_one(parts), {"--request-target", "*", "--url", "https://api.example.com"}));
}

TEST(Curl, SaysThatABodyIsOmitted) {
  RedactedParts parts = sample();
  parts.request.body.omitted = "omitted: over the body limit";
  EXPECT_NE(exported("curl", {RedactionPass::vouch(parts)}).find("# the request body is not here (omitted: over"),
            std::string::npos);
}

}  // namespace
}  // namespace cvr::exporters
