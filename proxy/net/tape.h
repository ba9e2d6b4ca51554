// What is kept of a body that passes by: its bytes up to a limit, beyond it only size and SHA-256.
#pragma once

#include <openssl/evp.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cvr/interaction.h"

namespace cvr::net {

class Tape {
 public:
  // `on_limit`: told of what was kept, when that goes.
  explicit Tape(std::uint64_t limit_bytes, std::function<void(std::string kept)> on_limit = {})
      : limit_(limit_bytes), on_limit_(std::move(on_limit)) {}

  void add(std::string_view data) {
    size_ += data.size();
    if (hash_ == nullptr && size_ <= limit_) {
      kept_ += data;
      return;
    }
    if (hash_ == nullptr) {
      hash_.reset(EVP_MD_CTX_new());
      EVP_DigestInit_ex(hash_.get(), EVP_sha256(), nullptr);
      EVP_DigestUpdate(hash_.get(), kept_.data(), kept_.size());
      std::string kept = std::exchange(kept_, {});  // gives the memory back
      if (on_limit_) on_limit_(kept.append(data.substr(0, limit_ - kept.size())));
    }
    EVP_DigestUpdate(hash_.get(), data.data(), data.size());
  }

  std::uint64_t size() const { return size_; }
  bool over_limit() const { return hash_ != nullptr; }
  const std::string& kept() const { return kept_; }

  // Moves the result out: either the bytes or the digest.
  std::optional<BodyDigest> finish(std::string& body) {
    if (hash_ == nullptr) {
      body = std::move(kept_);
      return std::nullopt;
    }
    BodyDigest digest;
    digest.size = size_;
    EVP_DigestFinal_ex(hash_.get(), digest.sha256.data(), nullptr);
    return digest;
  }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::uint64_t limit_;
  std::function<void(std::string kept)> on_limit_;
  std::uint64_t size_ = 0;
  std::string kept_;
  std::unique_ptr<EVP_MD_CTX, Free> hash_;
};

}  // namespace cvr::net
