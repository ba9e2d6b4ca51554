#include "sandbox/reasons.h"

#include "sandbox/errors.h"

namespace cvr::sandbox {
namespace {

TEST(Reasons, EveryStatusOfTheCatalogueHasOne) {
  for (const ErrorRow& line : default_catalogue()) EXPECT_FALSE(reason_phrase(line.status).empty()) << line.status;
  EXPECT_EQ(reason_phrase(201), "Created");
  EXPECT_EQ(reason_phrase(599), "");
}

}  // namespace
}  // namespace cvr::sandbox
