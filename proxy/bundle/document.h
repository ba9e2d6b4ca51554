// A report as parts, written once and shown twice: as HTML and as Markdown.  Everything that is put in is plain
// text and hostile; the two writers escape it (SAFETY T24, T25).  Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cvr::bundle {

using Row = std::vector<std::string>;

struct Part {
  enum class Kind { kHeading, kText, kList, kNumbered, kTable, kCode, kNote };
  Kind kind = Kind::kText;
  std::string text;                // heading, text, code, note
  std::vector<std::string> items;  // list, numbered
  Row head;                        // table
  std::vector<Row> rows;
};

class Document {
 public:
  explicit Document(std::string title) : title_(std::move(title)) {}

  Document& heading(std::string text);
  Document& text(std::string text);
  Document& note(std::string text);  // stands out
  Document& list(std::vector<std::string> items);
  Document& numbered(std::vector<std::string> items);
  Document& table(Row head, std::vector<Row> rows);
  Document& code(std::string text);  // kept as it is, line by line

  const std::string& title() const { return title_; }
  const std::vector<Part>& parts() const { return parts_; }

 private:
  std::string title_;
  std::vector<Part> parts_;
};

std::string to_html(const Document& document);
std::string to_markdown(const Document& document);
// Without any mark-up, a line a text or cell: what a reader reads.
std::string to_plain(const Document& document);

}  // namespace cvr::bundle
