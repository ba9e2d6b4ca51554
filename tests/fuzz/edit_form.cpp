// Invariant: whatever an editor leaves behind is refused with a line, or gives parts whose Spans lie sorted and
// apart inside their texts; and the form of those parts, taken back, changes nothing.
#include "exporters/edit_form.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace cvr;

RedactedText marked(std::string text, std::string_view pseudonym) {
  const std::size_t at = text.find(pseudonym);
  const Span span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(pseudonym.size()), Kind::kToken, "fuzz"};
  return {std::move(text), {span}};
}

RedactedParts recorded() {
  RedactedParts parts;
  parts.request.method = "POST";
  parts.request.origin.host = "a.example";
  parts.request.path.text = "/p";
  parts.request.fields = {{{"Token", {}}, marked("Bearer pseudonym-1", "pseudonym-1")}};
  parts.request.body.content = marked("a=1\n=== b\npseudonym-2", "pseudonym-2");
  parts.response.emplace();
  parts.response->status = 200;
  parts.response->fields = {{{"Content-Type", {}}, {"application/json", {}}}};
  parts.response->body.content = marked(R"({"t":"pseudonym-3","n":[1,2]})", "pseudonym-3");
  return parts;
}

void check(bool holds) {
  if (!holds) std::abort();
}

void check(const RedactedText& text) {
  std::size_t end = 0;
  for (const Span& span : text.spans) {
    check(span.size > 0 && span.begin >= end);
    end = std::size_t{span.begin} + span.size;
  }
  check(end <= text.text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto edited = exporters::apply_edit(recorded(), text);
  if (!edited) {
    check(edited.error().text.starts_with("line "));
    return 0;
  }
  check(edited->request.path);
  check(edited->request.query);
  check(edited->request.body.content);
  check(edited->response->reason);
  check(edited->response->body.content);
  for (const RedactedField& field : edited->request.fields) check(field.value);
  for (const RedactedField& field : edited->response->fields) check(field.value);
  const auto again = exporters::apply_edit(*edited, exporters::edit_form(*edited, "fuzz"));
  check(again && *again == *edited);
  return 0;
}
