#include "bundle/verify.h"

#include <fmt/format.h>

#include <map>

#include "bundle/digests.h"
#include "bundle/evidence.h"
#include "bundle/record_text.h"
#include "bundle/seal.h"
#include "bundle/zip_reader.h"
#include "certs/signing.h"

namespace cvr::bundle {
namespace {

using Files = std::map<std::string, std::string>;

std::unexpected<Error> changed(std::string text) { return fail(ErrorCode::kDamaged, std::move(text)); }

const std::string* member(const Files& files, std::string_view name) {
  const auto found = files.find(std::string(name));
  return found == files.end() ? nullptr : &found->second;
}

bool is_outside_sums(std::string_view name) {
  return name == kSums || name == kEd25519Signature || name == kP256Signature;
}

// Lines as sha256sum writes them: 64 hex digits, two spaces, the name.
Result<std::map<std::string, std::string>> read_sums(std::string_view text) {
  std::map<std::string, std::string> out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const bool sound = end != text.npos && line.size() > 66 && line.substr(64, 2) == "  " &&
                       line.substr(0, 64).find_first_not_of("0123456789abcdef") == line.npos;
    if (!sound) return fail(ErrorCode::kMalformed, "not a bundle: a line of SHA256SUMS is broken");
    if (!out.emplace(line.substr(66), line.substr(0, 64)).second) {
      return fail(ErrorCode::kMalformed, "not a bundle: SHA256SUMS names a file twice");
    }
    text.remove_prefix(end + 1);
  }
  return out;
}

Result<void> check_sums(const Files& files) {
  const auto sums = read_sums(*member(files, kSums));
  if (!sums) return std::unexpected(sums.error());
  for (const auto& [name, digest] : *sums) {
    const std::string* bytes = member(files, name);
    if (bytes == nullptr || is_outside_sums(name)) return changed("a member is missing: " + name);
    if (sha256_hex(*bytes) != digest) return changed("a member was changed: " + name);
  }
  for (const auto& [name, bytes] : files) {
    if (!is_outside_sums(name) && !sums->contains(name)) return changed("a member was added: " + name);
  }
  return {};
}

// The number that a line of the chain begins with; 0: none.
std::uint64_t number_of(std::string_view text) {
  constexpr std::string_view kHead = "{\"n\":";
  if (!text.starts_with(kHead)) return 0;
  std::uint64_t n = 0;
  for (const char c : text.substr(kHead.size(), 10)) {
    if (c < '0' || c > '9') break;
    n = n * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return n;
}

// The chain's lines as chain_lines writes them; those of interactions that follow one another must fit their texts.
Result<std::size_t> check_chain(const Files& files, std::string_view text) {
  std::string previous(64, '0');
  std::uint64_t last = 0;
  while (!text.empty()) {
    const std::uint64_t n = number_of(text);
    const std::string head = fmt::format("{{\"n\":{},\"prev\":\"{}\",\"digest\":\"", n, previous);
    if (n <= last || !text.starts_with(head) || text.size() < head.size() + 67 ||
        text.substr(head.size() + 64, 3) != "\"}\n") {
      return changed(fmt::format("the hash chain is broken behind interaction {}", last));
    }
    const std::string digest(text.substr(head.size(), 64));
    const std::string* http = n == last + 1 ? member(files, "interactions/" + number_text(n) + ".http") : nullptr;
    if (http != nullptr && chain_step(previous, *http) != digest) {
      return changed(fmt::format("interaction {} is not the one of the hash chain", n));
    }
    previous = digest;
    last = n;
    text.remove_prefix(head.size() + 67);
  }
  return last;
}

}  // namespace

Result<Verified> verify(std::string_view zip) {
  const auto files = read_zip(zip);
  if (!files) return std::unexpected(files.error());
  for (const std::string_view name :
       {kSums, kEd25519Signature, kP256Signature, kEd25519Key, kP256Key, kManifest, std::string_view("chain.jsonl")}) {
    if (member(*files, name) == nullptr) return changed("a member is missing: " + std::string(name));
  }
  const std::string& sums = *member(*files, kSums);
  if (!certs::verify_ed25519(*member(*files, kEd25519Key), sums, *member(*files, kEd25519Signature))) {
    return changed("the Ed25519 signature does not fit");
  }
  if (!certs::verify_p256(*member(*files, kP256Key), sums, *member(*files, kP256Signature))) {
    return changed("the P-256 signature does not fit");
  }
  if (auto sound = check_sums(*files); !sound) return std::unexpected(sound.error());
  const auto chained = check_chain(*files, *member(*files, "chain.jsonl"));
  if (!chained) return std::unexpected(chained.error());
  return Verified{files->size(), *chained, certs::spki_fingerprint(*member(*files, kEd25519Key))};
}

}  // namespace cvr::bundle
