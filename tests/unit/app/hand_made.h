// Interactions made by hand, for tests of this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"

namespace cvr::app {

inline RedactedField field(std::string name, std::string value) {
  return {{std::move(name), {}}, {std::move(value), {}}};
}

// "GET /path?query" of api.example, answered by a JSON body.
inline RedactedParts answered(std::string_view method, std::string_view target, int status, std::string body = "{}") {
  RedactedParts parts;
  parts.request.method = method;
  parts.request.origin.host = "api.example";
  const std::size_t question = target.find('?');
  parts.request.path.text = target.substr(0, question);
  parts.request.has_query = question != std::string_view::npos;
  if (parts.request.has_query) parts.request.query.text = target.substr(question + 1);
  parts.request.fields = {field("Accept", "application/json")};
  parts.response.emplace();
  parts.response->status = status;
  parts.response->reason.text = "Said";
  parts.response->fields = {field("Content-Type", "application/json")};
  parts.response->body.wire_size = body.size();
  parts.response->body.content.text = std::move(body);
  return parts;
}

inline RedactedParts failed(std::string_view target, FailureKind kind) {
  RedactedParts parts = answered("GET", target, 0);
  parts.response.reset();
  parts.failure = Failure{kind, "as the test wants it"};
  return parts;
}

inline RedactedInteraction vouched(RedactedParts parts) { return RedactionPass::vouch(std::move(parts)); }

}  // namespace cvr::app
