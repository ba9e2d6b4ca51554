#include "bundle/document.h"

#include "bundle/html.h"
#include "bundle/markdown.h"

namespace cvr::bundle {
namespace {

std::string html_table(const Part& part) {
  std::string out = "<table>\n<thead><tr>";
  for (const std::string& cell : part.head) out += "<th scope=\"col\">" + html_text(cell) + "</th>";
  out += "</tr></thead>\n<tbody>\n";
  for (const Row& row : part.rows) {
    out += "<tr>";
    for (const std::string& cell : row) out += html_cell(cell);
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n";
}

std::string html_list(const Part& part, std::string_view tag) {
  std::string out = "<" + std::string(tag) + ">\n";
  for (const std::string& item : part.items) out += "<li>" + html_text(item) + "</li>\n";
  return out + "</" + std::string(tag) + ">\n";
}

std::string html_part(const Part& part) {
  switch (part.kind) {
    case Part::Kind::kHeading:
      return "<h2>" + html_text(part.text) + "</h2>\n";
    case Part::Kind::kText:
      return "<p>" + html_text(part.text) + "</p>\n";
    case Part::Kind::kNote:
      return "<p class=\"note\">" + html_text(part.text) + "</p>\n";
    case Part::Kind::kList:
      return html_list(part, "ul");
    case Part::Kind::kNumbered:
      return html_list(part, "ol");
    case Part::Kind::kTable:
      return "<div class=\"wide\">" + html_table(part) + "</div>\n";
    case Part::Kind::kCode:
      return "<pre>" + html_text(part.text) + "</pre>\n";
  }
  return {};
}

std::string markdown_row(const Row& row) {
  std::string out = "|";
  for (const std::string& cell : row) out += " " + markdown_cell(cell) + " |";
  return out + "\n";
}

std::string markdown_part(const Part& part) {
  std::string out;
  switch (part.kind) {
    case Part::Kind::kHeading:
      return "## " + markdown_text(part.text) + "\n\n";
    case Part::Kind::kText:
      return markdown_text(part.text) + "\n\n";
    case Part::Kind::kNote:
      return "> " + markdown_text(part.text) + "\n\n";
    case Part::Kind::kList:
      for (const std::string& item : part.items) out += "- " + markdown_text(item) + "\n";
      return out + "\n";
    case Part::Kind::kNumbered:
      for (std::size_t i = 0; i < part.items.size(); ++i) {
        out += std::to_string(i + 1) + ". " + markdown_text(part.items[i]) + "\n";
      }
      return out + "\n";
    case Part::Kind::kTable:
      out = markdown_row(part.head) + "|";
      for (std::size_t i = 0; i < part.head.size(); ++i) out += " --- |";
      out += "\n";
      for (const Row& row : part.rows) out += markdown_row(row);
      return out + "\n";
    case Part::Kind::kCode:
      return markdown_code(part.text) + "\n";
  }
  return out;
}

void plain_line(std::string& out, std::string_view text) {
  if (!text.empty()) out.append(text) += '\n';
}

}  // namespace

Document& Document::heading(std::string text) {
  parts_.push_back({.kind = Part::Kind::kHeading, .text = std::move(text), .items = {}, .head = {}, .rows = {}});
  return *this;
}
Document& Document::text(std::string text) {
  parts_.push_back({.kind = Part::Kind::kText, .text = std::move(text), .items = {}, .head = {}, .rows = {}});
  return *this;
}
Document& Document::note(std::string text) {
  parts_.push_back({.kind = Part::Kind::kNote, .text = std::move(text), .items = {}, .head = {}, .rows = {}});
  return *this;
}
Document& Document::list(std::vector<std::string> items) {
  parts_.push_back({.kind = Part::Kind::kList, .text = {}, .items = std::move(items), .head = {}, .rows = {}});
  return *this;
}
Document& Document::numbered(std::vector<std::string> items) {
  parts_.push_back({.kind = Part::Kind::kNumbered, .text = {}, .items = std::move(items), .head = {}, .rows = {}});
  return *this;
}
Document& Document::table(Row head, std::vector<Row> rows) {
  parts_.push_back(
      {.kind = Part::Kind::kTable, .text = {}, .items = {}, .head = std::move(head), .rows = std::move(rows)});
  return *this;
}
Document& Document::code(std::string text) {
  parts_.push_back({.kind = Part::Kind::kCode, .text = std::move(text), .items = {}, .head = {}, .rows = {}});
  return *this;
}

std::string to_html(const Document& document) {
  std::string body = "<h1>" + html_text(document.title()) + "</h1>\n";
  for (const Part& part : document.parts()) body += html_part(part);
  return html_page(document.title(), kReportStyle, body, {});
}

std::string to_markdown(const Document& document) {
  std::string out = "# " + markdown_text(document.title()) + "\n\n";
  for (const Part& part : document.parts()) out += markdown_part(part);
  out.pop_back();  // one line break at the end
  return out;
}

std::string to_plain(const Document& document) {
  std::string out;
  plain_line(out, document.title());
  for (const Part& part : document.parts()) {
    plain_line(out, part.text);
    for (const std::string& item : part.items) plain_line(out, item);
    for (const std::string& cell : part.head) plain_line(out, cell);
    for (const Row& row : part.rows) {
      for (const std::string& cell : row) plain_line(out, cell);
    }
  }
  return out;
}

}  // namespace cvr::bundle
