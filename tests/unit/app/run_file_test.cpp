#include "app/run_file.h"

#include <filesystem>

#include "os/process.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

std::string text_of(int pid, const std::string& url) {
  return "{\"pid\":" + std::to_string(pid) + ",\"address\":\"127.0.0.1\",\"port\":1,\"proxy\":\"" + url +
         "\",\"ca\":\"/r/1/ca.pem\",\"bundle\":\"/r/1/"
         "bundle.pem\",\"token\":\"t\",\"hosts\":[\"a.example\",\"*.a.example\"]}\n";
}

TEST(RunFile, IsRead) {
  const auto found = parse_run_file(text_of(7, "http://127.0.0.1:1"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->pid, 7);
  EXPECT_EQ(found->url, "http://127.0.0.1:1");
  EXPECT_EQ(found->files.ca, "/r/1/ca.pem");
  EXPECT_EQ(found->files.bundle, "/r/1/bundle.pem");
  EXPECT_EQ(found->files.node_extra, "/r/1/node-extra.pem");
  EXPECT_EQ(found->hosts, (std::vector<std::string>{"a.example", "*.a.example"}));
}

TEST(RunFile, OtherTextsAreNone) {
  for (const char* text :
       {"", "{}", "[]", "null", "{\"pid\":7}", "{\"proxy\":\"http://x\"}", "{\"pid\":\"7\",\"proxy\":\"x\"}",
        "{\"pid\":-7,\"proxy\":\"x\"}", "{\"pid\":7.5,\"proxy\":\"x\"}", "{\"pid\":7e1,\"proxy\":\"x\"}",
        "{\"pid\":99999999999999999999,\"proxy\":\"x\"}", "{\"pid\":7,\"proxy\":\"x\"", "[[[[[[7]]]]]]"}) {
    EXPECT_FALSE(parse_run_file(text)) << text;
  }
}

class FindRunning : public ::testing::Test {
 protected:
  void write(const std::string& name, int pid, const std::string& url, int age_s) {
    const std::string path = at_.write("run/" + name, text_of(pid, url));
    std::filesystem::last_write_time(path, now_ - std::chrono::seconds(age_s));
  }
  std::string found(std::string_view url = {}) const {
    const auto proxy = find_running(Home{at_.path()}, url);
    return proxy ? proxy->url : "none";
  }
  // A process that is no more: the id of a child of which nobody is left.
  static constexpr int kGone = 0x3ffffffe;

  test::TemporaryDirectory at_;
  std::filesystem::file_time_type now_ = std::filesystem::last_write_time(at_.path());
};

TEST_F(FindRunning, NoDirectoryNoProxy) { EXPECT_EQ(found(), "none"); }

TEST_F(FindRunning, TheNewestThatLives) {
  write("1.json", os::process_id(), "http://127.0.0.1:1", 100);
  write("2.json", os::process_id(), "http://127.0.0.1:2", 50);
  write("3.json", kGone, "http://127.0.0.1:3", 1);
  write("4.json", os::process_id(), "http://127.0.0.1:4", 75);
  EXPECT_EQ(found(), "http://127.0.0.1:2");
}

TEST_F(FindRunning, TheOneAskedFor) {
  write("1.json", os::process_id(), "http://127.0.0.1:1", 100);
  write("2.json", os::process_id(), "http://127.0.0.1:2", 50);
  EXPECT_EQ(found("http://127.0.0.1:1"), "http://127.0.0.1:1");
  EXPECT_EQ(found("http://127.0.0.1:9"), "none");
}

TEST_F(FindRunning, WhatTheDeadLeftIsTakenAway) {
  const std::string gone = std::to_string(kGone), here = std::to_string(os::process_id());
  for (const std::string& name : {gone, here}) {
    at_.write("run/" + name + ".json", "{}");
    at_.write("run/" + name + "/ca.pem", "x");
  }
  const std::vector<std::string> others = {gone + ".txt", "x.json", gone + "x.json", "-1.json", "0.json", "notes"};
  for (const std::string& name : others) at_.write("run/" + name, "x");
  at_.write("run/doctor-" + gone + "/0/output", "x");
  at_.write("run/doctor-" + here + "/0/output", "x");
  remove_left_behind(Home{at_.path()});
  EXPECT_FALSE(std::filesystem::exists(at_.file("run/doctor-" + gone)));
  EXPECT_TRUE(std::filesystem::exists(at_.file("run/doctor-" + here)));
  for (const std::string& name : {gone + ".json", gone}) EXPECT_FALSE(std::filesystem::exists(at_.file("run/" + name)));
  for (const std::string& name : {here + ".json", here + "/ca.pem"})
    EXPECT_TRUE(std::filesystem::exists(at_.file("run/" + name))) << name;
  for (const std::string& name : others) EXPECT_TRUE(std::filesystem::exists(at_.file("run/" + name))) << name;
  remove_left_behind(Home{at_.file("none")});
}

TEST_F(FindRunning, ForeignFilesArePassedOver) {
  at_.write("run/broken.json", "{");
  at_.write("run/large.json", std::string(100'000, ' '));
  at_.write("run/7.txt", text_of(os::process_id(), "http://127.0.0.1:5"));
  std::filesystem::create_directory(at_.file("run/directory.json"));
  EXPECT_EQ(found(), "none");
}

}  // namespace
}  // namespace cvr::app
