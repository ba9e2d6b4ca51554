// HAR 1.2 (w3c.github.io/web-performance/specs/HAR): what browsers, proxies and test tools save.  Dialects differ in
// what is missing; the entries are read in har_entry.
#include "importers/formats.h"
#include "importers/formats/har_entry.h"
#include "importers/json_reader.h"

namespace cvr::importers {

Result<void> read_har(const Source& source, const Taker& take, Losses& losses) {
  const auto each = [&](Node& entry, std::size_t number) -> Result<void> {
    auto interaction = interaction_of(entry, source, {losses, "entry " + std::to_string(number)});
    return interaction ? take(*std::move(interaction)) : Result<void>();
  };
  const auto document = read_json(source.text, {{"log", "entries"}, each, skipping("entry", losses)});
  if (!document) return std::unexpected(document.error());
  const Node* log = document->find("log", Node::Type::kMap);
  if (log == nullptr || log->find("entries", Node::Type::kList) == nullptr) {
    return fail(ErrorCode::kMalformed, "no HAR: there is no log with a list of entries");
  }
  if (const Node* pages = log->find("pages", Node::Type::kList); pages != nullptr && !pages->items.empty()) {
    losses.add("pages dropped", {});
  }
  if (!log->text_of("comment").empty()) losses.add("the comment of the log dropped", {});
  return {};
}

}  // namespace cvr::importers
