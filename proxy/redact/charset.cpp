#include "redact/charset.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>

#include "base/utf8.h"
#include "cvr/http.h"
#include "redact/blocks.h"
#include "redact/edits.h"
#include "redact/wide.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kHead = 1024;  // bytes of a document that may name its charset (WHATWG HTML section 4.2.5.4)
constexpr std::size_t kPiece = 16u << 10;

// The WHATWG Encoding Standard's names, and what else old servers say.  `iconv`: glibc's name.
struct Known {
  std::string_view name;
  const char* iconv;
};
constexpr Known kKnown[] = {{"latin1", "CP1252"},
                            {"iso-8859-1", "CP1252"},
                            {"iso8859-1", "CP1252"},
                            {"iso_8859-1", "CP1252"},
                            {"windows-1252", "CP1252"},
                            {"cp1252", "CP1252"},
                            {"iso-8859-2", "ISO-8859-2"},
                            {"iso-8859-3", "ISO-8859-3"},
                            {"iso-8859-4", "ISO-8859-4"},
                            {"iso-8859-5", "ISO-8859-5"},
                            {"iso-8859-6", "ISO-8859-6"},
                            {"iso-8859-7", "ISO-8859-7"},
                            {"iso-8859-8", "ISO-8859-8"},
                            {"iso-8859-9", "ISO-8859-9"},
                            {"iso-8859-10", "ISO-8859-10"},
                            {"iso-8859-11", "ISO-8859-11"},
                            {"iso-8859-13", "ISO-8859-13"},
                            {"iso-8859-14", "ISO-8859-14"},
                            {"iso-8859-15", "ISO-8859-15"},
                            {"iso-8859-16", "ISO-8859-16"},
                            {"windows-1250", "CP1250"},
                            {"windows-1251", "CP1251"},
                            {"cp1250", "CP1250"},
                            {"cp1251", "CP1251"},
                            {"windows-1253", "CP1253"},
                            {"windows-1254", "CP1254"},
                            {"windows-1255", "CP1255"},
                            {"windows-1256", "CP1256"},
                            {"windows-1257", "CP1257"},
                            {"windows-1258", "CP1258"},
                            {"windows-874", "CP874"},
                            {"tis-620", "TIS-620"},
                            {"koi8-r", "KOI8-R"},
                            {"koi8-u", "KOI8-U"},
                            {"macintosh", "MACINTOSH"},
                            {"ibm437", "CP437"},
                            {"cp437", "CP437"},
                            {"ibm850", "CP850"},
                            {"cp850", "CP850"},
                            {"ibm866", "CP866"},
                            {"cp866", "CP866"},
                            {"shift_jis", "CP932"},
                            {"shift-jis", "CP932"},
                            {"sjis", "CP932"},
                            {"windows-31j", "CP932"},
                            {"euc-jp", "EUC-JP"},
                            {"euc-kr", "CP949"},
                            {"ks_c_5601-1987", "CP949"},
                            {"gb2312", "GB18030"},
                            {"gbk", "GB18030"},
                            {"gb18030", "GB18030"},
                            {"big5", "BIG5-HKSCS"},
                            {"big5-hkscs", "BIG5-HKSCS"},
                            {"iso-2022-jp", "ISO-2022-JP"},
                            {"utf-32", "UTF-32"},
                            {"utf-32le", "UTF-32LE"},
                            {"utf-32be", "UTF-32BE"}};

const Known* known(std::string_view charset) {
  const auto* found = std::ranges::find(kKnown, charset, &Known::name);
  return found == std::end(kKnown) ? nullptr : found;
}

// What CP1252 leaves undefined is a control character to browsers; iconv would refuse it.
constexpr std::array<std::uint16_t, 32> kWindows = {0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                                    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,   0x017d, 0x8f,
                                                    0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                                    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};

std::string from_windows(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    append_utf8(out, byte >= 0x80 && byte < 0xa0 ? kWindows[byte - 0x80u] : byte);
  }
  return out;
}

// `windows`: else ISO 8859-1, whose 0x80 to 0x9f are control characters.  nullopt: a character beyond.
std::optional<std::string> to_eight_bits(std::string_view utf8, bool windows, bool lossy = false) {
  std::string out;
  while (!utf8.empty()) {
    const Utf8 next = decode_utf8(utf8);
    const std::uint32_t c = next.code_point;
    const auto* special = windows && next.valid ? std::ranges::find(kWindows, c) : kWindows.end();
    if (special != kWindows.end()) {
      out += static_cast<char>(0x80 + (special - kWindows.begin()));
    } else if (next.valid && c < 0x100 && !(windows && c >= 0x80 && c < 0xa0)) {
      out += static_cast<char>(c);
    } else if (lossy) {
      out += '?';
    } else {
      return std::nullopt;
    }
    utf8.remove_prefix(next.size);
  }
  return out;
}

class Converter {
 public:
  Converter(const char* to, const char* from) : handle_(iconv_open(to, from)) {}
  ~Converter() {
    if (usable()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  bool usable() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  // `lossy`: what the target lacks becomes '?'; else that is nullopt, as broken input is.
  std::optional<std::string> run(std::string_view text, bool lossy) {
    std::string out;
    std::array<char, kPiece> piece;
    char* in = const_cast<char*>(text.data());  // iconv's signature; it only reads
    std::size_t in_left = text.size();
    for (bool flushing = false;;) {
      char* to = piece.data();
      std::size_t room = piece.size();
      const std::size_t done =
          flushing ? iconv(handle_, nullptr, nullptr, &to, &room) : iconv(handle_, &in, &in_left, &to, &room);
      out.append(piece.data(), piece.size() - room);
      if (done == static_cast<std::size_t>(-1) && room == piece.size() && !flushing) {  // no progress: not E2BIG
        if (!lossy || in_left == 0) return std::nullopt;
        const std::size_t skip = decode_utf8({in, in_left}).size;
        in += skip;
        in_left -= skip;
        out += '?';
        continue;
      }
      if (done == static_cast<std::size_t>(-1)) {
        if (flushing && room == piece.size()) return std::nullopt;
        continue;
      }
      if (flushing) return out;
      flushing = in_left == 0;
    }
  }

 private:
  iconv_t handle_;
};

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    while (at + kBlock <= text.size() && !any_of_block(load_block(text.data() + at) & 0x80)) at += kBlock;
    while (at < text.size() && (text[at] & 0x80) == 0) ++at;
    if (at == text.size()) return true;
    const Utf8 next = decode_utf8(text.substr(at));
    if (!next.valid) return false;
    at += next.size;
  }
  return true;
}

bool is_unicode_name(std::string_view charset) {
  return charset.empty() || charset == "utf-8" || charset == "utf8" || charset == "us-ascii" || charset == "ascii" ||
         charset == "utf-8-sig" || charset == "utf8mb4";
}

bool is_read_charset(std::string_view charset) {
  const Known* found = known(charset);
  return found != nullptr && (std::string_view(found->iconv) == "CP1252" || Converter("UTF-8", found->iconv).usable());
}

bool is_ascii_compatible(std::string_view charset) {
  if (is_unicode_name(charset)) return true;
  return known(charset) != nullptr && !charset.starts_with("utf-32") && charset != "iso-2022-jp";
}

std::string charset_in_markup(std::string_view bytes) {
  const std::string head = http::to_lower(bytes.substr(0, kHead));
  const bool xml = head.find("<?xml") < 4;
  const bool css = head.starts_with("@charset");  // CSS Syntax section 3.2
  const std::string_view word = xml ? "encoding" : "charset";
  const std::size_t from = xml || css ? 0 : head.find("<meta");
  if (from == head.npos) return {};
  for (std::size_t at = head.find(word, from); at != head.npos; at = head.find(word, at + 1)) {
    constexpr std::string_view kSpace = " \t\r\n";
    std::size_t begin = std::min(head.find_first_not_of(kSpace, at + word.size()), head.size());
    if (!css && (begin == head.size() || head[begin] != '=')) continue;
    begin = head.find_first_not_of("\"' \t\r\n", begin + (css ? 0 : 1));
    return begin == head.npos ? std::string() : head.substr(begin, head.find_first_of("\"' />?;", begin) - begin);
  }
  return {};
}

std::optional<std::string> from_charset(std::string_view bytes, std::string_view charset) {
  const Known* found = known(charset);
  if (found == nullptr) return std::nullopt;
  if (std::string_view(found->iconv) == "CP1252") return from_windows(bytes);
  Converter there("UTF-8", found->iconv);
  if (!there.usable()) return std::nullopt;
  auto out = there.run(bytes, false);
  if (!out) return std::nullopt;
  Converter back(found->iconv, "UTF-8");
  if (!back.usable() || back.run(*out, false) != bytes) return std::nullopt;
  return out;
}

std::vector<std::string> readings_as(std::string_view bytes, std::string_view charset) {
  std::vector<std::string> out;
  const auto add = [&](std::optional<std::string> text) {
    if (text) out.push_back(*std::move(text));
  };
  if (!is_utf16_name(charset)) {
    add(from_charset(bytes, charset));
    return out;
  }
  bytes.remove_suffix(bytes.size() % 2);
  for (const ByteOrder order : {ByteOrder::kLittle, ByteOrder::kBig}) add(from_utf16(bytes, order));
  return out;
}

std::string to_charset(std::string_view utf8, std::string_view charset) {
  const Known* found = known(charset);
  if (found == nullptr) return std::string(utf8);
  if (std::string_view(found->iconv) != "CP1252") {
    Converter back(found->iconv, "UTF-8");
    if (back.usable()) return back.run(utf8, true).value_or(std::string());
    return {};
  }
  std::string out;  // 0x81 and its like went in as control characters
  while (!utf8.empty()) {
    const std::size_t size = decode_utf8(utf8).size;
    const std::string_view one = utf8.substr(0, size);
    auto byte = to_eight_bits(one, true);
    if (!byte) byte = to_eight_bits(one, false, true);
    out += *byte;
    utf8.remove_prefix(size);
  }
  return out;
}

RedactedText to_charset(const RedactedText& text, std::string_view charset) {
  return respelled(text, [charset](std::string_view part) { return to_charset(part, charset); });
}

std::vector<std::string> eight_bit_spellings(std::string_view value) {
  if (is_ascii(value)) return {};
  std::vector<std::string> out;
  const auto add = [&](std::string text) {
    if (text != value && std::ranges::find(out, text) == out.end()) out.push_back(std::move(text));
  };
  if (!is_utf8(value)) {
    add(from_windows(value));
    return out;
  }
  for (const bool windows : {false, true}) {
    if (auto text = to_eight_bits(value, windows)) add(*std::move(text));
  }
  // What forms of pages in these charsets send, percent-coded (WHATWG URL section 5.2).
  for (const char* charset : {"ISO-8859-2", "ISO-8859-5", "ISO-8859-9", "ISO-8859-15", "CP1250", "CP1251", "KOI8-R",
                              "CP932", "EUC-JP", "CP949", "GB18030", "BIG5-HKSCS"}) {
    Converter there(charset, "UTF-8");
    if (!there.usable()) continue;
    if (auto text = there.run(value, false)) add(*std::move(text));
  }
  return out;
}

}  // namespace cvr::redact
