#include "redact/again.h"

#include <algorithm>

#include "redact/charset.h"
#include "redact/check.h"
#include "redact/coded_leaf.h"
#include "redact/own_words.h"
#include "redact/wide.h"
#include "redact/words.h"

namespace cvr::redact {
namespace {

constexpr int kMaxRounds = 8;

bool inside(const Span& span, std::size_t at) { return span.begin <= at && at < span.begin + std::size_t{span.size}; }

bool overlaps(const Span& span, const Edit& edit) {
  return span.begin < edit.end && edit.begin < span.begin + std::size_t{span.size};
}

// What a pattern finds in or over a pseudonym is no find; nor is a value whose "name=" is one.
bool is_own_text(const RedactedText& old, const Edit& edit) {
  if (edit.rule == "text.name" && edit.begin > 0) {
    std::size_t sign = edit.begin - 1;
    while (sign > 0 && (old.text[sign] == ' ' || old.text[sign] == '\t')) --sign;
    return std::ranges::any_of(old.spans, [&](const Span& span) { return inside(span, sign); });
  }
  if (!edit.rule.starts_with("pattern") && edit.rule != "entropy") return false;
  return std::ranges::any_of(old.spans, [&](const Span& span) {
    if (!overlaps(span, edit)) return false;
    if (inside(span, edit.begin) || edit.rule == "entropy") return true;
    return edit.rule != kExpressionRule &&
           (is_personal(span.kind) || is_pseudonym(std::string_view(old.text).substr(span.begin, span.size)));
  });
}

// A stretch that was spelled again with a pseudonym somewhere in it (base64 of a form, an encoded word) is no pseudonym
// itself: what becomes known of the rest goes.  Shapes and digits carry no check, so there the Span is believed.
bool gives_way(const RedactedText& old, const Span& span, const Edit& edit) {
  if (!edit.rule.starts_with("ledger") || is_personal(edit.kind) || is_personal(span.kind)) return false;
  const std::string_view text = std::string_view(old.text).substr(span.begin, span.size);
  return text.find_first_not_of("0123456789") != text.npos && text.size() >= kMinCheckedSize && !is_pseudonym(text);
}

// A claim that a JWT's pseudonym keeps readable (iss, kid) has become known: another pseudonym, without it.
bool is_jwt_with(const RedactedText& old, const Span& span, const Edit& edit) {
  const bool is_header = edit.rule != "ledger.base64" && edit.begin == span.begin;  // half a JWT was learned
  return edit.rule.starts_with("ledger") && !is_header && edit.begin >= span.begin &&
         edit.end <= span.begin + std::size_t{span.size} &&
         std::string_view(old.text).substr(span.begin, span.size).starts_with("eyJ") && !is_personal(edit.kind);
}

// The parts of `edit` between the spans, in order.  An edit that meets none stays as it is.
void cut(const RedactedText& old, Edit edit, const Pseudonyms& pseudonyms, Edits& out) {
  for (const Span& span : old.spans) {
    if (!overlaps(span, edit) || !is_jwt_with(old, span, edit)) continue;
    const std::size_t end = span.begin + std::size_t{span.size};
    const std::string_view token = std::string_view(old.text).substr(span.begin, span.size);
    out.push_back({span.begin, end, span.kind, edit.rule, pseudonyms.of(token), edit.action});
    return;
  }
  std::size_t from = edit.begin;
  bool met = false;
  const auto piece = [&](std::size_t begin, std::size_t end) {
    if (begin >= end) return;
    out.push_back({begin, end, edit.kind, edit.rule,
                   pseudonyms.of(std::string_view(old.text).substr(begin, end - begin)), edit.action});
  };
  for (const Span& span : old.spans) {
    if (!overlaps(span, edit) || gives_way(old, span, edit)) continue;
    met = true;
    piece(from, span.begin);
    from = span.begin + std::size_t{span.size};
  }
  if (met) return piece(from, edit.end);
  out.push_back(std::move(edit));
}

void add_spans(const RedactedText& old, Edits& edits) {
  for (const Span& span : old.spans) {
    edits.push_back({span.begin, span.begin + std::size_t{span.size}, span.kind, span.rule, {}, Edit::Action::kKeep});
  }
}

RedactedText merged(const RedactedText& old, Edits found, const Pseudonyms& pseudonyms) {
  Edits edits;
  drop_in_kept(found);
  for (Edit& edit : found) {
    if (edit.action == Edit::Action::kKeep || is_own_text(old, edit)) continue;
    cut(old, std::move(edit), pseudonyms, edits);
  }
  if (edits.empty()) return old;
  add_spans(old, edits);
  return apply(old.text, std::move(edits), pseudonyms);
}

// A pseudonym may by chance look like encodings in encodings; then it is covered.
bool find(const RedactedText& old, const Finder& finder, Edits& edits, std::string_view* reason = nullptr,
          bool cut = false) {
  const std::size_t before = edits.size();
  if (finder.find(old.text, edits, reason, cut) && finder.find_rests(old.text, old.spans, edits)) return true;
  if (old.spans.empty()) return false;
  edits.resize(before);
  return finder.find(covered(old.text, old.spans), edits, reason, cut);
}

// It gives way to all that is there.
void find_random(const RedactedText& old, const Finder& finder, Edits& edits) {
  add_spans(old, edits);
  finder.find_random(old.text, edits);
}

// As redact/message does it for raw texts.
RedactedText again_text(const RedactedText& old, Edits edits, Kind kind, const Finder& finder, Context& context) {
  if (!find(old, finder, edits)) {
    edits.clear();
    edits.push_back({0, old.text.size(), kind, "search.limit", context.masker.unlisted(old.text).text});
  }
  settle_coded(old.text, context, edits);
  if (kind != Kind::kHeader) find_random(old, finder, edits);
  return merged(old, std::move(edits), context.masker.pseudonyms());
}

// Without Spans only known secrets are told from what stands for one.
void again_plain(std::string& text, const Finder& finder, Context& context) {
  if (finder.knows(text)) text = finish_text(text, {}, Kind::kText, finder.without_expressions(), context).text;
}

// The stored texts as a message.  The body is decoded, so no field may say otherwise.
http::Fields fields_of(const std::vector<RedactedField>& fields) {
  http::Fields out;
  for (const RedactedField& field : fields) {
    const bool coding = http::equals_ignoring_case(field.name.text, "content-encoding");
    out.push_back({field.name.text, coding ? std::string() : field.value.text});
  }
  return out;
}

http::Request message_of(const RedactedRequest& request) {
  http::Request out;
  out.method = request.method;
  out.origin = request.origin;
  out.path = request.path.text;
  out.query = request.query.text;
  out.has_query = request.has_query;
  out.fields = fields_of(request.fields);
  out.trailers = fields_of(request.trailers);
  out.body = request.body.content.text;
  return out;
}

http::Response message_of(const RedactedResponse& response) {
  http::Response out;
  out.status = response.status;
  out.reason = response.reason.text;
  out.fields = fields_of(response.fields);
  out.trailers = fields_of(response.trailers);
  out.body = response.body.content.text;
  return out;
}

void again_fields(std::vector<RedactedField>& fields, std::vector<FieldDraft>& drafts, bool changed,
                  const Finder& finder, Context& context) {
  const Finder facts = finder.without_expressions();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    FieldDraft& draft = drafts[i];
    const HeaderClass what = draft.decision.what;
    if (what == HeaderClass::kDigest || what == HeaderClass::kUnlisted) {
      collect_header(draft.decision, fields[i].value.text, changed, context, draft.edits);
    }
    if (!draft.decision.known_name) {
      fields[i].name = again_text(fields[i].name, {}, Kind::kHeader, facts, context);
    }
    const Finder& search = is_searched_by_patterns(fields[i].name.text) ? finder : facts;
    fields[i].value = again_text(fields[i].value, std::move(draft.edits), Kind::kHeader, search, context);
  }
}

// UTF-16 or another charset as UTF-8, the Spans moved.  nullopt: broken.
std::optional<RedactedText> narrow(const RedactedText& wide, const BodyDraft& draft) {
  RedactedText out;
  std::size_t at = 0;
  const auto take = [&](std::size_t end) {
    const std::string_view piece = std::string_view(wide.text).substr(at, end - at);
    const auto plain = draft.wide ? from_utf16(piece, *draft.wide) : from_charset(piece, draft.charset);
    if (plain) out.text += *plain;
    at = end;
    return plain.has_value();
  };
  for (const Span& span : wide.spans) {
    if (!take(span.begin)) return std::nullopt;
    const std::size_t begin = out.text.size();
    if (!take(span.begin + std::size_t{span.size})) return std::nullopt;
    out.spans.push_back(
        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(out.text.size() - begin), span.kind, span.rule});
  }
  return take(wide.text.size()) ? std::optional(std::move(out)) : std::nullopt;
}

void again_body(RedactedBody& body, BodyDraft& draft, const Finder& finder, Context& context) {
  if (body.omitted || body.content.text.empty()) return;
  const Pseudonyms& pseudonyms = context.masker.pseudonyms();
  const auto omit = [&](std::string_view reason) {
    draft.omit("omitted: " + std::string(reason), pseudonyms.body_digest_of(body.content.text));
  };
  std::optional<RedactedText> old;
  std::string_view reason;
  if (!draft.result.omitted) {
    const bool converted = draft.wide || !draft.charset.empty();
    old = converted ? narrow(body.content, draft) : std::optional(body.content);
    if (!old || old->text != draft.text) {
      omit(draft.wide ? "broken UTF-16" : "broken charset");
    } else if (!find(*old, finder, draft.edits, &reason, draft.cut)) {
      omit(reason);
    }
  }
  if (!draft.result.omitted) {
    settle_coded(old->text, context, draft.edits);
    find_random(*old, finder, draft.edits);
    RedactedText now = merged(*old, std::move(draft.edits), pseudonyms);
    if (now != *old) {
      body.content = draft.wide              ? to_utf16(now, *draft.wide)
                     : draft.charset.empty() ? std::move(now)
                                             : to_charset(now, draft.charset);
    }
    if (!other_reading_is_clean(body.content.text, draft, finder)) omit(kTwoCharsets);
  }
  if (!draft.result.omitted) return;
  body.content = {};
  body.omitted = draft.result.omitted;
  body.digest = draft.result.digest;
}

template <class Message, class Draft>
void again_message(Message& message, Draft& draft, std::string_view which, const Finder& finder, Context& context,
                   std::vector<std::string>& notes) {
  const bool was_changed = body_changed(message.body);
  again_body(message.body, draft.body, finder, context);
  const bool changed = body_changed(message.body);
  again_fields(message.fields, draft.fields, changed, finder, context);
  again_fields(message.trailers, draft.trailers, changed, finder, context);
  if (changed && !was_changed) add_notes(which, fields_of(message.fields), message.body, notes);
}

// A pseudonym may read like a name and a value: "qXPwd:WRp5UW..." would be a password.
void vouch_for_values_in(std::string_view value, Masker& masker) {
  constexpr std::size_t kMaxValue = 4096;
  if (value.size() > kMaxValue) return;
  for (std::size_t at = value.find_first_of(":="); at != value.npos; at = value.find_first_of(":=", at + 1)) {
    const std::string_view rest = value.substr(at + 1);
    if (rest.size() < kMinLedgerSize) return;
    masker.vouch_for(rest);
    const std::size_t end = rest.find_first_of(":=&;,|/ ");
    if (end != rest.npos && end >= kMinLedgerSize) masker.vouch_for(rest.substr(0, end));
  }
}

void vouch_for(const RedactedText& text, Masker& masker) {
  for (const Span& span : text.spans) {
    const std::string_view value = std::string_view(text.text).substr(span.begin, span.size);
    masker.vouch_for(value);
    vouch_for_values_in(value, masker);
    for (const View view : {View::kPercentPlus, View::kJson, View::kHtml}) {
      if (has_view(value, view)) masker.vouch_for(decode(value, view));
    }
  }
}

template <class Message>
void vouch_for_message(const Message& message, Masker& masker) {
  for (const auto* fields : {&message.fields, &message.trailers}) {
    for (const RedactedField& field : *fields) vouch_for(field.value, masker);
  }
  vouch_for(message.body.content, masker);
}

RedactedParts round(const RedactedParts& parts, const Tools& tools, const Finder& finder, Context& context) {
  RedactedParts out = parts;
  vouch_for(parts.request.path, context.masker);
  vouch_for(parts.request.query, context.masker);
  vouch_for_message(parts.request, context.masker);
  if (parts.response) vouch_for_message(*parts.response, context.masker);

  const http::Request request = message_of(parts.request);
  RequestDraft asked;
  ResponseDraft answered;
  asked.body.cut = answered.body.cut = is_cut(parts);
  collect(request, std::nullopt, tools, context, asked);
  http::Response response;
  if (parts.response) {
    response = message_of(*parts.response);
    collect(response, std::nullopt, tools, context, answered);
  }
  again_plain(out.request.method, finder, context);
  again_plain(out.request.origin.host, finder, context);
  out.request.path = again_text(out.request.path, std::move(asked.path), Kind::kText, finder, context);
  out.request.query = again_text(out.request.query, std::move(asked.query), Kind::kText, finder, context);
  again_message(out.request, asked, "request", finder, context, out.notes);
  if (out.response) {
    out.response->reason = again_text(out.response->reason, {}, Kind::kText, finder, context);
    again_message(*out.response, answered, "response", finder, context, out.notes);
  }
  if (out.failure) again_plain(out.failure->detail, finder, context);
  for (std::string& flag : out.flags) again_plain(flag, finder, context);
  again_plain(out.step, finder, context);
  finish_own_words(out, finder, context);
  return out;
}

}  // namespace

RedactedParts again(const RedactedParts& parts, const Tools& tools, const Finder& finder, Context& context) {
  RedactedParts out = round(parts, tools, finder, context);
  RedactedParts before = parts;
  for (int i = 1; i < kMaxRounds && out != before; ++i) {
    before = std::move(out);
    out = round(before, tools, finder, context);
  }
  return out;
}

}  // namespace cvr::redact
