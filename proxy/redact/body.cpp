#include "redact/body.h"

#include "http/codings.h"
#include "http/unpack.h"
#include "model/omission.h"
#include "redact/archives.h"
#include "redact/charset.h"
#include "redact/coded_leaf.h"
#include "redact/explore.h"
#include "redact/meaning.h"
#include "redact/rules.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxSeenSize = 64;            // an id; longer ones are keys or coded
constexpr std::size_t kMaxWholeSize = 256;          // of a whole string: a handle, a cursor
constexpr std::uint64_t kMostUnpacked = 16u << 20;  // as the search has it
constexpr std::size_t kMostSeen = 256;              // of one text: a list of ids must not fill the ledger

std::string_view view_of(const std::array<std::uint8_t, 32>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string_view reason_for(const Error& error) {
  switch (error.code) {
    case ErrorCode::kUnsupported:
      return "omitted: unknown content coding";
    case ErrorCode::kLimit:
      return "omitted: decoded body over the body limit";
    default:
      return kOmittedBrokenCoding;
  }
}

std::string_view reason_for(BodyForm form) {
  switch (form) {
    case BodyForm::kJson:
    case BodyForm::kJsonLines:
      return kOmittedNoJson;
    case BodyForm::kMultipart:
      return "omitted: not readable as multipart";
    default:
      return "omitted: not readable";
  }
}

// UTF-16 text, of a type that is text or that says nothing.  A word or a mark may lie: then `other_charset`.
std::optional<ByteOrder> text_order(std::string_view text, const MediaType& type, std::string& other_charset) {
  const auto order = wide_order(text, type.charset);
  if (order && !may_be_utf16(text)) {
    other_charset = "utf-16";
    return std::nullopt;
  }
  if (!order || !type.charset.empty()) return order;
  const auto plain = from_utf16(text, *order);
  return plain && form_of_body(type, *plain) != BodyForm::kBinary ? order : std::nullopt;
}

// Text in a charset of its own is read as UTF-8.  Says why it can not be; empty: it is fine.
std::string_view read_charset(std::string_view charset, BodyForm form, BodyDraft& draft) {
  if (is_utf16_name(charset)) {
    draft.other_charset = charset;
    return {};
  }
  const bool has_ascii = is_ascii_compatible(charset);
  if (is_unicode_name(charset) || (has_ascii && (form == BodyForm::kBinary || is_ascii(draft.text)))) return {};
  // Many say ISO 8859-1 and mean UTF-8, which is hardly ever anything else.
  if (has_ascii && is_utf8(draft.text)) {
    draft.other_charset = charset;
    return {};
  }
  if (!is_read_charset(charset)) return "omitted: charset that is not read";
  auto plain = from_charset(draft.text, charset);
  if (!plain) return "omitted: broken charset";
  draft.charset = charset;
  draft.original = draft.text;
  draft.decoded = *std::move(plain);
  draft.text = draft.decoded;
  return {};
}

// A byte order mark speaks before the header, the header before the document (WHATWG HTML section 13.2.3.2).
std::string charset_of(std::string_view text, const MediaType& type, BodyForm form) {
  if (const auto wider = utf32_of(text); !wider.empty()) return std::string(wider);
  const bool may_say = form == BodyForm::kMarkup || type.essence == "text/css";
  return !type.charset.empty() || !may_say ? type.charset : charset_in_markup(text);
}

// Text in UTF-16 of which a part, read as the bytes it is, gives something away by its name.
bool has_narrow_part(std::string_view wide, const MediaType& type, Context& context) {
  if (holds_narrow_text(wide)) return true;
  Edits edits;
  (void)collect_text(wide, type, context, edits);
  return std::ranges::any_of(edits, [](const Edit& edit) { return edit.action == Edit::Action::kReplace; });
}

// Neither a structure of JSON nor a string of it: "<html>", "upstream timed out".
bool is_page_or_prose(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != text.npos && !std::string_view("{[\"").contains(text[first]) && !is_binary(text);
}

// A compressed file: what its text names as secret is learned, so that it is found in there when the bytes are
// searched.
void learn_packed(std::string_view bytes, Context& context) {
  const auto packing = http::packing_at(bytes);
  if (!packing) return;
  const http::Unpacked unpacked = http::unpack(bytes, *packing, kMostUnpacked);
  const MediaType none;
  const BodyForm form = form_of_body(none, unpacked.plain);
  Edits ignored;
  if (form == BodyForm::kBinary || rule_for(form).collect(unpacked.plain, none, context, ignored)) return;
  (void)collect_text(unpacked.plain, none, context, ignored);  // half of it, or no JSON after all
}

}  // namespace

void BodyDraft::omit(std::string_view reason, std::string digest) {
  edits.clear();
  text = {};
  result.omitted = reason;
  result.digest = std::move(digest);
}

void collect_body(std::string_view wire, const http::Fields& fields, const std::optional<BodyDigest>& over_limit,
                  std::uint64_t limit_bytes, Context& context, BodyDraft& draft) {
  const Pseudonyms& pseudonyms = context.masker.pseudonyms();
  draft.result.wire_size = over_limit ? over_limit->size : wire.size();
  if (over_limit) {
    draft.result.codings = http::parse_codings(http::value_of(fields, "content-encoding"));
    if (!over_limit->reason.empty()) return draft.omit(over_limit->reason, {});
    return draft.omit("omitted: over the body limit", pseudonyms.body_digest(view_of(over_limit->sha256)));
  }
  if (wire.empty()) return;
  const auto omit = [&](std::string_view reason) { draft.omit(reason, pseudonyms.body_digest_of(wire)); };
  for (const auto& field : fields) {
    if (!http::equals_ignoring_case(field.name, "content-encoding")) continue;
    for (auto& coding : http::parse_codings(field.value)) draft.result.codings.push_back(std::move(coding));
  }
  draft.text = wire;
  if (wire.size() > limit_bytes) return omit("omitted: over the body limit");
  if (!draft.result.codings.empty()) {
    auto decoded = http::decode_body(wire, draft.result.codings, limit_bytes);
    if (!decoded && draft.cut) {
      if (std::string half = http::decode_beginning(wire, draft.result.codings, limit_bytes); !half.empty())
        decoded = std::move(half);
    }
    if (!decoded) return omit(reason_for(decoded.error()));
    draft.decoded = *std::move(decoded);
    draft.text = draft.decoded;
  }
  MediaType type = parse_media_type(http::value_of(fields, "content-type"));
  if (type.essence.empty() && !draft.said_type.empty()) type = parse_media_type(draft.said_type);
  draft.wide = text_order(draft.text, type, draft.other_charset);
  if (draft.wide) {
    auto plain = from_utf16(draft.text, *draft.wide);
    if (!plain) return omit("omitted: broken UTF-16");
    if (has_narrow_part(draft.text, type, context)) return omit("omitted: text in two charsets");
    draft.original = draft.text;
    draft.decoded = *std::move(plain);
    draft.text = draft.decoded;
  }
  BodyForm form = form_of_body(type, draft.text);
  if (form == BodyForm::kBinary) learn_packed(draft.text, context);
  if (!draft.wide) {
    const auto why = read_charset(charset_of(draft.text, type, form), form, draft);
    if (!why.empty()) return omit(why);
    if (!draft.charset.empty() && form == BodyForm::kBinary) form = form_of_body(type, draft.text);
  }
  if (rule_for(form).collect(draft.text, type, context, draft.edits)) return;
  // Text that only looked like JSON (its type says otherwise) is read as text, and so is what does not even look like
  // it: the error pages of servers in front of an API.
  const bool is_json_type = type.essence.find("json") != std::string::npos;
  const bool guessed =
      form == BodyForm::kJson && !type.essence.empty() && (!is_json_type || is_page_or_prose(draft.text));
  // Half a JSON text: what stands whole has been read; the rest is read as text, where an open quote ends with it.
  if (form == BodyForm::kJson && draft.cut && collect_text(draft.text, type, context, draft.edits)) return;
  draft.edits.clear();
  if (!guessed) return omit(reason_for(form));
  const bool page = is_json_type && draft.text[draft.text.find_first_not_of(" \t\r\n")] == '<';
  const MediaType other = page ? parse_media_type("text/html") : is_json_type ? parse_media_type("text/plain") : type;
  if (!(page ? collect_markup : collect_text)(draft.text, other, context, draft.edits)) omit(reason_for(form));
}

bool other_reading_is_clean(std::string_view bytes, const BodyDraft& draft, const Finder& finder) {
  const auto is_clean = [&](std::string_view reading) {
    Edits edits;
    return finder.find(reading, edits) && !knows_credential(reading, edits);
  };
  if ((draft.wide || !draft.charset.empty()) && !is_clean(bytes)) return false;
  if (draft.other_charset.empty()) return true;
  return std::ranges::all_of(readings_as(bytes, draft.other_charset), is_clean);
}

void learn_seen(std::string_view text, const Edits& edits, Masker& masker) {
  std::size_t learned = 0;
  std::size_t noted = 0;
  for (const Edit& edit : edits) {
    if (edit.action != Edit::Action::kReplace) continue;
    const bool net = edit.rule == "entropy" || edit.rule.starts_with("pattern");
    if (net && ++noted <= kMostSeen) masker.note_partial(text.substr(edit.begin, edit.end - edit.begin));
    if (edit.rule != "entropy" || learned == kMostSeen) continue;
    // A whole leaf, segment or value: a part of something coded is no value of its own.
    const char before = edit.begin == 0 ? '"' : text[edit.begin - 1];
    const char after = edit.end == text.size() ? '"' : text[edit.end];
    if (!std::string_view("\"/=").contains(before) || !std::string_view("\"/&?").contains(after)) continue;
    const std::string_view value = text.substr(edit.begin, edit.end - edit.begin);
    const bool whole = before == '"' && after == '"';
    if (!is_token_shaped(value) || value.size() > (whole ? kMaxWholeSize : kMaxSeenSize)) continue;
    if (!whole && value.find_first_of("+/=") != value.npos) continue;
    masker.learn_seen(value, edit.kind);
    ++learned;
  }
}

RedactedBody finish_body(BodyDraft& draft, std::string_view wire, const Finder& finder, Context& context) {
  const Pseudonyms& pseudonyms = context.masker.pseudonyms();
  std::string_view reason;
  if (!draft.result.omitted && !finder.find(draft.text, draft.edits, &reason, draft.cut)) {
    draft.omit("omitted: " + std::string(reason), pseudonyms.body_digest_of(wire));
  }
  if (draft.result.omitted) return std::move(draft.result);
  settle_coded(draft.text, context, draft.edits);
  drop_in_pseudonyms(draft.edits);
  // In the bytes of a program or a picture everything looks drawn; what is known is still found.
  if (!is_binary(draft.text)) finder.find_random(draft.text, draft.edits);
  learn_seen(draft.text, draft.edits, context.masker);
  const bool changed = !draft.edits.empty();
  draft.result.content = apply(draft.text, std::move(draft.edits), pseudonyms);
  if (draft.wide && changed) {
    draft.result.content = to_utf16(draft.result.content, *draft.wide);
  } else if (!draft.charset.empty() && changed) {
    draft.result.content = to_charset(draft.result.content, draft.charset);
  } else if (draft.wide || !draft.charset.empty()) {
    draft.result.content.text = std::move(draft.original);
  }
  if (!other_reading_is_clean(draft.result.content.text, draft, finder)) {
    draft.result.content = {};
    draft.omit("omitted: " + std::string(kTwoCharsets), pseudonyms.body_digest_of(wire));
  }
  return std::move(draft.result);
}

bool body_changed(const RedactedBody& body) { return body.omitted.has_value() || !body.content.spans.empty(); }

}  // namespace cvr::redact
