#include "redact/rules/json_names.h"

#include <algorithm>

#include "redact/names.h"

namespace cvr::redact {
namespace {

constexpr std::string_view kNameKeys[] = {"name", "key", "k", "header", "field", "Name", "Key", "param", "parameter"};
constexpr std::string_view kValueKeys[] = {"value", "val", "v", "content", "Value", "stringValue", "string"};
constexpr std::string_view kLabelKeys[] = {"name",
                                           "names",
                                           "id",
                                           "url",
                                           "uri",
                                           "href",
                                           "arn",
                                           "namespace",
                                           "provider",
                                           "path",
                                           "created",
                                           "updated",
                                           "created_at",
                                           "updated_at",
                                           "version",
                                           "visibility",
                                           "selected_repositories_url"};

template <class List>
bool is_one_of(std::string_view word, const List& list) {
  return std::ranges::find(list, word) != std::end(list);
}

}  // namespace

bool is_name_key(std::string_view key) { return is_one_of(key, kNameKeys); }
bool is_value_key(std::string_view key) { return is_one_of(key, kValueKeys); }
bool is_label_key(std::string_view key) { return is_one_of(key, kLabelKeys); }

bool is_mailbox_name(std::string_view key) {
  constexpr std::string_view kNames[] = {"from", "to", "cc", "bcc", "sender", "reply_to", "replyTo", "From", "To"};
  return is_one_of(key, kNames);
}

bool is_header_name(std::string_view word) {
  return word.find('-') != word.npos || is_authorization_name(word) || word == "Cookie" || word == "cookie";
}

bool is_phrase_name(std::string_view name) {
  return name.find("hrase") != name.npos || name.find("nemonic") != name.npos || name.find("ecovery") != name.npos ||
         name.find("ackup") != name.npos || name.find("eed") != name.npos;
}

bool is_patch_path(std::string_view raw) {
  return raw.starts_with('/') || (!raw.empty() && raw.size() <= 256 && raw.find_first_of("/ \\") == raw.npos);
}

std::string_view last_of_path(std::string_view path) {
  return path.substr(path.find_last_of(path.starts_with('/') ? "/" : ".:") + 1);
}

std::size_t origin_size(std::string_view raw) {
  if (!raw.starts_with("https://") && !raw.starts_with("http://")) return 0;
  const std::size_t path = raw.find_first_of("/\\@?#", raw.find("//") + 2);
  return path != raw.npos && raw[path] == '/' ? path + 1 : 0;
}

}  // namespace cvr::redact
