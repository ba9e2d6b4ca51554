#include "app/trust_bundle.h"

#include <algorithm>

namespace cvr::app {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kDashes = "-----";

// The labels that OpenSSL reads as certificates (RFC 7468 section 5.1 and its older names).
bool is_certificate(std::string_view label) {
  return label == "CERTIFICATE" || label == "X509 CERTIFICATE" || label == "TRUSTED CERTIFICATE";
}

bool is_base64(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
           c == '=' || c == '\n' || c == '\r' || c == ' ' || c == '\t';
  });
}

}  // namespace

std::size_t TrustBundle::add(std::string_view pem) {
  std::size_t count = 0;
  for (std::size_t at = pem.find(kBegin); at != pem.npos; at = pem.find(kBegin, at)) {
    const std::size_t label_at = at + kBegin.size();
    const std::size_t label_end = pem.find(kDashes, label_at);
    if (label_end == pem.npos) break;
    const std::string_view label = pem.substr(label_at, label_end - label_at);
    at = label_end;
    if (!is_certificate(label)) continue;
    const std::size_t body_at = label_end + kDashes.size();
    const std::size_t body_end = pem.find(kDashes, body_at);
    if (body_end == pem.npos) break;
    const std::string end = "-----END " + std::string(label) + std::string(kDashes);
    // A block that another begins in, or with anything but base64 in it, is not one.
    at = body_end;
    if (pem.compare(body_end, end.size(), end) != 0 || !is_base64(pem.substr(body_at, body_end - body_at))) continue;
    at = body_end + end.size();
    ++count;
    std::string block = "-----BEGIN " + std::string(label) + "-----" + std::string(pem.substr(body_at, at - body_at));
    if (seen_.insert(block).second) text_ += block + "\n";
  }
  return count;
}

}  // namespace cvr::app
