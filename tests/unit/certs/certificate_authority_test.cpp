#include "cvr/certificate_authority.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>
#include <thread>

#include "certs/inspect.h"
#include "certs/issue.h"
#include "unit/certs/support.h"

namespace cvr::certs {
namespace {

using Names = std::vector<std::string>;
using test::kDayUs;

class AuthorityTest : public ::testing::Test {
 protected:
  std::string dir() const { return place_.file("deep/home"); }
  Result<std::shared_ptr<Authority>> open(const Names& hosts = {"*.avinode.com", "avinode.com"}) {
    return Authority::open(dir(), hosts, clock_);
  }
  std::string fingerprint() { return (*open())->facts().sha256_fingerprint; }

  test::TemporaryDirectory place_;
  cvr::test::FakeClock clock_;
};

X509* leaf_of(const std::shared_ptr<SSL_CTX>& context) { return SSL_CTX_get0_certificate(context.get()); }

TEST_F(AuthorityTest, IsMadeOnceAndLoadedAfterwards) {
  const auto made = open();
  ASSERT_TRUE(made) << made.error().text;
  EXPECT_EQ((*made)->facts().permitted_hosts, Names{"avinode.com"});
  const auto loaded = open({"sandbox.avinode.com"});
  ASSERT_TRUE(loaded) << loaded.error().text;
  EXPECT_EQ((*loaded)->facts().sha256_fingerprint, (*made)->facts().sha256_fingerprint);
  EXPECT_EQ((*loaded)->certificate_pem(), (*made)->certificate_pem());
  EXPECT_EQ((*loaded)->certificate_pem().find("PRIVATE"), std::string::npos);
}

// Chromium's list of public keys is compared with what was sent.
TEST_F(AuthorityTest, TheRootIsSentBehindTheLeaf) {
  const auto authority = *open();
  const auto context = *authority->server_context("sandbox.avinode.com");
  STACK_OF(X509)* chain = nullptr;
  ASSERT_EQ(SSL_CTX_get0_chain_certs(context.get(), &chain), 1);
  ASSERT_EQ(sk_X509_num(chain), 1);
  EXPECT_EQ(X509_check_issued(sk_X509_value(chain, 0), leaf_of(context)), X509_V_OK);
}

TEST_F(AuthorityTest, TwoAuthoritiesHaveTwoNames) {
  const auto first = open();
  const auto second = Authority::rotate(dir(), {"avinode.com"}, clock_);
  EXPECT_NE((*first)->facts().subject, (*second)->facts().subject);
}

TEST_F(AuthorityTest, CoversItsDomainsInAnyCase) {
  const auto authority = *open();
  EXPECT_TRUE(authority->covers("sandbox.avinode.com"));
  EXPECT_TRUE(authority->covers("Avinode.COM"));
  EXPECT_FALSE(authority->covers("evilavinode.com"));
  EXPECT_FALSE(authority->covers("127.0.0.1"));
}

TEST_F(AuthorityTest, AScopeItDoesNotCoverIsWrongUsageWithTheCommand) {
  ASSERT_TRUE(open());
  const auto other = open({"avinode.com", "*.example.org"});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kUsage);
  EXPECT_NE(other.error().text.find("cvr ca rotate --host avinode.com --host example.org"), std::string::npos)
      << other.error().text;
}

TEST_F(AuthorityTest, AddressesInScopeAskForNothing) {
  ASSERT_TRUE(open({"127.0.0.1"}));
  EXPECT_EQ((*open({"::1"}))->facts().permitted_hosts, Names{"cvr.localhost"});
  EXPECT_EQ((*open({"::1"}))->server_context("127.0.0.1").error().code, ErrorCode::kRefused);
}

TEST_F(AuthorityTest, OddPatternsAreRefusedByAllMakers) {
  EXPECT_EQ(open({"*"}).error().code, ErrorCode::kUsage);
  EXPECT_EQ(Authority::rotate(dir(), {"*"}, clock_).error().code, ErrorCode::kUsage);
  EXPECT_EQ(Authority::ephemeral("x", {"*"}, clock_).error().code, ErrorCode::kUsage);
  EXPECT_EQ(::access(dir().c_str(), F_OK), -1);  // nothing was made on the way
}

TEST_F(AuthorityTest, LoosePermissionsAreAnEnvironmentErrorWithTheMend) {
  ASSERT_TRUE(open());
  ASSERT_EQ(::chmod((dir() + "/ca.key").c_str(), 0644), 0);
  const auto loose = open();
  ASSERT_FALSE(loose);
  EXPECT_EQ(loose.error().code, ErrorCode::kEnvironment);
  EXPECT_NE(loose.error().text.find("chmod 600"), std::string::npos);
}

TEST_F(AuthorityTest, ExpiryIsToldADayAhead) {
  ASSERT_TRUE(open());
  clock_.advance_us(88 * kDayUs - 2'000'000);
  EXPECT_TRUE(open());
  clock_.advance_us(3'000'000);
  const auto late = open();
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::kEnvironment);
  EXPECT_NE(late.error().text.find("expires within a day"), std::string::npos) << late.error().text;
  EXPECT_NE(late.error().text.find("cvr ca rotate --host avinode.com"), std::string::npos);
  clock_.advance_us(kDayUs);
  EXPECT_NE(open().error().text.find("has expired"), std::string::npos);
}

TEST_F(AuthorityTest, AClockFarBackIsTold) {
  ASSERT_TRUE(open());
  clock_.advance_us(-2 * kDayUs);
  EXPECT_NE(open().error().text.find("clock"), std::string::npos);
}

TEST_F(AuthorityTest, RotationReplacesForNewHosts) {
  const std::string before = fingerprint();
  clock_.advance_us(100 * kDayUs);  // an expired one may be replaced
  const auto rotated = Authority::rotate(dir(), {"*.example.org"}, clock_);
  ASSERT_TRUE(rotated) << rotated.error().text;
  EXPECT_EQ((*rotated)->facts().permitted_hosts, Names{"example.org"});
  EXPECT_NE((*rotated)->facts().sha256_fingerprint, before);
  const auto loaded = open({"a.example.org"});
  ASSERT_TRUE(loaded);
  EXPECT_EQ((*loaded)->facts().sha256_fingerprint, (*rotated)->facts().sha256_fingerprint);
}

TEST_F(AuthorityTest, RotationMendsALooseKeyAndMakesTheFirst) {
  ASSERT_TRUE(Authority::rotate(dir(), {"avinode.com"}, clock_));
  ASSERT_EQ(::chmod((dir() + "/ca.key").c_str(), 0644), 0);
  ASSERT_TRUE(Authority::rotate(dir(), {"avinode.com"}, clock_));
  EXPECT_EQ(test::mode_of(dir() + "/ca.key"), 0600U);
}

TEST_F(AuthorityTest, ThreadsThatRaceEndWithOneAuthority) {
  constexpr int kRacers = 8;
  std::vector<std::string> fingerprints(kRacers);
  std::vector<std::thread> racers;
  for (int i = 0; i < kRacers; ++i) racers.emplace_back([&, i] { fingerprints[i] = fingerprint(); });
  for (auto& racer : racers) racer.join();
  EXPECT_EQ(std::set<std::string>(fingerprints.begin(), fingerprints.end()).size(), 1U);
  EXPECT_EQ(fingerprints[0], fingerprint());
}

TEST_F(AuthorityTest, ProcessesThatRaceEndWithOneAuthority) {
  constexpr int kRacers = 4;
  std::vector<pid_t> children;
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  for (int i = 0; i < kRacers; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      const std::string text = fingerprint();
      ::_exit(::write(pipe_ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0 : 1);
    }
    children.push_back(child);
  }
  ::close(pipe_ends[1]);
  const std::string expected_size(95, ' ');
  std::set<std::string> seen;
  for (int i = 0; i < kRacers; ++i) {
    std::string text = expected_size;  // writes this small are atomic
    ASSERT_EQ(::read(pipe_ends[0], text.data(), text.size()), static_cast<ssize_t>(text.size()));
    seen.insert(text);
  }
  ::close(pipe_ends[0]);
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(seen.size(), 1U);
}

TEST_F(AuthorityTest, OpeningDuringRotationSeesOneWholePair) {
  ASSERT_TRUE(open());
  std::thread rotating([&] {
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(Authority::rotate(dir(), {"avinode.com"}, clock_));
  });
  for (int i = 0; i < 50; ++i) {
    const auto loaded = open();
    EXPECT_TRUE(loaded) << loaded.error().text;
  }
  rotating.join();
}

TEST_F(AuthorityTest, ServerContextHoldsALeafThatVerifies) {
  const auto authority = *Authority::ephemeral("Stand-in CA", {"avinode.com"}, clock_);
  const auto context = authority->server_context("Sandbox.avinode.com");
  ASSERT_TRUE(context) << context.error().text;
  const X509Ptr root = std::move(*parse_certificate(authority->certificate_pem()));
  EXPECT_EQ(test::verify(leaf_of(*context), root.get(), "sandbox.avinode.com"), X509_V_OK);
  EXPECT_EQ(authority->facts().subject, "CN=Stand-in CA,O=CVR local proxy");
}

TEST_F(AuthorityTest, LeavesAreCachedAndShareOneKey) {
  const auto authority = *open();
  const auto first = *authority->server_context("a.avinode.com");
  EXPECT_EQ(*authority->server_context("a.avinode.com"), first);
  EXPECT_EQ(*authority->server_context("A.AVINODE.COM"), first);
  const auto other = *authority->server_context("b.avinode.com");
  EXPECT_NE(other, first);
  EXPECT_EQ(EVP_PKEY_eq(X509_get0_pubkey(leaf_of(first)), X509_get0_pubkey(leaf_of(other))), 1);
}

TEST_F(AuthorityTest, LeavesAreMadeAnewPastHalfTheirLife) {
  const auto authority = *open();
  const auto first = *authority->server_context("a.avinode.com");
  const std::int64_t half_us = (kLeafLifetime - kLeafBackdated) / 2 * 1'000'000;  // of what is still to come
  clock_.advance_us(half_us - 1'000'000);
  EXPECT_EQ(*authority->server_context("a.avinode.com"), first);
  clock_.advance_us(1'000'000);
  const auto second = *authority->server_context("a.avinode.com");
  EXPECT_NE(second, first);
  const std::int64_t now_s = clock_.utc_us() / 1'000'000;
  EXPECT_EQ(validity_of(leaf_of(second)).not_before_utc_s, now_s - kLeafBackdated);
  EXPECT_LE(validity_of(leaf_of(second)).not_after_utc_s, now_s - kLeafBackdated + kDay);
}

TEST_F(AuthorityTest, AClockSetBackMakesLeavesAnew) {
  const auto authority = *open();
  clock_.advance_us(10 * kDayUs);
  const auto first = *authority->server_context("a.avinode.com");
  clock_.advance_us(-5 * kDayUs);
  const auto second = *authority->server_context("a.avinode.com");
  EXPECT_NE(second, first);
  EXPECT_LE(validity_of(leaf_of(second)).not_before_utc_s, clock_.utc_us() / 1'000'000);
}

TEST_F(AuthorityTest, NearTheEndLeavesEndWithTheAuthority) {
  const auto authority = *open();
  clock_.advance_us(89 * kDayUs - 3'600'000'000);  // an hour before
  const auto first = *authority->server_context("a.avinode.com");
  EXPECT_EQ(validity_of(leaf_of(first)).not_after_utc_s, authority->facts().not_after_utc_s);
  clock_.advance_us(3'000'000'000);
  EXPECT_EQ(*authority->server_context("a.avinode.com"), first);  // a new one would gain nothing
  clock_.advance_us(600'000'000);
  const auto over = authority->server_context("a.avinode.com");
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, ErrorCode::kEnvironment);
  EXPECT_NE(over.error().text.find("cvr ca rotate --host avinode.com"), std::string::npos);
}

TEST_F(AuthorityTest, HostsWithoutALeafAreRefused) {
  const auto authority = *open();
  for (const std::string& host :
       {std::string("127.0.0.1"), std::string("::1"), std::string("*.avinode.com"), std::string("example.org"),
        std::string("evilavinode.com"), std::string(254, 'a'), std::string("a\0.avinode.com", 14),
        std::string("a..avinode.com"), std::string("com"), std::string()}) {
    const auto context = authority->server_context(host);
    ASSERT_FALSE(context) << host;
    EXPECT_EQ(context.error().code, ErrorCode::kRefused) << host;
  }
  EXPECT_NE(authority->server_context("example.org").error().text.find("--host avinode.com --host example.org"),
            std::string::npos);
}

TEST_F(AuthorityTest, AWalkThroughNamesIsBoundedAndThreadsMayWalkAtOnce) {
  const auto authority = *Authority::ephemeral("CA", {"avinode.com"}, clock_);
  std::weak_ptr<SSL_CTX> first = *authority->server_context("first.avinode.com");
  std::vector<std::thread> walkers;
  for (int walker = 0; walker < 2; ++walker) {
    walkers.emplace_back([&, walker] {
      for (int i = 0; i < 520; ++i) {
        const std::string host = "h" + std::to_string(walker * 1000 + i) + ".avinode.com";
        EXPECT_TRUE(authority->server_context(host));
      }
    });
  }
  for (auto& walker : walkers) walker.join();
  EXPECT_TRUE(first.expired());  // 1,040 others came after it, 1,024 are kept
}

TEST_F(AuthorityTest, AContextOutlivesItsAuthority) {
  std::shared_ptr<SSL_CTX> server;
  {
    const auto authority = *Authority::ephemeral("CA", {"avinode.com"}, clock_);
    server = *authority->server_context("a.avinode.com");
  }
  const ContextPtr client = test::careless_client();
  test::Wire wire(client.get(), server.get());
  EXPECT_TRUE(wire.shake());
}

}  // namespace
}  // namespace cvr::certs
