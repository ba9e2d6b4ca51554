// A known secret in any chain of codings, between any texts and broken where the coding allows it, is found: a
// reader who undoes the chain again sees no twelve bytes of it in a row, at no step.  A body that is left
// out shows nothing.
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/base64.h"
#include "base/escape.h"
#include "base/json_scan.h"
#include "cvr/redactor.h"
#include "cvr/result.h"
#include "http/unpack.h"
#include "profiles/profile.h"
#include "redact/views.h"
#include "secret.h"

namespace {

using namespace cvr;

constexpr std::size_t kMaxChain = 4;  // as deep as the finder promises to look
constexpr std::size_t kWindow = 12;
constexpr std::uint64_t kMaxPlain = 1u << 20;

const std::string kSecret = fuzz::make_secret();

const Redactor& redactor() {
  static const Redactor instance([] {
    RedactorOptions options;
    options.profile = &profiles::avinode();
    options.secrets = {kSecret};
    return options;
  }());
  return instance;
}

enum class Coding : std::uint8_t {
  kPercent,
  kPercentAll,
  kBase64,
  kBase64Url,
  kBase64Folded,
  kHexLower,
  kHexUpper,
  kJson,
  kJsonUnits,
  kHtml,
  kHtmlNumbers,
  kCdata,
  kGzip,
  kZlib,
  kZstd,
  kBrotli,
};
constexpr std::size_t kCodings = 16;

bool is_compression(Coding coding) { return coding >= Coding::kGzip; }

http::Packing packing_of(Coding coding) {
  constexpr std::array kPackings = {http::Packing::kGzip, http::Packing::kZlib, http::Packing::kZstd,
                                    http::Packing::kBrotli};
  return kPackings[static_cast<std::size_t>(coding) - static_cast<std::size_t>(Coding::kGzip)];
}

bool is_hex(Coding coding) { return coding == Coding::kHexLower || coding == Coding::kHexUpper; }

// What compression makes is bytes: codings of characters come later, and of the two without a magic number
// nobody can tell that hex digits hold it.
Coding fitting(Coding coding, std::optional<Coding> before) {
  if (!before || !is_compression(*before)) return coding;
  const bool of_characters = coding >= Coding::kJson && coding <= Coding::kCdata;
  return of_characters || (is_hex(coding) && *before == Coding::kBrotli) ? Coding::kBase64 : coding;
}

std::string each(std::string_view text, const auto& spell) {
  std::string out;
  for (const char c : text) out += spell(static_cast<std::uint8_t>(c));
  return out;
}

std::string coded(std::string_view text, Coding coding, std::uint8_t at) {
  switch (coding) {
    case Coding::kPercent:
      return percent_encode(text);
    case Coding::kPercentAll:
      return each(text, [](std::uint8_t c) { return "%" + hex_encode(std::string(1, static_cast<char>(c))); });
    case Coding::kBase64:
      return base64_encode(text);
    case Coding::kBase64Url:
      return base64url_encode(text);
    case Coding::kBase64Folded: {
      std::string out = base64_encode(text);
      const std::size_t every = 8 + at % 70;
      for (std::size_t i = every; i < out.size(); i += every + 1) out.insert(i, "\n");
      return out;
    }
    case Coding::kHexLower:
      return hex_encode(text);
    case Coding::kHexUpper: {
      std::string out = hex_encode(text);
      for (char& c : out) c = c >= 'a' ? static_cast<char>(c - 32) : c;
      return out;
    }
    case Coding::kJson: {
      std::string out;
      json::append_escaped(out, text);
      return out;
    }
    case Coding::kJsonUnits:
      return each(text, [](std::uint8_t c) {
        return c < 0x80 ? "\\u00" + hex_encode(std::string(1, static_cast<char>(c)))
                        : std::string(1, static_cast<char>(c));
      });
    case Coding::kHtml:
      return redact::encode(text, redact::View::kHtml);
    case Coding::kHtmlNumbers:
      return each(text, [](std::uint8_t c) {
        return c < 0x80 ? "&#" + std::to_string(c) + ";" : std::string(1, static_cast<char>(c));
      });
    case Coding::kCdata: {
      const std::size_t middle = text.size() * at / 256;
      return std::string(text.substr(0, middle)) + "<![CDATA[" + std::string(text.substr(middle)) + "]]>";
    }
    default:
      return http::pack(text, packing_of(coding)).value_or(std::string());
  }
}

// nullopt: nobody can read it.
std::optional<std::string> undone(std::string text, Coding coding) {
  switch (coding) {
    case Coding::kPercent:
    case Coding::kPercentAll:
      return percent_decode(text);
    case Coding::kBase64Folded:
      std::erase(text, '\n');
      [[fallthrough]];
    case Coding::kBase64:
    case Coding::kBase64Url:
      return base64_decode(text);
    case Coding::kHexLower:
    case Coding::kHexUpper:
      return hex_decode(text);
    case Coding::kJson:
    case Coding::kJsonUnits:
      return json::unescape(text);
    case Coding::kHtml:
    case Coding::kHtmlNumbers:
      return redact::decode(text, redact::View::kHtml);
    case Coding::kCdata: {
      for (const std::string_view border : {"<![CDATA[", "]]>"}) {
        for (std::size_t at = text.find(border); at != text.npos; at = text.find(border)) text.erase(at, border.size());
      }
      return text;
    }
    default:
      return http::unpack(text, packing_of(coding), kMaxPlain).plain;
  }
}

void check(std::string_view text) {
  for (std::size_t i = 0; i + kWindow <= kSecret.size(); ++i) {
    CVR_CHECK(text.find(std::string_view(kSecret).substr(i, kWindow)) == text.npos);
  }
}

// Words between which it stands: no bytes that a coding would read differently.
std::string words(std::string_view bytes) {
  return each(bytes, [](std::uint8_t c) { return std::string(1, "abcdefgh 0123,.:"[c % 16]); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kHead = 3 + 2 * kMaxChain;
  if (size < kHead || size > 4096) return 0;
  constexpr std::array kTypes = {"text/plain", "application/octet-stream", "text/html", ""};
  const std::string_view rest(reinterpret_cast<const char*>(data) + kHead, size - kHead);
  std::vector<Coding> chain;
  std::string text = kSecret;
  std::optional<Coding> before;
  for (std::size_t i = 0; i < 1 + data[1] % kMaxChain; ++i) {
    const auto coding = fitting(static_cast<Coding>(data[3 + 2 * i] % kCodings), before);
    const std::uint8_t at = data[4 + 2 * i];
    if (!before || !is_compression(*before)) {
      text = words(rest.substr(0, at % (rest.size() + 1))) + text + words(rest.substr(at % (rest.size() + 1)));
    }
    text = coded(text, coding, at);
    chain.push_back(coding);
    before = coding;
  }
  Interaction raw;
  raw.request.method = "GET";
  raw.request.origin.host = "example.com";
  raw.request.path = "/";
  raw.response.emplace();
  raw.response->fields = {{"Content-Type", kTypes[data[0] % kTypes.size()]}};
  raw.response->body = text;
  const RedactedInteraction out = redactor().redact(raw);
  if (out->response->body.omitted) return 0;
  std::optional<std::string> plain = out->response->body.content.text;
  check(*plain);
  for (auto coding = chain.rbegin(); coding != chain.rend() && plain; ++coding) {
    plain = undone(*std::move(plain), *coding);
    if (plain) check(*plain);
  }
  return 0;
}
