#include "app/browser.h"

#include <gtest/gtest.h>

namespace cvr::app {
namespace {

const auto kArguments = browser_arguments("http://127.0.0.1:1", "a+b/c=", "/h/browser");

TEST(Browser, OneLineWithoutQuotesWhereNoneAreNeeded) {
  EXPECT_EQ(
      browser_line(kArguments),
      "--proxy-server=http://127.0.0.1:1 --ignore-certificate-errors-spki-list=a+b/c= --user-data-dir=/h/browser\n");
  EXPECT_NE(browser_line(browser_arguments("u", "s", "/a b")).find("'--user-data-dir=/a b'"), std::string::npos);
}

TEST(Browser, Json) { EXPECT_EQ(browser_json({"--a=\"b\""}), "{\"arguments\":[\"--a=\\\"b\\\"\"]}\n"); }

}  // namespace
}  // namespace cvr::app
