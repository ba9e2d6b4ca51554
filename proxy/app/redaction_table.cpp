#include "app/redaction_table.h"

#include <algorithm>
#include <array>

#include "base/escape.h"
#include "base/json_writer.h"
#include "redact/general_names.h"
#include "redact/headers.h"
#include "redact/names.h"

namespace cvr::app {
namespace {

using profiles::Profile;

struct PlaceLists {
  Where where;
  std::vector<profiles::SensitiveName> Profile::* secret;
  std::vector<std::string> Profile::* kept;
};
constexpr PlaceLists kPlaces[] = {
    {Where::kHeader, &Profile::secret_headers, &Profile::kept_headers},
    {Where::kQuery, &Profile::secret_query, &Profile::kept_query},
    {Where::kForm, &Profile::secret_form, &Profile::kept_form},
    {Where::kCookie, &Profile::secret_cookies, &Profile::kept_cookies},
    {Where::kJson, &Profile::secret_json, &Profile::kept_json},
    {Where::kXml, &Profile::secret_xml, &Profile::kept_xml},
};

std::string source_of(const Redaction& redaction, Where where, std::string_view name) {
  for (auto rule = redaction.rules.rbegin(); rule != redaction.rules.rend(); ++rule) {
    if (rule->where == where && is_same_name(rule->name, name)) return rule->source;
  }
  return redaction.profile_source;
}

void add_patterns(const Redaction& redaction, std::vector<TableRow>& out) {
  std::vector<std::string> sources(redaction.base->patterns.size(), redaction.profile_source);
  for (const RedactRule& rule : redaction.rules) {
    if (rule.where == Where::kPattern) sources.push_back(rule.source);
  }
  const auto& patterns = redaction.profile->patterns;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    out.push_back({"pattern", patterns[i].expression, std::string(to_string(patterns[i].kind)),
                   std::string(to_string(patterns[i].level)), sources[i]});
  }
  const auto add = [&](std::string name, Kind kind, const std::string& from) {
    out.push_back({"pattern", std::move(name), std::string(to_string(kind)), "credentials", from});
  };
  for (const std::string& prefix : redaction.profile->token_prefixes) {
    add(prefix + " and 20 characters", Kind::kToken, redaction.profile_source);
  }
  for (const std::string& word : redaction.profile->uuid_markers) {
    add("a UUID after " + word, Kind::kToken, redaction.profile_source);
  }
  for (const std::string& prefix : redaction.profile->id_prefixes) {
    out.push_back({"pattern", prefix + " and digits", "id", "commercial", redaction.profile_source});
  }
  out.push_back({"pattern", "an e-mail address", "email", "pii", "general"});
  out.push_back({"pattern", "an international phone number", "phone", "pii", "general"});
  out.push_back({"pattern", "an IBAN", "text", "pii", "general"});
  add("what looks random", Kind::kToken, "general");
  add("a JWT", Kind::kJwt, "general");
  add("a private key (PEM)", Kind::kToken, "general");
  add("Bearer or Basic and credentials", Kind::kToken, "general");
  add("a password in a URL", Kind::kPassword, "general");
  add("a token of a well-known provider", Kind::kToken, "general");
}

void add_general(Where where, std::vector<TableRow>& out) {
  const auto add = [&](std::string name, std::string kind) {
    std::string level = kind == "kept" ? "" : "credentials";
    out.push_back({to_string(where), std::move(name), std::move(kind), std::move(level), "general"});
  };
  if (where == Where::kHeader) {
    for (const char* name : {"authorization", "proxy-authorization"}) add(name, "token");
    for (const char* name : {"cookie", "set-cookie"}) add(name, "cookie");
    for (const std::string& name : redact::general_kept_headers()) add(name, "kept");
  }
  if (where != Where::kCookie) {
    for (const redact::GeneralName& general : redact::general_names()) {
      if (where == Where::kHeader && !general.ending) continue;
      out.push_back({to_string(where), (general.ending ? "*" : "") + std::string(general.name),
                     std::string(to_string(general.kind)), std::string(to_string(general.level)), "general"});
    }
  }
  if (where == Where::kJson) {
    for (const redact::General& general : redact::general_list()) {
      if (general.parent.empty()) continue;
      out.push_back({to_string(where), std::string(general.parent) + '.' + std::string(general.name),
                     std::string(to_string(general.kind)), std::string(to_string(general.level)), "general"});
    }
  }
  if (where == Where::kHeader) add("*", "header");
  if (where == Where::kCookie) add("*", "cookie");
}

}  // namespace

std::vector<TableRow> redaction_table(const Redaction& redaction) {
  std::vector<TableRow> out;
  for (const PlaceLists& place : kPlaces) {
    const std::string_view where = to_string(place.where);
    for (const auto& name : (*redaction.profile).*place.secret) {
      out.push_back({where, name.name, std::string(to_string(name.kind)), std::string(to_string(name.level)),
                     source_of(redaction, place.where, name.name)});
    }
    for (const std::string& name : (*redaction.profile).*place.kept) {
      out.push_back({where, name, "kept", "", source_of(redaction, place.where, name)});
    }
    add_general(place.where, out);
  }
  add_patterns(redaction, out);
  return out;
}

std::string table_text(const Redaction& redaction, const std::vector<TableRow>& rows) {
  const auto cells = [](const TableRow& row) {
    return std::array<std::string, 5>{std::string(row.where), printable(row.name), row.kind,
                                      row.level.empty() ? "-" : row.level, printable(row.from)};
  };
  constexpr std::size_t kWidest = 48;
  std::array<std::size_t, 5> widths{5, 4, 4, 5, 4};
  for (const TableRow& row : rows) {
    const auto line = cells(row);
    for (std::size_t i = 0; i < 4; ++i) widths[i] = std::min(kWidest, std::max(widths[i], line[i].size()));
  }
  std::string out = "profile " + printable(redaction.profile->name) + ", privacy " +
                    std::string(to_string(redaction.privacy)) + " (" + printable(redaction.privacy_source) + ")\n";
  const auto write = [&](const std::array<std::string, 5>& line) {
    std::string text;
    for (std::size_t i = 0; i < 4; ++i) {
      text += line[i];
      text += std::string(widths[i] > line[i].size() ? widths[i] - line[i].size() + 2 : 2, ' ');
    }
    out += text + line[4] + "\n";
  };
  write({"WHERE", "NAME", "KIND", "LEVEL", "FROM"});
  for (const TableRow& row : rows) write(cells(row));
  return out;
}

std::string table_json(const Redaction& redaction, const std::vector<TableRow>& rows) {
  json::Writer w;
  w.begin_object().member("profile", redaction.profile->name);
  w.key("privacy")
      .begin_object()
      .member("value", to_string(redaction.privacy))
      .member("source", redaction.privacy_source)
      .end_object();
  w.key("rules").begin_array();
  for (const TableRow& row : rows) {
    w.begin_object().member("where", row.where).member("name", row.name).member("kind", row.kind);
    w.member("level", row.level).member("from", row.from).end_object();
  }
  w.end_array().end_object();
  return w.take() + "\n";
}

}  // namespace cvr::app
