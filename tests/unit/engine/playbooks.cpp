// Plays every playbook: the stories in playbooks/*.txt, in the language of stage.h.
#include <algorithm>
#include <filesystem>
#include <sstream>

#include "support/golden.h"
#include "unit/engine/stage.h"

namespace cvr::engine {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(CVR_SOURCE_DIR) / "tests/unit/engine/playbooks";

std::vector<std::string> all_playbooks() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Playbooks : public ::testing::TestWithParam<std::string> {};

TEST_P(Playbooks, GoAsWritten) {
  const std::string path = (kFolder / (GetParam() + ".txt")).string();
  std::istringstream lines(test::read_file(path));
  Stage stage;
  int number = 0, played = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    line.erase(0, line.find_first_not_of(' '));
    if (line.empty() || line.starts_with('#')) continue;
    ++played;
    const std::string wrong = stage.play(line);
    if (!wrong.empty()) ADD_FAILURE_AT(path.c_str(), number) << line << '\n' << wrong;
  }
  EXPECT_GT(played, 0) << path << " says nothing";
}

INSTANTIATE_TEST_SUITE_P(Engine, Playbooks, ::testing::ValuesIn(all_playbooks()),
                         [](const auto& one) { return one.param; });

// The stage itself: a line that is wrong must not pass.
TEST(Stage, ALineThatIsWrongIsTold) {
  Stage stage;
  EXPECT_NE(stage.play("GET /a => forward"), "");  // no session
  EXPECT_NE(stage.play("upstream 200 a"), "");
  EXPECT_NE(stage.play("mode often"), "");
  EXPECT_NE(stage.play("mode none on-end never"), "");
  EXPECT_NE(stage.play("record GET /a"), "");
  EXPECT_NE(stage.play("match query a sometimes"), "");
  EXPECT_NE(stage.play("match path a any"), "");
  EXPECT_EQ(stage.play("record GET /a -> 200 a"), "");
  EXPECT_EQ(stage.play("mode none"), "");
  EXPECT_NE(stage.play("GET /a"), "");
  EXPECT_EQ(stage.play("GET /a => hit 201 a"), "expected hit 201 a\n     got hit 200 a");
  EXPECT_NE(stage.play("summary => 0 hits, 0 misses, 1 unused"), "");
  EXPECT_EQ(stage.play("summary => 1 hits, 0 misses, 0 unused"), "");
}

}  // namespace
}  // namespace cvr::engine
