#include "redact/message.h"

#include <algorithm>

#include "redact/coded_leaf.h"
#include "redact/url.h"
#include "redact/words.h"

namespace cvr::redact {
namespace {

void collect_fields(const http::Fields& fields, const Tools& tools, Context& context, std::vector<FieldDraft>& drafts) {
  drafts.resize(fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    drafts[i].field = &fields[i];
    drafts[i].decision = tools.headers.decide(fields[i].name);
    // Digests wait for the body, unlisted values for what is learned elsewhere.
    const HeaderClass what = drafts[i].decision.what;
    if (what == HeaderClass::kUnlisted && http::equals_ignoring_case(fields[i].name, "sec-websocket-protocol")) {
      learn_protocols(fields[i].value, context);
    }
    if (what == HeaderClass::kDigest || what == HeaderClass::kUnlisted) continue;
    collect_header(drafts[i].decision, fields[i].value, false, context, drafts[i].edits);
  }
}

std::vector<RedactedField> finish_fields(std::vector<FieldDraft>& drafts, bool changed, const Finder& finder,
                                         Context& context) {
  std::vector<RedactedField> out(drafts.size());
  const Finder facts = finder.without_expressions();
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const http::Field& field = *drafts[i].field;
    const HeaderClass what = drafts[i].decision.what;
    if (what == HeaderClass::kDigest || what == HeaderClass::kUnlisted) {
      collect_header(drafts[i].decision, field.value, changed, context, drafts[i].edits);
    }
    if (drafts[i].decision.known_name) {
      out[i].name.text = field.name;
    } else {
      out[i].name = finish_text(field.name, {}, Kind::kHeader, facts, context);
    }
    const Finder& search = is_searched_by_patterns(field.name) ? finder : facts;
    out[i].value = finish_text(field.value, std::move(drafts[i].edits), Kind::kHeader, search, context);
  }
  return out;
}

// Nothing is left in which a known value could stand: "Bearer " and what is replaced after it.
bool leaves_only_gaps(const Edits& edits, std::string_view text) {
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    if (edit.begin < at || edit.begin - at >= kMinLedgerSize || edit.action == Edit::Action::kKeep) return false;
    if (is_coded_leaf(edit)) return false;  // only its names have been read
    at = edit.end;
  }
  return text.size() - at < kMinLedgerSize;
}

void blank_text(RedactedText& text, Kind kind, Context& context) {
  if (text.text.empty()) return;
  auto mask = context.masker.unlisted(text.text);
  text.text = std::move(mask.text);
  text.spans = {{0, static_cast<std::uint32_t>(text.text.size()), kind, "ledger.full"}};
}

void blank_fields(std::vector<RedactedField>& fields, Context& context) {
  for (RedactedField& field : fields) {
    if (field.value.spans.empty()) blank_text(field.value, Kind::kHeader, context);
  }
}

void blank_body(RedactedBody& body, const Pseudonyms& pseudonyms) {
  if (body.omitted || body.content.text.empty()) return;
  body.digest = pseudonyms.body_digest_of(body.content.text);
  body.content = {};
  body.omitted = "omitted: more secrets than the ledger holds";
}

}  // namespace

void collect(const http::Request& raw, const std::optional<BodyDigest>& over_limit, const Tools& tools,
             Context& context, RequestDraft& draft) {
  context.root = kRequestRoot;
  context.oauth = is_oauth_path(raw.path);
  collect_path(raw.path, 0, raw.path.size(), context, draft.path);
  if (!raw.query.empty()) {
    const std::size_t end = std::min(raw.query.find('#'), raw.query.size());
    collect_pairs(raw.query, 0, end, PairsOf::kQuery, context, draft.query);
    if (end < raw.query.size()) {
      draft.query.push_back({end, raw.query.size(), Kind::kOther, "url.fragment", {}, Edit::Action::kRemove});
    }
  }
  collect_fields(raw.fields, tools, context, draft.fields);
  collect_fields(raw.trailers, tools, context, draft.trailers);
  collect_body(raw.body, raw.fields, over_limit, tools.body_limit_bytes, context, draft.body);
  context.oauth = false;
}

void collect(const http::Response& raw, const std::optional<BodyDigest>& over_limit, const Tools& tools,
             Context& context, ResponseDraft& draft) {
  context.root = kResponseRoot;
  collect_fields(raw.fields, tools, context, draft.fields);
  collect_fields(raw.trailers, tools, context, draft.trailers);
  collect_body(raw.body, raw.fields, over_limit, tools.body_limit_bytes, context, draft.body);
}

RedactedText finish_text(std::string_view text, Edits edits, Kind kind, const Finder& finder, Context& context) {
  if ((finder.has_expressions() || !leaves_only_gaps(edits, text)) && !finder.find(text, edits)) {
    edits.clear();
    auto mask = context.masker.unlisted(text);
    edits.push_back({0, text.size(), kind, "search.limit", std::move(mask.text)});
  }
  settle_coded(text, context, edits);
  drop_in_pseudonyms(edits);
  if (kind != Kind::kHeader) finder.find_random(text, edits);
  if (kind != Kind::kHeader) learn_seen(text, edits, context.masker);
  return apply(text, std::move(edits), context.masker.pseudonyms());
}

void prepare(std::string_view raw, BodyDraft& draft, const Finder& finder, Context& context) {
  if (!draft.done) draft.done = finish_body(draft, raw, finder, context);
}

RedactedRequest finish(const http::Request& raw, RequestDraft& draft, const Finder& finder, Context& context) {
  RedactedRequest out;
  prepare(raw.body, draft.body, finder, context);
  out.body = *std::move(draft.body.done);
  const Finder facts = finder.without_expressions();
  const auto plain = [&](std::string_view text) { return finish_text(text, {}, Kind::kToken, facts, context).text; };
  out.method = plain(raw.method);
  out.origin = raw.origin;
  out.origin.host = plain(raw.origin.host);
  out.path = finish_text(raw.path, std::move(draft.path), Kind::kText, finder, context);
  out.query = finish_text(raw.query, std::move(draft.query), Kind::kText, finder, context);
  out.has_query = raw.has_query;
  out.minor_version = raw.minor_version;
  out.fields = finish_fields(draft.fields, body_changed(out.body), finder, context);
  out.trailers = finish_fields(draft.trailers, body_changed(out.body), finder, context);
  return out;
}

RedactedResponse finish(const http::Response& raw, ResponseDraft& draft, const Finder& finder, Context& context) {
  RedactedResponse out;
  prepare(raw.body, draft.body, finder, context);
  out.body = *std::move(draft.body.done);
  out.status = raw.status;
  out.reason = finish_text(raw.reason, {}, Kind::kText, finder, context);
  out.minor_version = raw.minor_version;
  out.fields = finish_fields(draft.fields, body_changed(out.body), finder, context);
  out.trailers = finish_fields(draft.trailers, body_changed(out.body), finder, context);
  return out;
}

void add_notes(std::string_view which, const http::Fields& fields, const RedactedBody& body,
               std::vector<std::string>& notes) {
  if (!body_changed(body)) return;
  const auto note = [&](std::string_view name, std::string_view what) {
    if (http::find(fields, name) != nullptr) notes.push_back(std::string(which) + ": " + std::string(what));
  };
  if (body.omitted || !body.codings.empty() || body.content.text.size() != body.wire_size) {
    note("content-length", "content-length is that of the original body");
  }
  note("etag", "etag kept although the body changed");
  for (const http::Field& field : fields) {
    const std::string name = http::to_lower(field.name);
    if (is_digest_header(name)) note(name, name + " replaced because the body changed");
  }
}

void blank(RedactedRequest& request, Context& context) {
  blank_text(request.path, Kind::kText, context);
  blank_text(request.query, Kind::kText, context);
  blank_fields(request.fields, context);
  blank_fields(request.trailers, context);
  blank_body(request.body, context.masker.pseudonyms());
}

void blank(RedactedResponse& response, Context& context) {
  blank_text(response.reason, Kind::kText, context);
  blank_fields(response.fields, context);
  blank_fields(response.trailers, context);
  blank_body(response.body, context.masker.pseudonyms());
}

}  // namespace cvr::redact
