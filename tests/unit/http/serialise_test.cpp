#include "http/serialise.h"

#include "feeding.h"

namespace cvr::http {
namespace {

Response answer(int status) {
  Response response;
  response.status = status;
  response.reason = "Reason \xe9";
  response.fields = {{"A", "b"}, {"a", ""}};
  response.body = "body";
  return response;
}

TEST(Serialise, AField) {
  std::string out = "x";
  append_field(out, "Name", "va:lue");
  EXPECT_EQ(out, "xName: va:lue\r\n");
}

TEST(Serialise, AHeadKeepsOrderCaseAndRepeats) {
  EXPECT_EQ(head_without_framing(answer(200)), "HTTP/1.1 200 Reason \xe9\r\nA: b\r\na: \r\n");
}

TEST(Serialise, AWholeMessage) {
  EXPECT_EQ(serialise(answer(200), false, false),
            "HTTP/1.1 200 Reason \xe9\r\nA: b\r\na: \r\nContent-Length: 4\r\n\r\nbody");
  EXPECT_EQ(serialise(answer(200), true, true),
            "HTTP/1.1 200 Reason \xe9\r\nA: b\r\na: \r\nContent-Length: 4\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(serialise(answer(200), true, false),
            "HTTP/1.1 200 Reason \xe9\r\nA: b\r\na: \r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody");
}

TEST(Serialise, WhatItWritesPassesTheGate) {
  for (const int status : {100, 101, 200, 204, 304, 400, 502, 999}) {
    for (const bool close : {false, true}) {
      for (const bool head_only : {false, true}) {
        const std::string bytes = serialise(answer(status), close, head_only);
        ResponseHead head;
        const HeadResult result = test::response_whole(bytes, head_only ? "HEAD" : "GET", &head);
        ASSERT_EQ(result.kind, test::Kind::kDone) << bytes << '\n' << result.why;
        EXPECT_EQ(head.keep_alive, !close) << bytes;
        const bool has_body = head.framing == Framing::kLength;
        EXPECT_EQ(bytes.substr(result.consumed), has_body ? "body" : "") << bytes;
      }
    }
  }
}

}  // namespace
}  // namespace cvr::http
