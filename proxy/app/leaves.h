// The places in a text that an explanation speaks of, with the names that rules know them by: elements and attributes,
// fields of multipart, members of JSON in events and lines, cookies, lines.  A reader's view, lenient: what it can not
// tell apart is one leaf.  Pure; offsets are bytes of the text; bounded by kMostLeaves, the last of which takes the
// rest.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cvr::app {

inline constexpr std::size_t kMostLeaves = 10'000;

struct Leaf {
  std::string label;         // "<b>", "<a href>", "field token", "line 3 /id", "sid"
  std::string name;          // that rules know; empty: none
  std::string pointer = {};  // of JSON
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_json = false;
};

std::vector<Leaf> markup_leaves(std::string_view text);
// `boundary`: without the leading "--".
std::vector<Leaf> multipart_leaves(std::string_view text, std::string_view boundary);
// Lines; of those that hold JSON (behind "data:" too) each scalar.  Blank ones are left out.
std::vector<Leaf> line_leaves(std::string_view text);
// "a=1; b=2" of Cookie; of Set-Cookie the first pair and the attributes as one leaf.
std::vector<Leaf> cookie_leaves(std::string_view text, bool set);
// Every scalar of a JSON text, labelled by its pointer.  Empty: no JSON, or none in it.
std::vector<Leaf> json_leaves(std::string_view text);

}  // namespace cvr::app
