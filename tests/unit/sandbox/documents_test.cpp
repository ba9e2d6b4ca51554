#include "sandbox/documents.h"

namespace cvr::sandbox {
namespace {

TEST(Documents, AreKeptByKindAndBounded) {
  Documents documents(100);
  const std::uint64_t first = documents.add(DocumentKind::kLead, "{}");
  EXPECT_EQ(first, 100u);
  EXPECT_EQ(*documents.find(DocumentKind::kLead, first), "{}");
  EXPECT_EQ(documents.find(DocumentKind::kWebhook, first), nullptr);
  for (std::size_t i = 0; i < kMaxDocuments; ++i) documents.add(DocumentKind::kLead, "{}");
  EXPECT_EQ(documents.all(DocumentKind::kLead).size(), kMaxDocuments);
  EXPECT_EQ(documents.find(DocumentKind::kLead, first), nullptr);
}

}  // namespace
}  // namespace cvr::sandbox
