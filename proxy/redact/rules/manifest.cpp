#include "redact/rules/manifest.h"

#include <algorithm>
#include <vector>

#include "base/base64.h"

namespace cvr::redact {
namespace {

struct Line {
  std::size_t begin = 0;  // of what is not indented
  std::size_t end = 0;
  std::size_t column = 0;
};

std::string_view unquoted(std::string_view text) {
  if (text.size() >= 2 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0]) {
    return text.substr(1, text.size() - 2);
  }
  return text;
}

// Of "key: value".
std::string_view key_of(std::string_view line) { return unquoted(line.substr(0, line.find(':'))); }
std::string_view value_of(std::string_view line) {
  const std::size_t colon = line.find(": ");
  const std::size_t from = colon == line.npos ? line.npos : line.find_first_not_of(' ', colon + 1);
  return from == line.npos ? std::string_view() : line.substr(from);
}

// One pass: the lines of one mapping at a time, those of its data kept until its kind is known.
class Manifests {
 public:
  Manifests(std::string_view text, Context& context, Edits& edits) : text_(text), context_(context), edits_(edits) {}

  void run() {
    for (std::size_t begin = 0; begin < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      const std::size_t from = std::min(text_.find_first_not_of(' ', begin), end);
      std::size_t stop = end;
      while (stop > from && (text_[stop - 1] == '\r' || text_[stop - 1] == ' ')) --stop;
      if (from < stop && text_[from] != '#') line({from, stop, from - begin});
      begin = end + 1;
    }
    finish();
  }

 private:
  std::string_view text_of(const Line& line) const { return text_.substr(line.begin, line.end - line.begin); }

  void line(Line line) {
    std::string_view text = text_of(line);
    if (text == "---") return finish();
    if (text.starts_with("- ") && line.column <= column_) {
      finish();
      line.begin += 2;
      line.column += 2;
      text.remove_prefix(2);
      column_ = line.column;
    } else if (line.column < column_) {
      finish();
      column_ = line.column;
    }
    if (line.column > column_) {
      if (in_data_) data_.push_back(line);
      return;
    }
    const std::string_view key = key_of(text);
    in_data_ = key == "data" || key == "stringData";
    secret_ |= key == "kind" && unquoted(value_of(text)) == "Secret";
  }

  void finish() {
    if (secret_ && !data_.empty()) {
      const std::size_t member = data_.front().column;
      for (const Line& line : data_) {
        const std::string_view text = text_of(line);
        if (line.column > member) {
          add(text);  // of a block
        } else if (const std::string_view value = value_of(text); !value.starts_with('|') && !value.starts_with('>')) {
          add(unquoted(value));
        }
      }
    }
    data_.clear();
    secret_ = in_data_ = false;
    column_ = 0;
  }

  void add(std::string_view value) {
    if (value.empty()) return;
    if (const auto plain = base64_decode(value)) context_.masker.learn(*plain, Kind::kPassword, Place::kText);
    context_.masker.add_credential(edits_, static_cast<std::size_t>(value.data() - text_.data()), value, {},
                                   Kind::kPassword, "text.manifest", Place::kText);
  }

  std::string_view text_;
  Context& context_;
  Edits& edits_;
  std::size_t column_ = 0;  // of the mapping at hand
  bool in_data_ = false;
  bool secret_ = false;
  std::vector<Line> data_;
};

}  // namespace

void collect_manifests(std::string_view text, Context& context, Edits& edits) {
  if (text.find("Secret") != text.npos) Manifests(text, context, edits).run();
}

}  // namespace cvr::redact
