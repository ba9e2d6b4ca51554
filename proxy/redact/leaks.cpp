#include "redact/leaks.h"

#include <algorithm>

#include "cvr/http.h"
#include "redact/charset.h"
#include "redact/check.h"
#include "redact/explore.h"
#include "redact/headers.h"
#include "redact/media_type.h"
#include "redact/message.h"
#include "redact/own_words.h"
#include "redact/wide.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxLeaks = 100;

std::string_view what_is(std::string_view rule) {
  constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"ledger", "a known secret"},
      {"ledger.base64", "a known secret (base64)"},
      {"ledger.hex", "a known secret (hex)"},
      {"ledger.percent", "a known secret (percent-encoded)"},
      {"ledger.json", "a known secret (JSON escapes)"},
      {"ledger.html", "a known secret (HTML entities)"},
      {"pattern.jwt", "a JWT"},
      {"pattern.pem", "a private key"},
      {"pattern.basic", "Basic credentials"},
      {"pattern.bearer", "a bearer token"},
      {"pattern.url", "a password in a URL"},
      {"pattern.uuid", "an API token"},
      {kExpressionRule, "what a pattern of the rules describes"},
  };
  for (const auto& [name, words] : kWords) {
    if (name == rule) return words;
  }
  return rule.starts_with("ledger") ? "a known secret" : "a token of a known format";
}

// A Span vouches for digits that are too few to carry a check, unless the user named them a secret.
bool is_number_pseudonym(std::string_view text, const Edit& edit, const std::vector<Span>& spans,
                         const Ledger& ledger) {
  const std::string_view found = text.substr(edit.begin, edit.end - edit.begin);
  if (edit.rule != "ledger" || found.find_first_not_of("0123456789") != found.npos) return false;
  const LedgerEntry* entry = ledger.find(found);
  if (entry == nullptr || entry->given) return false;
  return std::ranges::any_of(spans, [&](const Span& s) { return s.begin == edit.begin && s.size == found.size(); });
}

// Contacts, ids, parameters (which the rules of the recording may have kept) and what merely looks random are no
// finding: the level of a cassette may have let them pass, an export has addresses and digests of its own, and most
// pseudonyms of such values can not be told from values.  The guarantee is the ledger's.
bool is_net(const Edit& edit) {
  constexpr std::string_view kNets[] = {"pattern.email", "pattern.phone", "pattern.iban",
                                        "pattern.id",    "pattern.value", "entropy"};
  return std::ranges::find(kNets, edit.rule) != std::end(kNets);
}

// What a pseudonym keeps of a value ("eyJhbGciOiJSUzI1NiIs", a prefix): at the end of a text that was cut, or as the
// beginning of a JWT, of which half was learned when one broke off.
bool is_kept_beginning(std::string_view text, const Edit& edit, const std::vector<Span>& spans) {
  return std::ranges::any_of(spans, [&](const Span& s) {
    const std::size_t end = std::size_t{s.begin} + s.size;
    if (edit.rule == "ledger.cut") return s.begin <= edit.begin && edit.end <= end;
    const bool is_start = s.begin == edit.begin && edit.end < end;
    return is_start && text.substr(s.begin).starts_with("eyJ") && edit.rule.starts_with("ledger") &&
           edit.rule != "ledger.base64" && is_pseudonym(text.substr(s.begin, s.size));
  });
}

// The pseudonym of one person may be the name of another: a Span of such a kind vouches for it.
bool is_shaped_pseudonym(const Edit& edit, const std::vector<Span>& spans) {
  if (!edit.rule.starts_with("ledger") || !is_personal(edit.kind)) return false;
  return std::ranges::any_of(spans, [&](const Span& s) {
    return is_personal(s.kind) && s.begin <= edit.begin && edit.end <= std::size_t{s.begin} + s.size;
  });
}

// A pattern may reach over the end of a pseudonym into its neighbours.
bool holds_pseudonym(const Edit& edit, const std::vector<Span>& spans) {
  if (!edit.rule.starts_with("pattern")) return false;
  return std::ranges::any_of(spans, [&](const Span& s) { return s.begin < edit.end && edit.begin < s.begin + s.size; });
}

std::string charset_of(const std::vector<RedactedField>& fields, std::string_view text) {
  if (const auto wider = utf32_of(text); !wider.empty()) return std::string(wider);
  for (const RedactedField& field : fields) {
    if (!http::equals_ignoring_case(field.name.text, "content-type")) continue;
    if (const MediaType type = parse_media_type(field.value.text); !type.charset.empty()) return type.charset;
  }
  return charset_in_markup(text);
}

// A pseudonym may by chance look like one more coding; then it is covered.
bool find_in(std::string_view text, const std::vector<Span>& spans, const Finder& finder, bool cut, Edits& edits) {
  if (finder.find(text, edits, nullptr, cut) && finder.find_rests(text, spans, edits)) return true;
  if (spans.empty()) return false;
  edits.clear();
  return finder.find(covered(text, spans), edits, nullptr, cut);
}

}  // namespace

void find_leaks(std::string_view text, const std::vector<Span>& spans, std::string_view place, const Finder& finder,
                const Ledger& ledger, std::vector<Leak>& leaks, bool cut) {
  Edits edits;
  const auto add = [&](std::string where, std::string_view what, bool known = false) {
    if (leaks.size() < kMaxLeaks) leaks.push_back({std::move(where), std::string(what), known});
  };
  if (!find_in(text, spans, finder, cut, edits)) add(std::string(place), kUnsearched);
  std::ranges::stable_sort(edits, {}, &Edit::begin);
  std::size_t reported = 0;  // one leak a stretch
  for (const Edit& edit : edits) {
    if (edit.action == Edit::Action::kKeep || edit.begin < reported) continue;
    if (is_net(edit) || is_shaped_pseudonym(edit, spans) || is_kept_beginning(text, edit, spans)) continue;
    if (is_number_pseudonym(text, edit, spans, ledger) || holds_pseudonym(edit, spans)) continue;
    reported = edit.end;
    const bool personal = edit.rule.starts_with("ledger") && is_personal(edit.kind);
    add(std::string(place) + " at byte " + std::to_string(edit.begin),
        personal ? "a known name, address or phone number" : what_is(edit.rule), edit.rule.starts_with("ledger"));
  }
}

void find_leaks(const RedactedParts& parts, const Finder& finder, const Ledger& ledger, std::vector<Leak>& leaks) {
  const auto plain = [&](std::string_view text, std::string_view place) {
    find_leaks(text, {}, place, finder.without_expressions(), ledger, leaks);
  };
  const auto rich = [&](const RedactedText& text, std::string_view place, bool cut = false) {
    find_leaks(text.text, text.spans, place, finder, ledger, leaks, cut);
  };
  // A field's name is quoted only when it is clean itself.
  const auto fields = [&](const std::vector<RedactedField>& all, std::string_view which) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::size_t before = leaks.size();
      const std::string place = std::string(which) + " " + std::to_string(i + 1);
      find_leaks(all[i].name.text, all[i].name.spans, place + " (its name)", finder.without_expressions(), ledger,
                 leaks);
      const bool all_rules = is_searched_by_patterns(all[i].name.text);
      find_leaks(all[i].value.text, all[i].value.spans,
                 leaks.size() == before ? std::string(which) + " " + all[i].name.text : place,
                 all_rules ? finder : finder.without_expressions(), ledger, leaks);
    }
  };
  // A body that names a charset, as its reader sees it.
  const bool cut = is_cut(parts);
  const auto body = [&](const RedactedBody& content, const std::vector<RedactedField>& all, std::string_view place) {
    rich(content.content, place, cut);
    const std::string_view bytes = content.content.text;
    const std::string charset = charset_of(all, bytes);
    const auto wide = wide_order(bytes, charset);
    if (wide && may_be_utf16(bytes)) {
      if (const auto narrow = from_utf16(content.content, *wide)) return rich(*narrow, place, cut);
    }
    if (!wide && (is_unicode_name(charset) || (is_ascii_compatible(charset) && is_ascii(bytes)))) return;
    for (const std::string& text : readings_as(bytes, wide ? "utf-16" : charset)) {
      Edits edits;
      if (finder.find(text, edits) && !knows_credential(text, edits)) continue;
      if (leaks.size() < kMaxLeaks) leaks.push_back({std::string(place), "a known secret (" + charset + ")", true});
    }
  };
  plain(parts.request.method, "method");
  plain(parts.request.origin.host, "host");
  rich(parts.request.path, "path");
  rich(parts.request.query, "query");
  fields(parts.request.fields, "request header");
  body(parts.request.body, parts.request.fields, "request body");
  fields(parts.request.trailers, "request trailer");
  if (parts.response) {
    rich(parts.response->reason, "response reason");
    fields(parts.response->fields, "response header");
    body(parts.response->body, parts.response->fields, "response body");
    fields(parts.response->trailers, "response trailer");
  }
  if (parts.failure) plain(parts.failure->detail, "failure");
  each_own_word(parts, plain);
}

}  // namespace cvr::redact
