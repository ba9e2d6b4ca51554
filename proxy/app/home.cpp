#include "app/home.h"

#include <openssl/sha.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/base64.h"
#include "os/file.h"

namespace cvr::app {
namespace {

std::string home_path() {
  if (const char* given = std::getenv("CVR_HOME"); given != nullptr && *given != '\0') return given;
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/')
    return std::string(data) + "/cvr";
  const char* home = std::getenv("HOME");
  return std::string(home != nullptr && *home != '\0' ? home : "/nonexistent") + "/.local/share/cvr";
}

Result<void> check_private(const std::string& path, mode_t allowed, const char* mend) {
  struct stat facts{};
  if (::lstat(path.c_str(), &facts) != 0) return fail(ErrorCode::kEnvironment, "can not examine " + path);
  if (S_ISLNK(facts.st_mode))
    return fail(ErrorCode::kEnvironment, path + " is a symbolic link; set CVR_HOME to the directory itself");
  if (facts.st_uid != ::geteuid()) return fail(ErrorCode::kEnvironment, path + " belongs to another user");
  if ((facts.st_mode & 0777 & ~allowed) != 0) {
    return fail(ErrorCode::kEnvironment, path + " has loose permissions; mend with: chmod " + mend + " " + path);
  }
  return {};
}

std::string key_text(const PseudonymKey& key) {
  return hex_encode({reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()}) + "\n";
}

}  // namespace

Result<Home> open_home() {
  std::error_code error;  // children, who may work elsewhere, are told of files in it
  const std::string path = home_path();
  const std::filesystem::path whole = std::filesystem::absolute(path, error);
  Home home{error ? path : whole.string()};
  if (auto made = os::make_private_directory(home.directory); !made) return std::unexpected(made.error());
  if (auto sound = check_private(home.directory, 0700, "700"); !sound) return std::unexpected(sound.error());
  return home;
}

std::string key_path(const Home& home) { return home.directory + "/pseudonym.key"; }

Result<PseudonymKey> rotate_key(const Home& home, Entropy& entropy) {
  const std::string path = key_path(home);
  // Not over what is no key of ours.
  if (::access(path.c_str(), F_OK) == 0) {
    if (auto sound = check_private(path, 0600, "600"); !sound) return std::unexpected(sound.error());
  }
  PseudonymKey key;
  entropy.fill(key.bytes);
  if (auto written = os::write_file_atomically(path, key_text(key)); !written) return std::unexpected(written.error());
  return key;
}

Result<PseudonymKey> load_or_make_key(const Home& home, Entropy& entropy) {
  const std::string path = key_path(home);
  PseudonymKey key;
  if (::access(path.c_str(), F_OK) != 0) {
    entropy.fill(key.bytes);
    // Two first runs at once: the first to make the file wins, both read it.
    const std::string beside = path + "." + std::to_string(::getpid());
    if (auto written = os::write_file_atomically(beside, key_text(key)); !written)
      return std::unexpected(written.error());
    [[maybe_unused]] const int linked = ::link(beside.c_str(), path.c_str());
    ::unlink(beside.c_str());
  }
  if (auto sound = check_private(path, 0600, "600"); !sound) return std::unexpected(sound.error());
  auto text = os::read_file(path, 4096);
  if (!text) return std::unexpected(text.error());
  while (text->ends_with('\n')) text->pop_back();
  const auto bytes = hex_decode(*text);
  if (!bytes || bytes->size() != key.bytes.size()) {
    return fail(ErrorCode::kEnvironment, path + " is not a pseudonym key; move it away and a new one is made");
  }
  std::memcpy(key.bytes.data(), bytes->data(), key.bytes.size());
  return key;
}

std::string fingerprint_of(const PseudonymKey& key) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(key.bytes.data(), key.bytes.size(), digest);
  return hex_encode({reinterpret_cast<const char*>(digest), 8});
}

}  // namespace cvr::app
