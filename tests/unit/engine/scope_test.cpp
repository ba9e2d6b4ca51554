#include "engine/scope.h"

namespace cvr::engine {
namespace {

TEST(Scope, HoldsWhatOneOfItsPatternsNames) {
  const Scope scope({"avinode.com", "*.avinode.com", "127.0.0.1"});
  for (const char* host : {"avinode.com", "sandbox.avinode.com", "a.b.avinode.com", "127.0.0.1"}) {
    EXPECT_TRUE(scope.holds(host)) << host;
  }
  for (const char* host :
       {"", "com", "avinode.co", "notavinode.com", "avinode.com.evil.example", ".avinode.com", "127.0.0.2"}) {
    EXPECT_FALSE(scope.holds(host)) << host;
  }
}

TEST(Scope, AWildcardAloneDoesNotHoldItsDomain) { EXPECT_FALSE(Scope({"*.avinode.com"}).holds("avinode.com")); }

TEST(Scope, NoPatternsHoldNothingAndAStarHoldsAll) {
  EXPECT_FALSE(Scope({}).holds("avinode.com"));
  EXPECT_TRUE(Scope({"*"}).holds("anything.example"));
}

}  // namespace
}  // namespace cvr::engine
