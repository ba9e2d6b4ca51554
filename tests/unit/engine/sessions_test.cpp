#include "engine/sessions.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace cvr::engine {
namespace {

std::shared_ptr<Session> passing(const std::string& name) {
  SessionParts parts;
  parts.name = name;
  parts.cassette = name + ".cvr";
  parts.mode = Mode::kPassthrough;
  return std::make_shared<Session>(std::move(parts));
}

class Maker : public SessionMaker {
 public:
  Result<std::shared_ptr<Session>> open(const std::string& name, const Wish&) override {
    ++opened;
    if (name == "broken") return fail(ErrorCode::kEnvironment, "broken.cvr can not be read");
    return passing(name);
  }
  Result<Setup> prepare(const Session&, Mode mode) override {
    ++prepared;
    return Setup{mode, nullptr, nullptr, ""};
  }
  bool agrees(const Session& session, const Wish& wish) const override {
    return wish.cassette.empty() || wish.cassette == session.cassette();
  }
  std::atomic<int> opened = 0;
  int prepared = 0;
};

class SessionsOf : public ::testing::Test {
 protected:
  std::unique_ptr<Sessions> make(std::shared_ptr<Session> unnamed = nullptr, std::size_t most = 10'000) {
    return std::make_unique<Sessions>(
        std::move(unnamed), SessionsOptions{.by_user = true, .forwards = true, .most = most, .maker = maker_});
  }
  std::shared_ptr<Maker> maker_ = std::make_shared<Maker>();
};

TEST(SessionName, IsLowerCaseAndShort) {
  for (const char* name : {"a", "0", "trips-2.b_c", "a..b"}) EXPECT_TRUE(is_session_name(name)) << name;
  EXPECT_TRUE(is_session_name(std::string(100, 'a')));
  for (const char* name : {"", "A", "-a", ".a", "_a", "a/b", "a\\b", "a b", "a%2e", "\xc3\xa4", "a\n"})
    EXPECT_FALSE(is_session_name(name)) << name;
  EXPECT_FALSE(is_session_name(std::string(101, 'a')));
  EXPECT_FALSE(is_session_name(std::string_view("a\0b", 3)));
}

TEST_F(SessionsOf, WhoAsksFirstOpensIt) {
  const auto all = make();
  EXPECT_EQ(all->unnamed(), nullptr);
  EXPECT_EQ(all->find("a"), nullptr);
  const auto a = all->get("a");
  ASSERT_TRUE(a);
  EXPECT_EQ((*a)->name(), "a");
  EXPECT_EQ(*all->get("a"), *a);
  EXPECT_EQ(all->find("a"), *a);
  EXPECT_EQ(maker_->opened, 1);
}

TEST_F(SessionsOf, ManyThreadsOpenEachNameOnce) {
  const auto all = make();
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 64; ++i) EXPECT_TRUE(all->get("s" + std::to_string(i)));
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(maker_->opened, 64);
  EXPECT_EQ(all->size(), 64U);
}

TEST_F(SessionsOf, ManyThreadsGetAndEject) {
  const auto all = make();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        const auto got = all->get("s");
        ASSERT_TRUE(got);
        ASSERT_NE(*got, nullptr);
        const auto ended = all->eject("s");
        EXPECT_TRUE(ended || ended.error().code == ErrorCode::kNotFound);
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST_F(SessionsOf, WhatCanNotBeOpenedIsTriedAnew) {
  const auto all = make();
  for (int i = 1; i <= 2; ++i) {
    const auto got = all->get("broken");
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().text, "broken.cvr can not be read");
    EXPECT_EQ(maker_->opened, i);
  }
  EXPECT_EQ(all->size(), 0U);
}

TEST_F(SessionsOf, ThereIsABound) {
  const auto all = make(nullptr, 2);
  ASSERT_TRUE(all->get("a"));
  ASSERT_TRUE(all->get("b"));
  const auto third = all->get("c");
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, ErrorCode::kLimit);
  ASSERT_TRUE(all->eject("a"));
  EXPECT_TRUE(all->get("c"));
}

TEST_F(SessionsOf, EjectedItBeginsAnew) {
  const auto all = make();
  const auto before = *all->get("a");
  before->count_refused();
  const auto ended = all->eject("a");
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->summary.refused, 1U);
  EXPECT_EQ(ended->cassette, "a.cvr");
  EXPECT_TRUE(before->has_ended());
  EXPECT_EQ(all->eject("a").error().code, ErrorCode::kNotFound);
  const auto after = *all->get("a");
  EXPECT_NE(after, before);
  EXPECT_EQ(after->summary().refused, 0U);
  EXPECT_EQ(all->totals().refused, 1U);
}

TEST_F(SessionsOf, TheUnnamedOneIsCalledAsNobodyCanBeAndStays) {
  const auto own = passing("-");
  const auto all = make(own);
  EXPECT_EQ(all->unnamed(), own);
  EXPECT_EQ(all->find("-"), own);
  EXPECT_TRUE(all->admits("-") && !is_session_name("-"));
  EXPECT_EQ(all->eject("-").error().code, ErrorCode::kUsage);
  EXPECT_NE(*all->get("default"), own) << "a name like any other";
  EXPECT_EQ(make()->configure("-", {}).error().code, ErrorCode::kNotFound);
}

TEST_F(SessionsOf, AWishBringsTheRunningOneToAnotherMode) {
  const auto all = make(passing("-"));
  ASSERT_TRUE(all->configure("a", {Mode::kPassthrough, ""}));
  EXPECT_TRUE(all->configure("a", {std::nullopt, "a.cvr"}));
  EXPECT_EQ(all->configure("a", {std::nullopt, "other.cvr"}).error().code, ErrorCode::kUsage);
  EXPECT_TRUE(all->configure("-", {Mode::kPassthrough, ""}));
}

TEST_F(SessionsOf, TheSameWishAgainChangesNothing) {
  const auto all = make();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(all->configure("a", {Mode::kPassthrough, ""}));
  EXPECT_EQ(maker_->prepared, 0);
}

TEST_F(SessionsOf, AReplayStaysWithoutAnUpstream) {
  Sessions all(passing("default"), {.by_user = false, .forwards = false, .maker = maker_});
  EXPECT_EQ(all.configure("default", {Mode::kAll, ""}).error().code, ErrorCode::kUsage);
  EXPECT_EQ(all.configure("a", {}).error().code, ErrorCode::kUsage) << "names mean nothing here";
}

TEST_F(SessionsOf, OneForEverybodyCanNotBeChanged) {
  Sessions all(passing("default"));
  EXPECT_FALSE(all.by_user());
  EXPECT_TRUE(all.forwards());
  EXPECT_EQ(all.configure("default", {Mode::kPassthrough, ""}).error().code, ErrorCode::kUsage);
}

TEST_F(SessionsOf, TheListIsByNameAndBounded) {
  const auto all = make();
  for (const char* name : {"c", "a", "b"}) ASSERT_TRUE(all->get(name));
  const auto two = all->list(2);
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(two[0]->name(), "a");
  EXPECT_EQ(two[1]->name(), "b");
}

TEST_F(SessionsOf, AtTheEndAllAreToldOf) {
  const auto all = make(passing("-"));
  ASSERT_TRUE(all->get("b"));
  ASSERT_TRUE(all->get("a"));
  ASSERT_TRUE(all->eject("b"));
  std::vector<std::string> names;
  for (const Ended& ended : all->close_all()) {
    names.push_back(ended.summary.name);
    EXPECT_TRUE(ended.sealed);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"b", "-", "a"}));
}

}  // namespace
}  // namespace cvr::engine
