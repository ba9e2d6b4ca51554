#include "cassette/records.h"

#include <openssl/evp.h>

#include <cstring>

#include "cassette/frame.h"
#include "cassette/packing.h"

namespace cvr::cassette {

std::string encode_header(const Header& header) {
  std::string out;
  StringBuffer buffer(out);
  Packer p(buffer);
  p.pack_map(4);
  pack_word(p, "version");
  p.pack(header.version);
  pack_word(p, "tool");
  pack_word(p, header.tool);
  pack_word(p, "created");
  p.pack(header.created_utc_us);
  pack_word(p, "key");
  pack_word(p, header.key_fingerprint);
  return out;
}

std::optional<Header> decode_header(std::string_view payload) {
  msgpack::object_handle handle;
  if (!unpack(payload, handle)) return std::nullopt;
  bool bad = false;
  const Reading r(handle.get(), bad);
  Header header;
  header.version = static_cast<int>(r.at("version").number());
  header.tool = r.at("tool").text();
  header.created_utc_us = r.at("created").number();
  header.key_fingerprint = r.at("key").text();
  if (bad || header.version < 1) return std::nullopt;
  return header;
}

std::string encode_gap(const Gap& gap) {
  std::string out;
  StringBuffer buffer(out);
  Packer p(buffer);
  p.pack_map(3);
  pack_word(p, "at");
  p.pack(gap.at_utc_us);
  pack_word(p, "lost");
  p.pack(gap.lost);
  pack_word(p, "reason");
  pack_word(p, gap.reason);
  return out;
}

std::optional<Gap> decode_gap(std::string_view payload) {
  msgpack::object_handle handle;
  if (!unpack(payload, handle)) return std::nullopt;
  bool bad = false;
  const Reading r(handle.get(), bad);
  Gap gap{r.at("at").number(), r.at("lost").unsigned_number(), r.at("reason").text()};
  if (bad) return std::nullopt;
  return gap;
}

std::string encode_seal(const Seal& seal) {
  std::string out;
  append_u64(out, seal.interactions);
  out.append(reinterpret_cast<const char*>(seal.chain.data()), seal.chain.size());
  return out;
}

std::optional<Seal> decode_seal(std::string_view payload) {
  if (payload.size() < 40) return std::nullopt;  // later versions may add behind
  Seal seal;
  seal.interactions = load_u64(payload.data());
  std::memcpy(seal.chain.data(), payload.data() + 8, seal.chain.size());
  return seal;
}

Chain::Chain() : context_(EVP_MD_CTX_new()) { EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_), EVP_sha256(), nullptr); }
Chain::~Chain() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }

void Chain::add(std::string_view frame_head) {
  EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), frame_head.data(), frame_head.size());
}

std::array<std::uint8_t, 32> Chain::digest() const {
  std::array<std::uint8_t, 32> out{};
  EVP_MD_CTX* copy = EVP_MD_CTX_new();
  EVP_MD_CTX_copy_ex(copy, static_cast<EVP_MD_CTX*>(context_));
  EVP_DigestFinal_ex(copy, out.data(), nullptr);
  EVP_MD_CTX_free(copy);
  return out;
}

}  // namespace cvr::cassette
