#include "bundle/seal.h"

#include <algorithm>

#include "bundle/descriptions.h"
#include "bundle/digests.h"
#include "bundle/zip_writer.h"

namespace cvr::bundle {
namespace {

Member proof(std::string_view path, std::string bytes, std::string_view type) {
  return {std::string(path), std::move(bytes), std::string(type), "proof", "everyone"};
}

}  // namespace

Result<Members> seal(const Evidence& evidence, const Cited& cited, Members members, const certs::Signer& signer) {
  const std::string ed25519 = signer.ed25519_public_pem(), p256 = signer.p256_public_pem();
  members.push_back(
      {"README.txt", readme_text(evidence, certs::spki_fingerprint(ed25519)), "text/plain", "readme", "everyone"});
  std::ranges::sort(members, {}, &Member::path);
  members.push_back(
      {std::string(kManifest), manifest_json(evidence, cited, members), "application/json", "manifest", "everyone"});
  members.push_back(proof(kEd25519Key, ed25519, "application/x-pem-file"));
  members.push_back(proof(kP256Key, p256, "application/x-pem-file"));
  std::ranges::sort(members, {}, &Member::path);
  std::string sums;
  for (const Member& one : members) sums += sha256_hex(one.bytes) + "  " + one.path + "\n";
  auto first = signer.sign_ed25519(sums);
  if (!first) return std::unexpected(first.error());
  auto second = signer.sign_p256(sums);
  if (!second) return std::unexpected(second.error());
  members.push_back(proof(kSums, std::move(sums), "text/plain"));
  members.push_back(proof(kEd25519Signature, *std::move(first), "application/octet-stream"));
  members.push_back(proof(kP256Signature, *std::move(second), "application/octet-stream"));
  std::ranges::sort(members, {}, &Member::path);
  return members;
}

Result<std::string> to_zip(const Members& members) {
  std::vector<NamedBytes> named;
  named.reserve(members.size());
  for (const Member& one : members) named.emplace_back(one.path, one.bytes);
  return write_zip(named);
}

}  // namespace cvr::bundle
