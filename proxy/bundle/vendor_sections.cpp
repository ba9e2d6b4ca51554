#include "bundle/vendor_sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "diagnose/fields.h"
#include "diagnose/rules/support.h"
#include "diagnose/times.h"

namespace cvr::bundle {
namespace {

using diagnose::Call;
constexpr std::size_t kMostRows = 40;

// How a call shows who it is: "Bearer token (JWT) and 1 paired header", "token endpoint: client_secret_post".
std::string method_of(const Call& call) {
  if (call.token_call) {
    const auto request = diagnose::read_token_request(*call.parts);
    std::string methods;
    for (const std::string& one : request.methods) methods += (methods.empty() ? "" : " and ") + one;
    return "token endpoint: " + (methods.empty() ? "no client authentication" : methods);
  }
  const diagnose::Credential& credential = call.credential;
  const auto pairs = std::ranges::count_if(credential.pair, [](const std::string& one) { return !one.empty(); });
  std::string out = !credential.present         ? "no Authorization"
                    : credential.is_jwt         ? credential.scheme + " (JWT)"
                    : credential.scheme.empty() ? "Authorization without a scheme"
                                                : credential.scheme;
  if (pairs > 0) out += fmt::format(", {} paired header{}", pairs, pairs == 1 ? "" : "s");
  if (!call.step.empty()) out += " [" + call.step + "]";
  return out;
}

std::string attested(const std::string& who, const std::optional<std::int64_t>& when) {
  return (who.empty() ? "not told" : who) + (when ? ", " + diagnose::time_text(*when) : std::string());
}

}  // namespace

void authentication_results(const Evidence& e, Document& out) {
  struct Result {
    std::size_t accepted = 0, refused = 0, other = 0;
    std::set<std::string> answers;
    diagnose::Calls calls;
  };
  std::map<std::string, Result> results;
  for (const Call& call : e.diagnosis->facts->timeline()) {
    if (call.in != diagnose::In::kAfter || !call.vendors) continue;
    Result& one = results[method_of(call)];
    (call.ok ? one.accepted : call.refused() ? one.refused : one.other) += 1;
    if (!call.ok) one.answers.insert(status_text(call) + (call.code().empty() ? "" : " " + call.code()));
    one.calls.push_back(&call);
  }
  out.heading("Authentication results");
  if (results.empty()) {
    out.text("No call to the vendor is on record.");
    return;
  }
  std::vector<Row> rows;
  for (const auto& [method, one] : results) {
    std::string answers;
    for (const std::string& answer : one.answers) answers += (answers.empty() ? "" : ", ") + answer;
    rows.push_back(
        {method, std::to_string(one.accepted), std::to_string(one.refused), std::to_string(one.other), answers,
         diagnose::numbers({one.calls.begin(), one.calls.begin() + static_cast<std::ptrdiff_t>(
                                                                       std::min<std::size_t>(one.calls.size(), 5))})});
  }
  out.table({"Method", "Accepted", "Refused", "Other", "Answers", "Interactions"}, std::move(rows));
}

void decoded_claims(const Evidence& e, Document& out) {
  std::map<std::string, std::pair<const Call*, std::size_t>> tokens;
  for (const Call* call : e.diagnosis->facts->after()) {
    if (call->credential.claims.empty()) continue;
    auto& [first, count] = tokens[call->credential.token];
    if (first == nullptr) first = call;
    ++count;
  }
  out.heading("Decoded claims");
  if (tokens.empty()) {
    out.text("No token on record has readable claims.");
    return;
  }
  std::vector<Row> rows;
  for (const auto& [token, use] : tokens) {
    for (const auto& [name, value] : use.first->credential.claims) {
      if (rows.size() < kMostRows) {
        rows.push_back({diagnose::numbers({use.first}), std::to_string(use.second), name, value});
      }
    }
  }
  out.table({"Token first seen in", "Calls", "Claim", "Value"}, std::move(rows));
  out.text("Values that could identify anybody are pseudonyms of the same shape.");
}

void account_configuration(const Evidence& e, Document& out) {
  out.heading("Account configuration");
  std::set<std::string> names;
  for (const Call* call : e.diagnosis->facts->after()) {
    for (const RedactedField& field : call->parts->request.fields) {
      if (names.size() < kMostRows) names.insert(field.name.text);
    }
  }
  std::string headers;
  for (const std::string& name : names) headers += (headers.empty() ? "" : ", ") + name;
  std::vector<Row> rows = {{"Headers sent", headers.empty() ? "none on record" : headers, "recorded"}};
  const diagnose::Account* account = e.the_case != nullptr && e.the_case->has_account ? &e.the_case->account : nullptr;
  if (e.the_case != nullptr) rows.push_back({"Environment", e.the_case->environment, "attested"});
  if (account != nullptr) {
    if (!account->connection.empty()) rows.push_back({"Connection", account->connection, "attested"});
    if (!account->oauth_method.empty()) rows.push_back({"Client authentication", account->oauth_method, "attested"});
    if (account->oauth_secret_expires_us) {
      rows.push_back({"Client secret expires", diagnose::time_text(*account->oauth_secret_expires_us), "attested"});
    }
    if (account->support_access_granted) {
      rows.push_back({"Access for support", *account->support_access_granted ? "granted" : "not granted", "attested"});
    }
  }
  out.table({"What", "Value", "Source"}, std::move(rows));
  out.text("Attested, not checked by the tool: what the owner says of the account.");
  if (account == nullptr) return;
  std::vector<Row> permissions, visible;
  for (const diagnose::Permission& one : account->permissions) {
    permissions.push_back({one.name, one.before, one.now, attested(one.seen_by, one.seen_at_us),
                           one.changed_at_us ? diagnose::time_text(*one.changed_at_us) : "not known"});
  }
  if (!permissions.empty()) {
    out.table({"Permission", "Before", "Now", "Seen by (attested)", "Changed"}, std::move(permissions));
  }
  for (const diagnose::VisibleInUi& one : account->visible_in_ui) {
    visible.push_back({one.id, attested(one.seen_by, one.seen_at_us)});
  }
  if (!visible.empty()) out.table({"Visible in the user interface", "Seen by (attested)"}, std::move(visible));
}

void questions(const Evidence& e, Document& out) {
  const auto hit = [&](std::string_view rule) { return diagnose::is_hit(e.diagnosis->findings, rule); };
  const diagnose::Verdict& verdict = e.diagnosis->verdict;
  std::vector<std::string> asked;
  asked.push_back("Do your logs hold the request ids of the table above, and what do they say was the reason?");
  if (!verdict.of(diagnose::Side::kAccount).rules.empty()) {
    asked.push_back("Which permissions does this account hold now, and which did it hold at the last success?");
  }
  if (hit("A02")) asked.push_back("Has the company that owns the data granted this account access to it?");
  if (hit("A03") || hit("X04") || hit("X06")) asked.push_back("Is the account active, and are its credentials known?");
  if (!verdict.of(diagnose::Side::kReset).rules.empty()) {
    asked.push_back("Was the test system rebuilt in the window above, and from which state of this account?");
  }
  if (!verdict.of(diagnose::Side::kVendorOutage).rules.empty()) {
    asked.push_back("Was there a disturbance or maintenance at the times above?");
  }
  if (!verdict.of(diagnose::Side::kRateLimit).rules.empty()) {
    asked.push_back("Which limits hold for this account, and were they passed?");
  }
  asked.push_back("What should be changed, on which side, and how can we see that it worked?");
  out.heading("Questions");
  out.numbered(std::move(asked));
}

void attachments(const Evidence& e, Document& out) {
  if (e.attachments.empty()) return;
  out.heading("Attachments");
  std::vector<Row> rows;
  for (const Attachment& one : e.attachments) {
    rows.push_back({"attachments/" + one.name, one.caption, one.what, "not checked by the tool"});
  }
  out.table({"File", "Caption", "Kind", "Checked"}, std::move(rows));
}

}  // namespace cvr::bundle
