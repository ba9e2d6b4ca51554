#include "redact/url.h"

#include <algorithm>

#include "redact/authorization.h"
#include "redact/check.h"

namespace cvr::redact {
namespace {

// A value that is a pseudonym already gets its Span, so that it matches by kind.
void keep_pseudonym(std::string_view text, std::size_t begin, std::size_t end, Edits& edits) {
  if (end - begin < kMinCheckedSize || !is_pseudonym(text.substr(begin, end - begin))) return;
  edits.push_back({begin, end, Kind::kToken, "pseudonym", {}, Edit::Action::kKeep});
}

void add_path_id(std::string_view text, std::size_t begin, std::size_t end, Context& context, Edits& edits) {
  const std::string_view segment = text.substr(begin, end - begin);
  if (!context.names.is_path_id(segment)) return;
  context.masker.add_credential(edits, begin, segment, {}, Kind::kId, "path.id", Place::kQuery);
}

std::optional<Kind> kind_of(std::string_view name, PairsOf pairs, const Context& context) {
  const auto look_up = [&](std::string_view plain) {
    return pairs == PairsOf::kQuery ? context.names.in_query(plain) : context.names.in_form(plain);
  };
  return has_view(name, View::kPercent) ? look_up(decode(name, View::kPercent)) : look_up(name);
}

}  // namespace

void collect_pairs(std::string_view text, std::size_t begin, std::size_t end, PairsOf pairs, Context& context,
                   Edits& edits) {
  text = text.substr(0, end);
  const std::string_view rule = pairs == PairsOf::kQuery ? "query.name" : "form.name";
  const Place place = pairs == PairsOf::kQuery ? Place::kQuery : Place::kForm;
  while (begin < end) {
    std::size_t stop = std::min(text.find_first_of("&;", begin), end);
    const std::size_t equals = text.substr(0, stop).find('=', begin);
    if (equals == text.npos) {
      keep_pseudonym(text, begin, stop, edits);
      begin = stop + 1;
      continue;
    }
    const std::string_view name = text.substr(begin, equals - begin);
    if (const auto kind = kind_of(name, pairs, context)) {
      // ';' separates pairs only before another pair; else it belongs to the secret.
      while (stop < end && text[stop] == ';') {
        const std::size_t next = std::min(text.find_first_of("&;", stop + 1), end);
        if (text.substr(stop + 1, next - stop - 1).find('=') != text.npos) break;
        stop = next;
      }
      const std::string_view value = text.substr(equals + 1, stop - equals - 1);
      if (is_authorization_name(name) && !has_view(value, View::kPercent)) {
        collect_authorization(value, equals + 1, View::kPercentPlus, context, edits);
      } else {
        context.masker.add_credential(edits, equals + 1, value, View::kPercentPlus, *kind, rule, place);
      }
    } else {
      keep_pseudonym(text, equals + 1, stop, edits);
    }
    begin = stop + 1;
  }
}

void collect_path(std::string_view text, std::size_t begin, std::size_t end, Context& context, Edits& edits) {
  text = text.substr(0, end);
  while (begin < end) {
    const std::size_t stop = std::min(text.find('/', begin), end);
    const std::size_t semicolon = std::min(text.find(';', begin), stop);
    keep_pseudonym(text, begin, semicolon, edits);
    add_path_id(text, begin, semicolon, context, edits);
    if (semicolon < stop) collect_pairs(text, semicolon + 1, stop, PairsOf::kQuery, context, edits);
    begin = stop + 1;
  }
}

void collect_url(std::string_view text, std::size_t begin, std::size_t end, Context& context, Edits& edits) {
  text = text.substr(0, end);
  const std::size_t fragment = text.find('#', begin);
  if (fragment != text.npos) {
    edits.push_back({fragment, end, Kind::kOther, "url.fragment", {}, Edit::Action::kRemove});
    end = fragment;
    text = text.substr(0, end);
  }
  std::size_t path = begin;
  const std::size_t query = std::min(text.find('?', begin), end);
  const std::size_t slashes = text.find("//", begin);
  if (slashes < query && (slashes == begin || text[slashes - 1] == ':')) {
    const std::size_t authority = slashes + 2;
    path = std::min(text.find_first_of("/?", authority), end);
    const std::size_t at = text.substr(0, path).rfind('@');
    if (at != text.npos && at >= authority) {
      const std::string_view userinfo = text.substr(authority, at - authority);
      const std::size_t colon = userinfo.find(':');
      if (colon != userinfo.npos && colon + 1 < userinfo.size()) {
        context.masker.learn(decode(userinfo.substr(colon + 1), View::kPercent), Kind::kPassword, Place::kHeader);
      }
      edits.push_back({authority, at + 1, Kind::kOther, "url.userinfo", {}, Edit::Action::kRemove});
    }
  }
  collect_path(text, path, query, context, edits);
  if (query < end) collect_pairs(text, query + 1, end, PairsOf::kQuery, context, edits);
}

void collect_link_ids(std::string_view url, std::size_t offset, Context& context, Edits& edits) {
  const std::size_t end = std::min(url.find_first_of("?#"), url.size());
  std::size_t begin = std::min(url.find('/', url.find("//") + 2), end);
  while (begin < end) {
    const std::size_t stop = std::min(url.find('/', begin + 1), end);
    const std::size_t before = edits.size();
    add_path_id(url, begin + 1, stop, context, edits);
    for (std::size_t i = before; i < edits.size(); ++i) {
      edits[i].begin += offset;
      edits[i].end += offset;
    }
    begin = stop;
  }
}

void collect_link(std::string_view text, Context& context, Edits& edits) {
  for (std::size_t begin = text.find('<'); begin != text.npos; begin = text.find('<', begin)) {
    const std::size_t end = std::min(text.find('>', begin), text.size());
    collect_url(text, begin + 1, end, context, edits);
    begin = end;
  }
}

}  // namespace cvr::redact
