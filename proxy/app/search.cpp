#include "app/search.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>

#include "app/json_places.h"
#include "base/escape.h"
#include "cvr/match_rules.h"
#include "exporters/common.h"

namespace cvr::app {
namespace {

constexpr std::size_t kMostPattern = 4096;
constexpr std::size_t kContext = 40;  // bytes around a match
constexpr std::size_t kMostShown = 200;
constexpr std::int64_t kMostMemory = 32 << 20;

struct StatusRange {
  int first = 0;  // 0: no answer
  int last = 0;
};

std::optional<int> status_number(std::string_view text) {
  if (text.size() != 3 || text.find_first_not_of("0123456789") != text.npos || text[0] == '0') return std::nullopt;
  return (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
}

Result<StatusRange> status_range(const std::string& text) {
  if (text == "none") return StatusRange{};
  if (const auto one = status_number(text)) return StatusRange{*one, *one};
  if (text.size() == 3 && text[0] >= '1' && text[0] <= '9' && (text.ends_with("xx") || text.ends_with("XX"))) {
    return StatusRange{(text[0] - '0') * 100, (text[0] - '0') * 100 + 99};
  }
  if (const std::size_t dash = text.find('-'); dash != text.npos) {
    const auto first = status_number(std::string_view(text).substr(0, dash));
    const auto last = status_number(std::string_view(text).substr(dash + 1));
    if (first && last && *first <= *last) return StatusRange{*first, *last};
  }
  return fail(ErrorCode::kUsage,
              "--status " + printable(shortened(text, 40)) + " is no status; 404, 4xx, 200-299 or none is needed");
}

struct Route {
  std::string method;  // empty: any
  std::string glob;
};

Result<Route> route_of(const std::string& text) {
  const std::size_t space = text.find(' ');
  Route out;
  if (space != text.npos) out.method = text.substr(0, space);
  out.glob = space == text.npos ? text : text.substr(space + 1);
  if (out.glob.starts_with('/') || out.glob.starts_with('*')) return out;
  return fail(ErrorCode::kUsage, "--route " + printable(shortened(text, 60)) +
                                     " is no route; a path such as /trips/* or 'POST /trips/**' is needed");
}

std::unique_ptr<re2::RE2> compile(const SearchChoice& choice) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_literal(choice.fixed);
  options.set_case_sensitive(!choice.ignore_case);
  options.set_max_mem(kMostMemory);
  return std::make_unique<re2::RE2>(choice.pattern, options);
}

class Finder : public Search {
 public:
  Finder(std::unique_ptr<re2::RE2> pattern, std::vector<StatusRange> status, std::vector<Route> routes,
         const SearchChoice& choice)
      : pattern_(std::move(pattern)), status_(std::move(status)), routes_(std::move(routes)), choice_(choice) {}

  bool fits(const RedactedParts& parts) const override {
    const int status = parts.response ? parts.response->status : 0;
    const auto holds = [&](const StatusRange& range) { return status >= range.first && status <= range.last; };
    if (!status_.empty() && std::ranges::none_of(status_, holds)) return false;
    const auto is_method = [&](const std::string& method) {
      return http::equals_ignoring_case(method, parts.request.method);
    };
    if (!choice_.methods.empty() && std::ranges::none_of(choice_.methods, is_method)) return false;
    const auto is_route = [&](const Route& route) {
      return (route.method.empty() || is_method(route.method)) && match::fits_glob(route.glob, parts.request.path.text);
    };
    return routes_.empty() || std::ranges::any_of(routes_, is_route);
  }

  std::vector<Hit> find(const RedactedParts& parts) const override {
    std::vector<Hit> out;
    if (!fits(parts)) return out;
    if (!choice_.json_pointer.empty()) {
      json("request body", parts.request.body, out);
      if (parts.response) json("response body", parts.response->body, out);
      return out;
    }
    if (choice_.pattern.empty()) {
      out.emplace_back();
      return out;
    }
    text("url", exporters::url_of(parts.request), out);
    message("request", parts.request, out);
    if (parts.response) {
      text("response reason", parts.response->reason.text, out);
      message("response", *parts.response, out);
    }
    if (parts.failure) text("failure", parts.failure->detail, out);
    text("step", parts.step, out);
    return out;
  }

 private:
  template <class Message>
  void message(const std::string& side, const Message& message, std::vector<Hit>& out) const {
    const auto fields = [&](const std::string& what, const std::vector<RedactedField>& list) {
      for (const RedactedField& field : list) {
        // As people write it, so that "accept: .*json" is found.
        text(side + what + field.name.text, field.name.text + ": " + field.value.text, out);
      }
    };
    fields(" header ", message.fields);
    text(side + " body", message.body.content.text, out);
    fields(" trailer ", message.trailers);
  }

  void json(const std::string& place, const RedactedBody& body, std::vector<Hit>& out) const {
    for (const JsonPlace& value : json_places(body.content.text, choice_.json_pointer, kMostHits)) {
      if (choice_.pattern.empty()) {
        out.push_back({place, value.pointer, value.at, "", value.text.substr(0, kMostShown), ""});
        continue;
      }
      const std::size_t before = out.size();
      text(place, value.text, out);
      for (std::size_t i = before; i < out.size(); ++i) {
        out[i].pointer = value.pointer;
        out[i].at += value.at;
      }
    }
  }

  void text(const std::string& place, std::string_view text, std::vector<Hit>& out) const {
    const re2::StringPiece whole(text.data(), text.size());
    re2::StringPiece found;
    std::size_t at = 0;
    for (std::size_t hits = 0; hits < kMostHits && at <= text.size(); ++hits) {
      if (!pattern_->Match(whole, at, text.size(), re2::RE2::UNANCHORED, &found, 1)) return;
      const auto begin = static_cast<std::size_t>(found.data() - text.data());
      out.push_back(hit(place, text, begin, found.size()));
      // What an excerpt shows is not shown again.
      at = begin + std::max<std::size_t>(found.size() + out.back().after.size(), 1);
    }
  }

  // Never beyond the line of the match.
  static Hit hit(const std::string& place, std::string_view text, std::size_t begin, std::size_t size) {
    std::string_view before = text.substr(begin - std::min(begin, kContext), std::min(begin, kContext));
    if (const std::size_t line = before.find_last_of("\r\n"); line != before.npos) before.remove_prefix(line + 1);
    std::string_view after = text.substr(begin + size, kContext);
    after = after.substr(0, after.find_first_of("\r\n"));
    return {place,
            "",
            begin,
            std::string(before),
            std::string(text.substr(begin, std::min(size, kMostShown))),
            std::string(after)};
  }

  const std::unique_ptr<re2::RE2> pattern_;
  const std::vector<StatusRange> status_;
  const std::vector<Route> routes_;
  const SearchChoice choice_;
};

}  // namespace

Result<std::shared_ptr<const Search>> Search::make(const SearchChoice& choice) {
  std::vector<StatusRange> status;
  for (const std::string& word : choice.status) {
    const auto range = status_range(word);
    if (!range) return std::unexpected(range.error());
    status.push_back(*range);
  }
  std::vector<Route> routes;
  for (const std::string& word : choice.routes) {
    auto route = route_of(word);
    if (!route) return std::unexpected(route.error());
    routes.push_back(std::move(*route));
  }
  if (!choice.json_pointer.empty() && !choice.json_pointer.starts_with('/')) {
    return fail(ErrorCode::kUsage, "--json-pointer has to begin with / (RFC 6901), as in /data/0/id or /data/*/id");
  }
  if (choice.pattern.size() > kMostPattern) return fail(ErrorCode::kUsage, "PATTERN is longer than 4096 bytes");
  auto pattern = compile(choice);
  if (!pattern->ok()) {
    return fail(ErrorCode::kUsage, "PATTERN is no regular expression (RE2): " +
                                       printable(shortened(pattern->error(), 200)) + "; -F takes it as a text");
  }
  return std::make_shared<const Finder>(std::move(pattern), std::move(status), std::move(routes), choice);
}

}  // namespace cvr::app
