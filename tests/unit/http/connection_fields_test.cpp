#include "http/connection_fields.h"

namespace cvr::http {
namespace {

TEST(ConnectionFields, ByTheirOwnName) {
  EXPECT_TRUE(belongs_to_connection({}, "Connection"));
  EXPECT_TRUE(belongs_to_connection({}, "transfer-encoding"));
  EXPECT_TRUE(belongs_to_connection({}, "Proxy-Authenticate"));
  EXPECT_FALSE(belongs_to_connection({}, "Trailer"));
  EXPECT_FALSE(belongs_to_connection({}, "X-Foo"));
}

TEST(ConnectionFields, BecauseConnectionNamesThem) {
  const Fields fields = {
      {"Connection", "close, X-Foo"}, {"X-Foo", "1"}, {"connection", " ,x-bar\t"}, {"X-Other", "X-Baz"}};
  EXPECT_TRUE(belongs_to_connection(fields, "x-foo"));
  EXPECT_TRUE(belongs_to_connection(fields, "X-Bar"));
  EXPECT_TRUE(belongs_to_connection(fields, "Close"));
  EXPECT_FALSE(belongs_to_connection(fields, "X-Baz"));
  EXPECT_FALSE(belongs_to_connection(fields, "X-Fo"));
  EXPECT_FALSE(belongs_to_connection(fields, ""));
}

}  // namespace
}  // namespace cvr::http
