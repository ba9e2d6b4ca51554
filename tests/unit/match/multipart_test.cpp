#include "match/multipart.h"

#include "kit.h"

namespace cvr::match {
namespace {

TEST(Boundary, IsReadFromTheContentType) {
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(boundary_of("multipart/form-data;charset=x;BOUNDARY=\"a b;c\"; q=1"), "a b;c");
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=abc; x=y"), "abc");
}

TEST(Boundary, IsEmptyWhenThereIsNoUsableOne) {
  for (const std::string_view type : {"", ";", "multipart/x", "multipart/x;", "multipart/x; boundary",
                                      "x; noboundary=y", "x; boundary=", "x; boundary=\"", "x; ;;"}) {
    EXPECT_EQ(boundary_of(type), "") << type;
  }
  EXPECT_EQ(boundary_of("x; boundary=" + std::string(70, 'a')).size(), 70U);
  EXPECT_EQ(boundary_of("x; boundary=" + std::string(71, 'a')), "");
}

TEST(WithoutBoundary, ReplacesDelimiterLinesOnly) {
  const RedactedText body = marked("--B\r\nhere --B stays\r\n--B\r\n\n--B--");
  EXPECT_EQ(without_boundary(body, "B").text, "--boundary\r\nhere --B stays\r\n--boundary\r\n\n--boundary--");
}

TEST(WithoutBoundary, MovesSpansAlong) {
  const RedactedText body = marked("--B\r\n<<token:one>>\r\n--B\r\n<<id:two>>\r\n--B--");
  EXPECT_EQ(without_boundary(body, "B"),
            marked("--boundary\r\n<<token:one>>\r\n--boundary\r\n<<id:two>>\r\n--boundary--"));
}

TEST(WithoutBoundary, LeavesPseudonymsAlone) {
  const RedactedText body = marked("<<token:--B>>x");
  EXPECT_EQ(without_boundary(body, "B"), body);
}

}  // namespace
}  // namespace cvr::match
