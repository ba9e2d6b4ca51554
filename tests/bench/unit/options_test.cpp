#include "load/options.h"

namespace cvr::load {
namespace {

std::expected<Options, std::string> read(std::vector<std::string> words) {
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  return read_options(pointers);
}

TEST(LoadOptions, ReadsUrlAndAddresses) {
  const auto options = read({"--url", "https://bench.test:8443/a?b={n}", "--proxy", "127.0.0.1:99", "--pids", "1,22"});
  ASSERT_TRUE(options) << options.error();
  EXPECT_EQ(options->url.host, "bench.test");
  EXPECT_EQ(options->url.port, 8443);
  EXPECT_EQ(options->url.target, "/a?b={n}");
  EXPECT_EQ(options->proxy.ipv4, 0x7f000001u);
  EXPECT_EQ(options->proxy.port, 99);
  EXPECT_EQ(options->pids, (std::vector<int>{1, 22}));
}

TEST(LoadOptions, DefaultPortsAndTarget) {
  EXPECT_EQ(read({"--url", "https://h", "--connect-to", "127.0.0.1:1"})->url.port, 443);
  EXPECT_EQ(read({"--url", "http://h", "--connect-to", "127.0.0.1:1"})->url.port, 80);
  EXPECT_EQ(read({"--url", "http://h", "--connect-to", "127.0.0.1:1"})->url.target, "/");
}

TEST(LoadOptions, LoopbackOnly) {
  for (const char* address : {"192.0.2.1:80", "localhost:80", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1", ":80"}) {
    EXPECT_FALSE(read({"--url", "http://h", "--connect-to", address})) << address;
  }
}

TEST(LoadOptions, RefusesWhatItCannotDo) {
  const std::vector<std::string> sound = {"--url", "https://h/", "--proxy", "127.0.0.1:1"};
  ASSERT_TRUE(read(sound));
  for (const std::vector<std::string>& more : std::vector<std::vector<std::string>>{
           {"--what"},
           {"--seconds"},
           {"--seconds", "0"},
           {"--seconds", "-1"},
           {"--seconds", "1x"},
           {"--connections", "0"},
           {"--requests", "0"},
           {"--keys", "0"},
           {"--scattered"},
           {"--pids", "1,,2"},
           {"--pids", ""},
           {"--url", "ftp://h/"},
           {"--url", "https:///x"},
           {"--url", "https://h:x/"},
           {"--url", "https://h/a b"},
           {"--url", "http://h/"},  // through a proxy only in absolute-form
           {"--connect-to", "127.0.0.1:2"},
       }) {
    auto words = sound;
    words.insert(words.end(), more.begin(), more.end());
    EXPECT_FALSE(read(words)) << more.front() << " " << more.back();
  }
  EXPECT_FALSE(read({}));
  EXPECT_FALSE(read({"--url", "https://h/"}));
  EXPECT_FALSE(read({"--url", "https://h/", "--connect-to", "127.0.0.1:1", "--absolute"}));
}

}  // namespace
}  // namespace cvr::load
