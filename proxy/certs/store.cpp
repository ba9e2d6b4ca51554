#include "certs/store.h"

#include <openssl/crypto.h>

#include "certs/inspect.h"

namespace cvr::certs {
namespace {

constexpr std::uint64_t kMaxFile = 1U << 20;
constexpr const char* kMend = "; a new CA: cvr ca rotate";

// Key text, wiped when it goes.
struct KeyText {
  explicit KeyText(std::string given) : text(std::move(given)) {}
  KeyText(const KeyText&) = delete;
  KeyText& operator=(const KeyText&) = delete;
  ~KeyText() { OPENSSL_cleanse(text.data(), text.size()); }
  std::string text;
};

Result<std::string> read_private(const std::string& path) {
  if (auto sound = os::check_private_file(path); !sound) return std::unexpected(sound.error());
  return os::read_file(path, kMaxFile);
}

}  // namespace

Result<Store> Store::open(const std::string& dir) {
  Store store(dir);
  if (auto made = os::make_private_directory(dir); !made) return std::unexpected(made.error());
  if (auto sound = os::check_private_directory(dir); !sound) return std::unexpected(sound.error());
  auto lock = os::FileLock::take(dir + "/ca.lock");
  if (lock) {
    store.lock_ = std::move(*lock);
  } else if (store.is_empty()) {
    return std::unexpected(lock.error());
  }
  return store;
}

bool Store::is_empty() const { return !os::exists(certificate_path()); }

Result<Pair> Store::load() const {
  auto pem = read_private(certificate_path());
  if (!pem) return std::unexpected(pem.error());
  if (!os::exists(key_path())) return fail(ErrorCode::kEnvironment, key_path() + " is missing" + kMend);
  auto key_pem = read_private(key_path());
  if (!key_pem) return std::unexpected(key_pem.error());
  const KeyText key_text(std::move(*key_pem));

  auto root = parse_certificate(*pem);
  if (!root) return fail(ErrorCode::kEnvironment, certificate_path() + " holds no certificate" + kMend);
  auto key = parse_key(key_text.text);
  if (!key) return fail(ErrorCode::kEnvironment, key_path() + " holds no readable key" + kMend);
  if (const std::string why = unsoundness_of(root->get(), key->get()); !why.empty()) {
    return fail(ErrorCode::kEnvironment, certificate_path() + " is not a CA that CVR may use (" + why + ")" + kMend);
  }
  return Pair{std::move(*root), std::move(*key)};
}

Result<void> Store::save(const Pair& pair) {
  const KeyText key_text(key_pem_of(pair.key.get()));
  const std::string pem = pem_of(pair.root.get());
  if (key_text.text.empty() || pem.empty()) return openssl_failed("can not write the CA");
  if (auto written = os::write_file_atomically(key_path(), key_text.text); !written) return written;
  return os::write_file_atomically(certificate_path(), pem);
}

}  // namespace cvr::certs
