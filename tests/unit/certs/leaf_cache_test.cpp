#include "certs/leaf_cache.h"

namespace cvr::certs {
namespace {

LeafCache::Leaf leaf(std::int64_t from, std::int64_t until) {
  return {ContextPtr(SSL_CTX_new(TLS_server_method()), SSL_CTX_free), from, until};
}

TEST(LeafCache, FindsWhatIsUsableNow) {
  LeafCache cache(4);
  cache.put("a", leaf(10, 20));
  EXPECT_EQ(cache.find("a", 9), nullptr);
  EXPECT_NE(cache.find("a", 10), nullptr);
  EXPECT_NE(cache.find("a", 19), nullptr);
  EXPECT_EQ(cache.find("a", 20), nullptr);
  EXPECT_EQ(cache.find("b", 10), nullptr);
}

TEST(LeafCache, ANewLeafTakesThePlaceOfTheOld) {
  LeafCache cache(4);
  cache.put("a", leaf(0, 10));
  const auto second = leaf(5, 50);
  cache.put("a", second);
  EXPECT_EQ(cache.find("a", 20), second.context);
  EXPECT_EQ(cache.size(), 1U);
}

TEST(LeafCache, DropsTheLeastRecentlyUsed) {
  LeafCache cache(2);
  cache.put("a", leaf(0, 10));
  cache.put("b", leaf(0, 10));
  EXPECT_NE(cache.find("a", 1), nullptr);
  cache.put("c", leaf(0, 10));
  EXPECT_EQ(cache.size(), 2U);
  EXPECT_EQ(cache.find("b", 1), nullptr);
  EXPECT_NE(cache.find("a", 1), nullptr);
  EXPECT_NE(cache.find("c", 1), nullptr);
}

TEST(LeafCache, AContextInUseOutlivesItsPlace) {
  LeafCache cache(1);
  cache.put("a", leaf(0, 10));
  const ContextPtr used = cache.find("a", 1);
  cache.put("b", leaf(0, 10));
  EXPECT_EQ(used.use_count(), 1);
  EXPECT_NE(SSL_CTX_get_cert_store(used.get()), nullptr);
}

}  // namespace
}  // namespace cvr::certs
