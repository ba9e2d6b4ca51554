// Tables of text (RFC 4180, and with semicolons or tabs): what stands in the columns whose names in the first row
// are sensitive.
#include "redact/rules/table.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/char_set.h"
#include "redact/leaf.h"
#include "redact/rules/beside.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxColumns = 1024;
constexpr std::size_t kMaxName = 64;

struct Field {
  std::size_t begin = 0;  // without its quotes
  std::size_t end = 0;
  std::size_t next = 0;  // where the next one begins
  bool last = false;     // of its row
};

class Table {
 public:
  explicit Table(std::string_view text) : text_(text) {
    const std::string_view head = text.substr(0, text.find('\n'));
    for (const char c : {';', '\t'}) {
      if (std::ranges::count(head, c) > std::ranges::count(head, border_)) border_ = c;
    }
  }

  Field field(std::size_t at) const {
    Field out{.begin = at};
    if (at < text_.size() && text_[at] == '"') {
      out.begin = ++at;
      for (; at < text_.size(); ++at) {
        if (text_[at] != '"') continue;
        if (at + 1 == text_.size() || text_[at + 1] != '"') break;
        ++at;
      }
      out.end = at;
      while (at < text_.size() && !is_end(text_[at])) ++at;
    } else {
      while (at < text_.size() && !is_end(text_[at])) ++at;
      out.end = at;
    }
    out.last = at == text_.size() || text_[at] != border_;
    if (text_.substr(at).starts_with("\r\n")) ++at;
    out.next = std::min(at + 1, text_.size());
    return out;
  }

 private:
  bool is_end(char c) const { return c == border_ || c == '\n' || c == '\r'; }

  std::string_view text_;
  char border_ = ',';
};

}  // namespace

void collect_table(std::string_view text, Context& context, Edits& edits) {
  const Table table(text);
  struct Column {
    std::optional<Named> named;
    std::string_view name;
  };
  std::vector<Column> columns;
  bool any = false;
  std::size_t at = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
  for (bool last = false; !last && at < text.size() && columns.size() < kMaxColumns;) {
    const Field field = table.field(at);
    const std::string_view name = text.substr(field.begin, field.end - field.begin);
    Column column{{}, name};
    if (name.size() <= kMaxName) column.named = context.names.find_json(name, {});
    if (column.named && is_oauth(column.named->guard)) column.named.reset();
    any = any || column.named;
    columns.push_back(column);
    last = field.last;
    at = field.next;
  }
  // "name" beside "email": of people.
  if (context.names.knows_people() &&
      std::ranges::any_of(columns, [](const Column& column) { return part_of(column.name) == Part::kMail; })) {
    for (Column& column : columns) {
      if (column.named || part_of(column.name) != Part::kName || context.names.keeps_json(column.name, {})) continue;
      column.named = Named{Kind::kName, Guard::kPerson, true};
      any = true;
    }
  }
  if (!any) return;
  for (std::size_t i = 0; at < text.size();) {
    const Field field = table.field(at);
    const std::string_view value = text.substr(field.begin, field.end - field.begin);
    if (i < columns.size() && columns[i].named) {
      const auto& [named, name] = columns[i];
      if (!named->general || admits(*named, name, value)) {
        collect_named(*named, name, value, field.begin, std::nullopt, "table.name", Place::kText, context, edits);
      }
    }
    i = field.last ? 0 : i + 1;
    at = field.next;
  }
}

}  // namespace cvr::redact
