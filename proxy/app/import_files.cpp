#include "app/import_files.h"

#include <algorithm>
#include <filesystem>

#include "base/escape.h"
#include "cvr/importers.h"
#include "os/file.h"

namespace cvr::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 10'000;
constexpr std::uint64_t kMostBytes = std::uint64_t{2} << 30;
constexpr std::uint64_t kMostBody = std::uint64_t{256} << 20;
constexpr std::string_view kMark = "\xef\xbb\xbf";

// Regular files below a directory, links not followed; paths from there.
Result<std::vector<std::string>> files_below(const std::string& directory) {
  std::vector<std::string> out;
  std::error_code error;
  fs::recursive_directory_iterator at(directory, error);
  if (error) return fail(ErrorCode::kEnvironment, "can not read " + printable(directory) + ": " + error.message());
  for (; at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (error) return fail(ErrorCode::kEnvironment, "can not read " + printable(directory) + ": " + error.message());
    if (!fs::is_regular_file(at->symlink_status(error))) continue;
    if (out.size() == kMostFiles) {
      return fail(ErrorCode::kLimit, printable(directory) + " holds more than 10,000 files; name those that are meant");
    }
    out.push_back(at->path().lexically_relative(directory).generic_string());
  }
  std::ranges::sort(out);
  return out;
}

bool is_directory(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

// As Playwright names the bodies of a HAR: nobody's other files are called that.
bool is_digest_name(std::string_view name) {
  const std::string_view digest = name.substr(0, name.find('.'));
  return digest.size() >= 4 && name.size() <= 80 && !name.contains('/') &&
         digest.find_first_not_of("0123456789abcdef") == digest.npos;
}

struct Bodies {
  std::string directory;
  std::shared_ptr<const std::map<std::string, bool, std::less<>>> listed;
};

Result<Bodies> bodies_in(const std::string& directory) {
  Bodies out;
  if (!is_directory(directory)) return out;
  const auto files = files_below(directory);
  if (!files) return std::unexpected(files.error());
  std::map<std::string, bool, std::less<>> listed;
  for (const std::string& file : *files) listed.emplace(file, true);
  out.directory = directory;
  out.listed = std::make_shared<const std::map<std::string, bool, std::less<>>>(std::move(listed));
  return out;
}

}  // namespace

std::string_view ImportFile::text() const {
  std::string_view text = mapped_ && !converted_ ? mapped_->bytes() : std::string_view(read_);
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  return text;
}

Result<ImportFile> ImportFile::open(const std::string& path) {
  ImportFile out;
  out.name_ = path;
  if (path == "-") {
    out.name_ = "standard input";
    auto read = os::read_standard_input(kMostBytes);
    if (!read) return std::unexpected(read.error());
    out.read_ = *std::move(read);
    return out;
  }
  auto mapped = os::map_file(path);
  if (!mapped) return std::unexpected(mapped.error());
  out.mapped_ = *std::move(mapped);
  if (out.mapped_->bytes().size() > kMostBytes) {
    return fail(ErrorCode::kLimit, printable(path) + " is larger than 2 GiB");
  }
  if (importers::is_archive(out.mapped_->bytes())) {
    auto files = importers::read_archive(out.mapped_->bytes());
    if (!files) return fail(files.error().code, printable(path) + ": " + files.error().text);
    if (auto done = out.take_har(*std::move(files)); !done) return std::unexpected(done.error());
  } else if (importers::is_utf16(out.mapped_->bytes())) {
    auto text = importers::utf8_of_utf16(out.mapped_->bytes());
    if (!text) return fail(text.error().code, printable(path) + ": " + text.error().text);
    out.read_ = *std::move(text);
    out.converted_ = true;
  }
  return out;
}

Result<void> ImportFile::take_har(importers::ArchiveFiles files) {
  const auto is_har = [](const auto& file) { return file.first.ends_with(".har"); };
  const auto har = std::ranges::find_if(files, is_har);
  if (har == files.end() || std::ranges::count_if(files, is_har) > 1) {
    return fail(ErrorCode::kMalformed,
                printable(name_) + " holds not one .har file; unpack it and name those that are meant");
  }
  read_ = std::move(har->second);
  converted_ = true;
  files.erase(har);
  members_ = std::move(files);
  return {};
}

Result<std::string> ImportFile::body(std::string_view name) const {
  const auto none = fail(ErrorCode::kNotFound, "no such body");
  if (const auto member = members_.find(name); member != members_.end()) return member->second;
  if (!members_.empty()) return none;
  std::string path = bodies_ + "/" + std::string(name);
  if (bodies_.empty()) {
    if (!mapped_ || !is_digest_name(name)) return none;
    path = (fs::path(name_).parent_path() / name).string();
  } else if (!listed_->contains(name)) {
    return none;
  }
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(path, error))) return none;
  return os::read_file(path, kMostBody);
}

Result<std::vector<ImportFile>> import_files(const std::vector<std::string>& inputs) {
  std::vector<ImportFile> out;
  const auto add = [&](const std::string& path, const Bodies& bodies) -> Result<void> {
    if (out.size() == kMostFiles) return fail(ErrorCode::kLimit, "more than 10,000 files to import; name fewer");
    auto file = ImportFile::open(path);
    if (!file) return std::unexpected(file.error());
    file->bodies_ = bodies.directory;
    file->listed_ = bodies.listed;
    out.push_back(*std::move(file));
    return {};
  };
  for (const std::string& input : inputs) {
    if (!is_directory(input)) {
      // WireMock's layout: ROOT/mappings/x.json and ROOT/__files.
      const fs::path parent = fs::path(input).parent_path();
      Bodies bodies;
      if (parent.filename() == "mappings") {
        auto in_root = bodies_in((parent.parent_path() / "__files").string());
        if (!in_root) return std::unexpected(in_root.error());
        bodies = *std::move(in_root);
      }
      if (auto done = add(input, bodies); !done) return std::unexpected(done.error());
      continue;
    }
    const std::string mappings = is_directory(input + "/mappings") ? input + "/mappings" : input;
    const auto bodies = bodies_in(input + "/__files");
    if (!bodies) return std::unexpected(bodies.error());
    const auto files = files_below(mappings);
    if (!files) return std::unexpected(files.error());
    const std::size_t before = out.size();
    for (const std::string& file : *files) {
      if (!file.ends_with(".json") || file.starts_with("__files/")) continue;
      if (auto done = add(mappings + "/" + file, *bodies); !done) return std::unexpected(done.error());
    }
    if (out.size() == before) {
      return fail(ErrorCode::kUsage, printable(input) + " holds no .json file; a directory is for WireMock's mappings");
    }
  }
  return out;
}

}  // namespace cvr::app
