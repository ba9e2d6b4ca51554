#include "diagnose/citations.h"

#include "diagnose/facts.h"

namespace cvr::diagnose {
namespace {

TEST(Citations, OnceInOrderAndOfManyTheEnds) {
  std::vector<Call> calls(50);
  Finding finding = fault("x", {}, "y");
  for (std::size_t i = 0; i < calls.size(); ++i) calls[i].n = 50 - i;
  for (const Call& call : calls) finding.calls.insert(finding.calls.end(), {&call, &call});
  const Calls cited = citations(finding);
  ASSERT_EQ(cited.size(), kMostCitations);
  EXPECT_EQ(cited.front()->n, 1u);
  EXPECT_EQ(cited[9]->n, 10u);
  EXPECT_EQ(cited[10]->n, 41u);
  EXPECT_EQ(cited.back()->n, 50u);
  EXPECT_TRUE(citations(pass("x")).empty());
}

}  // namespace
}  // namespace cvr::diagnose
