#include "app/surplus.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

#include "app/json_places.h"
#include "base/base64.h"
#include "base/escape.h"
#include "cassette/digest.h"
#include "exporters/canonical.h"
#include "exporters/common.h"
#include "match/differences.h"

namespace cvr::app {
namespace {

constexpr std::size_t kMostUnused = 1'000'000;

std::string_view last_component(std::string_view path) { return path.substr(path.find_last_of('/') + 1); }

// RFC 9110 section 9.2.1.
bool is_safe(std::string_view method) { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }

exporters::Canonical canonical() {
  exporters::CanonicalOptions options;
  options.recorded_order = true;
  options.label_credentials = false;
  options.is_volatile = [](std::string_view name) { return match::is_volatile_header(name, {}); };
  return exporters::Canonical(std::move(options));
}

std::uint64_t number_in(const std::string& text) {
  std::uint64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? out : 0;
}

std::string text_at(std::string_view json, const std::string& pointer) {
  const auto places = json_places(json, pointer, 1);
  return places.empty() ? std::string() : places.front().text;
}

UsageReport report_in(std::string_view json) {
  UsageReport out;
  out.cassette = text_at(json, "/cassette");
  const auto all = [&](const char* name) {
    return json_places(json, std::string("/unused_interactions/*/") + name, kMostUnused);
  };
  const auto numbers = all("n"), methods = all("method"), urls = all("url");
  const std::size_t count = std::min({numbers.size(), methods.size(), urls.size()});
  for (std::size_t i = 0; i < count; ++i) {
    out.unused.push_back({number_in(numbers[i].text), methods[i].text, urls[i].text});
  }
  const std::string said = text_at(json, "/unused");
  out.is_complete = !said.empty() && number_in(said) == out.unused.size() && numbers.size() == count;
  return out;
}

}  // namespace

Result<Repeats> repeats_in(const cassette::Reader& reader) {
  Repeats out;
  std::map<std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>, cassette::Digest> said;  // since the last write
  std::string all;
  exporters::Canonical printer = canonical();
  for (std::uint64_t i = 0; i < reader.size(); ++i) {
    const auto one = reader.interaction(i);
    if (!one) return std::unexpected(one.error());
    const cassette::Digest digest = cassette::sha256(printer.print(**one));
    all.append(reinterpret_cast<const char*>(digest.data()), digest.size());
    if (!is_safe((*one)->request.method)) {
      said.clear();
      continue;
    }
    const MatchKey& key = (*one)->key;
    const auto [place, is_new] = said.try_emplace({key.exact_hi, key.exact_lo, key.bucket_hi}, digest);
    if (!is_new && place->second == digest) out.numbers.push_back(i + 1);
    place->second = digest;
  }
  const cassette::Digest identity = cassette::sha256(all);
  out.identity = hex_encode({reinterpret_cast<const char*>(identity.data()), identity.size()});
  return out;
}

Result<std::vector<UsageReport>> parse_usage(std::string_view text) {
  std::vector<UsageReport> out;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    const std::size_t before = out.size();
    if (!json_places(line, "/cassette", 1).empty()) out.push_back(report_in(line));
    for (const JsonPlace& session : json_places(line, "/sessions/*", kMostUnused)) {
      if (!json_places(session.text, "/cassette", 1).empty()) out.push_back(report_in(session.text));
    }
    if (out.size() == before) {
      return fail(ErrorCode::kMalformed, "line " + std::to_string(number) +
                                             " is no summary of a replay (cvr replay --json, cvr proxy --json)");
    }
  }
  return out;
}

Result<std::vector<std::uint64_t>> unused_in(const cassette::Reader& reader, const std::vector<UsageReport>& reports) {
  std::map<std::uint64_t, std::size_t> times;
  std::size_t about_it = 0;
  const auto stale = [&](const std::string& why) {
    return fail(ErrorCode::kUsage, "a summary does not fit " + printable(reader.name()) + " as it is now: " + why +
                                       "; replay it again with --json");
  };
  for (const UsageReport& report : reports) {
    if (last_component(report.cassette) != last_component(reader.name())) continue;
    ++about_it;
    if (!report.is_complete) return stale("it does not list all unused interactions");
    for (const UsageReport::Unused& unused : report.unused) {
      if (unused.n == 0 || unused.n > reader.size()) return stale("there is no #" + std::to_string(unused.n));
      if (++times[unused.n] < about_it) continue;  // somebody has used it
      const auto one = reader.interaction(unused.n - 1);
      if (!one) return std::unexpected(one.error());
      if ((*one)->request.method != unused.method || exporters::url_of((*one)->request) != unused.url) {
        return stale("#" + std::to_string(unused.n) + " is another request");
      }
    }
  }
  std::vector<std::uint64_t> out;
  for (const auto& [n, count] : times) {
    if (about_it > 0 && count == about_it) out.push_back(n);
  }
  return out;
}

}  // namespace cvr::app
