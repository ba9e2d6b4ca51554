#include "redact/own_words.h"

#include <set>
#include <string>

#include "http/codings.h"
#include "redact/message.h"

namespace cvr::redact {
namespace {

// Every text that has Spans.
template <class Parts, class See>
void each_text(Parts& parts, const See& see) {
  const auto message = [&](auto& one) {
    for (auto* fields : {&one.fields, &one.trailers}) {
      for (auto& field : *fields) see(field.name), see(field.value);
    }
    see(one.body.content);
  };
  see(parts.request.path);
  see(parts.request.query);
  message(parts.request);
  if (!parts.response) return;
  see(parts.response->reason);
  message(*parts.response);
}

void finish(std::string& text, const Finder& finder, Context& context) {
  if (finder.knows(text)) text = finish_text(text, {}, Kind::kText, finder.without_expressions(), context).text;
}

void finish(RedactedBody& body, const Finder& finder, Context& context) {
  for (std::string& coding : body.codings) coding = http::registered_coding(coding);
  if (body.omitted) finish(*body.omitted, finder, context);
  finish(body.digest, finder, context);
}

}  // namespace

void finish_own_words(RedactedParts& parts, const Finder& finder, Context& context) {
  finish(parts.request.body, finder, context);
  if (parts.response) finish(parts.response->body, finder, context);
  for (std::string& note : parts.notes) finish(note, finder, context);
  std::set<std::string> clean;  // a record has many Spans and few rules
  each_text(parts, [&](RedactedText& text) {
    for (Span& span : text.spans) {
      if (clean.contains(span.rule)) continue;
      finish(span.rule, finder, context);
      clean.insert(span.rule);
    }
  });
}

void each_own_word(const RedactedParts& parts,
                   const std::function<void(std::string_view text, std::string_view place)>& look) {
  const auto body = [&](const RedactedBody& one, const std::string& of) {
    for (const std::string& coding : one.codings) {
      if (http::registered_coding(coding) != coding) look(coding, of + " (its codings)");
    }
    if (one.omitted) look(*one.omitted, of + " (why it is omitted)");
    if (!one.digest.empty()) look(one.digest, of + " (its digest)");
  };
  body(parts.request.body, "request body");
  if (parts.response) body(parts.response->body, "response body");
  std::set<std::string_view> rules;
  each_text(parts, [&rules](const RedactedText& text) {
    for (const Span& span : text.spans) rules.insert(span.rule);
  });
  for (const std::string_view rule : rules) look(rule, "rule");
  look(parts.step, "step");
  for (const std::string& flag : parts.flags) look(flag, "flag");
  for (const std::string& note : parts.notes) look(note, "note");
}

}  // namespace cvr::redact
