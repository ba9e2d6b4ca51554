#include "sandbox/scenario_file.h"

#include "os/file.h"
#include "sandbox/routes.h"
#include "sandbox/toml_table.h"

namespace cvr::sandbox {
namespace {

constexpr std::int64_t kMillion = 1'000'000;

std::vector<std::string> oauth_methods() { return {std::begin(kOauthMethods), std::end(kOauthMethods)}; }

std::vector<Key> gap_keys(Gaps& gaps) {
  return {
      {"timestamp_window_s", Whole{&gaps.timestamp_window_s, 0, kMillion * kMillion}},
      {"missing_header_without_title", &gaps.missing_header_without_title},
      {"enforce_content_type", &gaps.enforce_content_type},
      {"act_as_account_required", &gaps.act_as_account_required},
      {"credentials_survive_rebuild", &gaps.credentials_survive_rebuild},
      {"unavailable_during_rebuild", &gaps.unavailable_during_rebuild},
      {"access_token_carries_exp", &gaps.access_token_carries_exp},
      {"assertion_audience", Word{&gaps.assertion_audience, {}}},
      {"oauth_detail", Word{&gaps.oauth_detail, {}}},
      {"oauth_mixing_is_invalid_request", &gaps.oauth_mixing_is_invalid_request},
      {"ids_without_prefix", &gaps.ids_without_prefix},
      {"rfqs_by_trip_resource_id", &gaps.rfqs_by_trip_resource_id},
      {"criteria_required", &gaps.criteria_required},
      {"sourcing_required", &gaps.sourcing_required},
      {"pax_count_must_be_text", &gaps.pax_count_must_be_text},
      {"soft_error_status", Whole{&gaps.soft_error_status, 200, 299}},
      {"first_page_number", Whole{&gaps.first_page_number, 0, 1}},
      {"default_page_size", Whole{&gaps.default_page_size, 1, 1'000}},
      {"source_trips", &gaps.source_trips},
      {"request_id_header", Word{&gaps.request_id_header, {}}},
      {"rate_limit_headers_always", &gaps.rate_limit_headers_always},
      {"server_header", Word{&gaps.server_header, {}}},
  };
}

std::vector<Key> connection_keys(Connection& connection) {
  return {{"avitype", Whole{&connection.avitype, 0, 1'000}},
          {"buyer", &connection.buyer},
          {"seller", &connection.seller},
          {"end_client", &connection.end_client},
          {"company_access", &connection.company_access}};
}

std::vector<Key> oauth_keys(OauthSettings& oauth) {
  return {{"enabled", &oauth.enabled},
          {"method", Word{&oauth.method, oauth_methods()}},
          {"told_method", Word{&oauth.told_method, oauth_methods()}}};
}

std::vector<Key> rate_keys(RateLimits& limits) {
  return {{"per_hour", Whole{&limits.per_hour, 0, kMillion}},
          {"per_second", Whole{&limits.per_second, 0, kMillion}},
          {"burst", Whole{&limits.burst, 0, kMillion}},
          {"used_at_start", Whole{&limits.used_at_start, 0, kMillion}},
          {"used_seconds_ago", Whole{&limits.used_seconds_ago, 0, kMillion}}};
}

struct ForcedWords {
  std::string error, action;
  std::int64_t status = 0;
};

std::vector<Key> forced_keys(Forced& forced, ForcedWords& words) {
  return {{"operation", Word{&forced.operation, {}}},
          {"method", Word{&forced.method, {}}},
          {"path", Word{&forced.path, {}}},
          {"after", Whole{&forced.after, 0, kMillion}},
          {"times", Whole{&forced.times, 0, kMillion}},
          {"error", Word{&words.error, {}}},
          {"status", Whole{&forced.status, 200, 599}},
          {"code", Word{&forced.code, {}}},
          {"title", Word{&forced.title, {}}},
          {"body", Word{&forced.body, {}}},
          {"content_type", Word{&forced.content_type, {}}},
          {"action", Word{&words.action, {"reset", "close"}}},
          {"delay_ms", Whole{&forced.delay_ms, 0, 600'000}}};
}

// Header values of answers come from the file: they must not break the head.
bool is_header_text(std::string_view text, bool token) {
  for (const char c : text) {
    if (c < 0x20 || c == 0x7f || (token && (c == ' ' || c == ':'))) return false;
  }
  return true;
}

class FileReader {
 public:
  explicit FileReader(const std::string& name) : tables_(name) {}

  std::optional<Error> read(const toml::table& root, Scenario& out);
  Error syntax(const toml::parse_error& error) const {
    return tables_.error(static_cast<std::uint32_t>(error.source().begin.line), error.description());
  }

 private:
  std::optional<Error> read_base(const toml::table& root, Scenario& out);
  std::optional<Error> read_section(const toml::table& root, std::string_view name, const std::vector<Key>& keys);
  std::optional<Error> read_errors(const toml::table& root, Catalogue& catalogue);
  std::optional<Error> read_forced(const toml::table& root, std::vector<Forced>& out);
  std::optional<Error> read_rule(const toml::table& table, Forced& forced);
  std::optional<Error> check_operations(const toml::table& root, std::string_view key, bool undocumented,
                                        const std::vector<std::string>& names);
  std::optional<Error> check_headers(const toml::table& root, const Gaps& gaps);
  TableReader tables_;
};

std::optional<Error> FileReader::read_base(const toml::table& root, Scenario& out) {
  const toml::node* base = root.get("base");
  if (base == nullptr) return std::nullopt;
  const auto found = base->is_string() ? find_scenario(base->as_string()->get()) : std::nullopt;
  if (!found) {
    std::string names;
    for (const ScenarioLine& line : built_in_scenarios()) (names += names.empty() ? "" : ", ") += line.name;
    return tables_.error(*base, "'base' must be a built-in scenario; allowed: " + names);
  }
  out = *found;
  return std::nullopt;
}

std::optional<Error> FileReader::read_section(const toml::table& root, std::string_view name,
                                              const std::vector<Key>& keys) {
  const toml::node* node = root.get(name);
  if (node == nullptr) return std::nullopt;
  if (!node->is_table()) return tables_.error(*node, "'" + std::string(name) + "' must be a table");
  return tables_.read(*node->as_table(), "[" + std::string(name) + "]", keys);
}

std::optional<Error> FileReader::read_errors(const toml::table& root, Catalogue& catalogue) {
  const toml::node* node = root.get("errors");
  if (node == nullptr) return std::nullopt;
  if (!node->is_table()) return tables_.error(*node, "'errors' must be a table");
  for (const auto& [name, entry] : *node->as_table()) {
    const auto kind = error_from(name.str());
    if (!kind || !entry.is_table()) {
      return tables_.error(static_cast<std::uint32_t>(name.source().begin.line),
                           "[errors.NAME] needs one of these names: " + error_names());
    }
    ErrorRow& line = catalogue[static_cast<std::size_t>(*kind)];
    auto failed = tables_.read(
        *entry.as_table(), "[errors." + std::string(name.str()) + "]",
        {{"status", Status{&line.status}}, {"code", Word{&line.code, {}}}, {"title", Word{&line.title, {}}}});
    if (failed) return failed;
  }
  return std::nullopt;
}

std::optional<Error> FileReader::read_rule(const toml::table& table, Forced& forced) {
  ForcedWords words;
  if (auto failed = tables_.read(table, "[[force]]", forced_keys(forced, words))) return failed;
  if (!forced.operation.empty() && !is_operation(forced.operation)) {
    return tables_.error(table, "unknown operation; allowed: " + operation_names(false));
  }
  if (!words.error.empty()) {
    forced.error = error_from(words.error);
    if (!forced.error) return tables_.error(table, "unknown error; allowed: " + error_names());
  }
  if (words.action == "reset") forced.action = Action::kReset;
  if (words.action == "close") forced.action = Action::kClose;
  const int answers = (forced.error ? 1 : 0) + (forced.status != 0 ? 1 : 0) + (words.action.empty() ? 0 : 1);
  if (answers > 1) return tables_.error(table, "[[force]] takes one of 'error', 'status' and 'action'");
  if (answers == 0 && forced.delay_ms == 0) {
    return tables_.error(table, "[[force]] needs one of 'error', 'status', 'action' and 'delay_ms'");
  }
  if (!is_header_text(forced.content_type, false)) return tables_.error(table, "'content_type' is not a header value");
  return std::nullopt;
}

std::optional<Error> FileReader::read_forced(const toml::table& root, std::vector<Forced>& out) {
  const toml::node* node = root.get("force");
  if (node == nullptr) return std::nullopt;
  if (!node->is_array()) return tables_.error(*node, "'force' must be written as [[force]]");
  for (const toml::node& item : *node->as_array()) {
    if (!item.is_table()) return tables_.error(item, "'force' must be written as [[force]]");
    Forced forced;
    if (auto failed = read_rule(*item.as_table(), forced)) return failed;
    out.push_back(std::move(forced));
  }
  return std::nullopt;
}

std::optional<Error> FileReader::check_operations(const toml::table& root, std::string_view key, bool undocumented,
                                                  const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (is_operation(name) || (undocumented && name == "all")) continue;
    return tables_.error(*root.get(key), "unknown operation in '" + std::string(key) + "'; allowed: " +
                                             operation_names(!undocumented) + (undocumented ? ", all" : ""));
  }
  return std::nullopt;
}

std::optional<Error> FileReader::check_headers(const toml::table& root, const Gaps& gaps) {
  if (is_header_text(gaps.request_id_header, true) && is_header_text(gaps.server_header, false)) return std::nullopt;
  return tables_.error(*root.get("gaps"), "'request_id_header' and 'server_header' must be fit for a header");
}

std::optional<Error> FileReader::read(const toml::table& root, Scenario& out) {
  if (auto failed = read_base(root, out)) return failed;
  const std::vector<Key> keys = {{"base", Table{}},
                                 {"description", Word{&out.description, {}}},
                                 {"old_credentials", &out.hand_out_old_credentials},
                                 {"static_token_expired", &out.static_token_expired},
                                 {"outage", &out.outage},
                                 {"denied", &out.denied},
                                 {"undocumented", &out.undocumented},
                                 {"connection", Table{}},
                                 {"oauth", Table{}},
                                 {"rate_limit", Table{}},
                                 {"gaps", Table{}},
                                 {"errors", Table{}},
                                 {"force", Table{}}};
  if (auto failed = tables_.read(root, "the scenario", keys)) return failed;
  if (auto failed = check_operations(root, "denied", false, out.denied)) return failed;
  if (auto failed = check_operations(root, "undocumented", true, out.undocumented)) return failed;
  if (auto failed = read_section(root, "connection", connection_keys(out.connection))) return failed;
  if (auto failed = read_section(root, "oauth", oauth_keys(out.oauth))) return failed;
  if (auto failed = read_section(root, "rate_limit", rate_keys(out.rate_limit))) return failed;
  if (auto failed = read_section(root, "gaps", gap_keys(out.gaps))) return failed;
  if (auto failed = check_headers(root, out.gaps)) return failed;
  if (auto failed = read_errors(root, out.errors)) return failed;
  return read_forced(root, out.forced);
}

}  // namespace

Result<Scenario> parse_scenario(std::string_view toml_text, const std::string& name) {
  Scenario scenario;
  FileReader reader(name);
  try {
    const toml::table root = toml::parse(toml_text);
    if (auto failed = reader.read(root, scenario)) return std::unexpected(*failed);
  } catch (const toml::parse_error& error) {
    return std::unexpected(reader.syntax(error));
  }
  scenario.name = name;
  return scenario;
}

Result<Scenario> open_scenario(const std::string& name_or_path) {
  if (auto scenario = find_scenario(name_or_path)) return *scenario;
  const bool is_word = name_or_path.find_first_of("./") == std::string::npos;
  auto text = os::read_file(name_or_path, 1u << 20);
  if (!text && is_word) {
    std::string names;
    for (const ScenarioLine& line : built_in_scenarios()) (names += names.empty() ? "" : ", ") += line.name;
    return fail(ErrorCode::kUsage, "no scenario of that name and no such file; scenarios: " + names);
  }
  if (!text) return std::unexpected(text.error());
  return parse_scenario(*text, name_or_path);
}

}  // namespace cvr::sandbox
