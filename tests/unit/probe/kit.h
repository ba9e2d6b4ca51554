// A made-up world for probes: answers by step or by a function, a clock that only waiting moves.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "probe/run.h"
#include "profiles/plan_file.h"
#include "support/fakes.h"

namespace cvr::probe::test {

struct Sent {
  std::string step;
  http::Request request;
  std::int64_t at_us = 0;
  Tag tag = {};
};

class FakeWorld : public World {
 public:
  explicit FakeWorld(std::uint64_t seed = 7) : entropy_(seed) {}

  Answer call(http::Request request, const Tag& tag) override;
  Way look_up(const http::Origin& origin, const std::string& step) override;
  Way greet(const http::Origin& origin, const std::string& step) override;
  bool wait_ms(std::int64_t ms) override;
  void show(const Row& row) override { shown.push_back(row.step); }
  const cvr::Clock& clock() const override { return clock_; }
  Entropy& entropy() override { return entropy_; }

  std::vector<std::string> steps() const;
  const http::Request* request(const std::string& step) const;  // the first of that step

  std::function<Answer(const Sent&)> answer;  // asked for each call
  Way way{{"192.0.2.1"}, "R11", "TLSv1.3", 0, {}, 0, "", false};
  std::vector<Sent> sent;
  std::vector<std::int64_t> waits;  // ms
  std::vector<std::string> shown;
  std::size_t most_waits = 1'000;  // then it is told to end
  cvr::test::FakeClock clock_;

 private:
  cvr::test::SeededEntropy entropy_;
};

Answer answered(int status, const std::string& code = "", const std::string& body = "");
Answer failed(FailureKind kind);

// A plan with one of each: clock, dns, tls, both controls, two methods, reads, writes.
extern const char* const kPlan;
profiles::Plan plan(const std::string& text = kPlan);
// Values for all of its variables; made at run time.
Settings all_settings(std::uint64_t seed = 1);
profiles::Diagnosis vendor();

std::string http_date(std::int64_t utc_us);

// As a vendor whose everything works: made-up and absent credentials get 401.
Answer sound(const Sent& sent);

const Row& row_of(const Report& report, const std::string& step);  // fails the test when it is not there

}  // namespace cvr::probe::test
