#define OPENSSL_SUPPRESS_DEPRECATED
#include "redact/mail_domain.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "cvr/http.h"
#include "redact/pseudonym.h"

namespace cvr::redact {
namespace {

constexpr std::uint64_t kSeed = 0x6376722d6d61696c;  // "cvr-mail"; fixed for ever, see the header
constexpr std::string_view kDomain = ".example.com";
constexpr std::size_t kLetters = 8;
constexpr std::size_t kChecked = 5;

std::string check_of(std::string_view letters) {
  std::uint64_t hash = XXH3_64bits_withSeed(letters.data(), letters.size(), kSeed);
  std::string out;
  for (std::size_t i = kChecked; i < kLetters; ++i, hash /= 26) out += static_cast<char>('a' + hash % 26);
  return out;
}

}  // namespace

std::string mail_domain(std::string_view domain, const Hmac& hmac) {
  Stream stream(hmac.of("mail.domain", http::to_lower(domain)));
  std::string out;
  while (out.size() < kChecked) out += stream.lower();
  out += check_of(out);
  out += kDomain;
  return out;
}

bool is_mail_pseudonym(std::string_view text) {
  if (!text.ends_with(kDomain) || text.size() < kDomain.size() + kLetters + 2) return false;
  text.remove_suffix(kDomain.size());
  const std::string_view letters = text.substr(text.size() - kLetters);
  const std::size_t at = text.size() - kLetters - 1;
  if (text.find('@') != at || letters.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != letters.npos) return false;
  if (text.find_first_of(" \t\r\n<>\"'\\/:;,()?&=") != text.npos) return false;
  return letters.substr(kChecked) == check_of(letters.substr(0, kChecked));
}

}  // namespace cvr::redact
