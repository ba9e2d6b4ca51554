// Golden files: what people read is compared with tests/golden/NAME.  CVR_UPDATE_GOLDEN=1 in the
// environment rewrites the file instead; review the diff.
#pragma once

#include <string>
#include <string_view>

namespace cvr::test {

void expect_golden(std::string_view name, std::string_view actual);
std::string read_file(const std::string& path);  // aborts the test run when it can not

}  // namespace cvr::test
