// A folder that goes when the bench ends.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace cvr::bench {

class Folder {
 public:
  Folder() {
    std::string path = std::filesystem::temp_directory_path() / "cvr-bench-XXXXXX";
    if (mkdtemp(path.data()) != nullptr) path_ = path;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const std::string& name = "bench.cvr") const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace cvr::bench
