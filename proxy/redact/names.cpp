#include "redact/names.h"

#include <array>

namespace cvr::redact {
namespace {

struct General {
  std::string_view name;  // normalised
  Kind kind;
  bool as_suffix;  // counts at the end of a longer name too
};

constexpr General kGeneral[] = {
    {"token", Kind::kToken, true},
    {"jwt", Kind::kToken, true},
    {"apikey", Kind::kToken, true},
    {"privatekey", Kind::kToken, true},
    {"secretkey", Kind::kToken, true},
    {"accesskey", Kind::kToken, true},
    {"signingkey", Kind::kToken, true},
    {"encryptionkey", Kind::kToken, true},
    {"sharedkey", Kind::kToken, true},
    {"accountkey", Kind::kToken, true},
    {"credential", Kind::kToken, true},
    {"credentials", Kind::kToken, true},
    {"authorization", Kind::kToken, true},
    {"sessionid", Kind::kToken, true},
    {"sessionkey", Kind::kToken, true},
    {"secret", Kind::kPassword, true},
    {"password", Kind::kPassword, true},
    {"passwd", Kind::kPassword, true},
    {"passphrase", Kind::kPassword, true},
    {"pwd", Kind::kPassword, true},
    {"sid", Kind::kToken, false},
    {"jsessionid", Kind::kToken, false},
    {"phpsessid", Kind::kToken, false},
    {"otp", Kind::kPassword, false},
    {"cvv", Kind::kPassword, false},
    {"assertion", Kind::kToken, false},
    {"clientassertion", Kind::kToken, false},
    {"codeverifier", Kind::kToken, false},
    {"sig", Kind::kSignature, false},
    {"signature", Kind::kSignature, false},
    {"xamzsignature", Kind::kSignature, false},
    {"xgoogsignature", Kind::kSignature, false},
};

// Lower case, letters, digits and bytes over 0x7f only.  Of a long name its end counts.
class Normal {
 public:
  explicit Normal(std::string_view name) {
    if (name.size() > buffer_.size()) name.remove_prefix(name.size() - buffer_.size());
    for (const char c : name) {
      if (c >= 'A' && c <= 'Z') {
        buffer_[size_++] = static_cast<char>(c + 32);
      } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) {
        buffer_[size_++] = c;
      }
    }
  }
  std::string_view text() const { return {buffer_.data(), size_}; }

 private:
  std::array<char, 64> buffer_;
  std::size_t size_ = 0;
};

std::optional<Kind> by_suffix(std::string_view normal) {
  for (const General& general : kGeneral) {
    if (general.as_suffix && normal.ends_with(general.name)) return general.kind;
  }
  return std::nullopt;
}

// A hash of the last three characters that count.
std::size_t ending_of(std::string_view name) {
  std::size_t hash = 0;
  int seen = 0;
  for (std::size_t i = name.size(); i-- > 0 && seen < 3;) {
    const auto byte = static_cast<unsigned char>(name[i]);
    const unsigned char lower = byte >= 'A' && byte <= 'Z' ? byte + 32 : byte;
    if (!(lower >= 'a' && lower <= 'z') && !(lower >= '0' && lower <= '9') && lower < 0x80) continue;
    hash = hash * 33 + lower;
    ++seen;
  }
  return hash % 1024;
}

}  // namespace

Names::Names(const profiles::Profile* profile) {
  for (const General& general : kGeneral) {
    if (general.as_suffix) continue;
    for (Table* table : {&query_, &form_, &json_}) add(*table, general.name, general.kind);
  }
  for (const General& general : kGeneral) {
    for (Table* table : {&headers_, &query_, &form_, &json_}) table->endings.set(ending_of(general.name));
  }
  if (profile == nullptr) return;
  for (const auto& name : profile->secret_headers) add(headers_, name.name, name.kind);
  for (const auto& name : profile->secret_query) add(query_, name.name, name.kind);
  for (const auto& name : profile->secret_form) add(form_, name.name, name.kind);
  for (const auto& name : profile->secret_json) add(json_, name.name, name.kind);
}

void Names::add(Table& table, std::string_view name, Kind kind) {
  const std::size_t dot = name.rfind('.');
  const std::string_view parent = dot == name.npos ? std::string_view() : name.substr(0, dot);
  table.endings.set(ending_of(name));
  table.rules[std::string(Normal(dot == name.npos ? name : name.substr(dot + 1)).text())].push_back(
      {kind, std::string(Normal(parent).text())});
}

std::optional<Kind> Names::look_up(const Table& table, std::string_view name, std::string_view parent) {
  if (!table.endings.test(ending_of(name))) return std::nullopt;
  const Normal normal(name);
  if (const auto found = table.rules.find(normal.text()); found != table.rules.end()) {
    for (const Rule& rule : found->second) {
      if (rule.parent.empty() || rule.parent == Normal(parent).text()) return rule.kind;
    }
  }
  return by_suffix(normal.text());
}

bool is_authorization_name(std::string_view name) { return Normal(name).text().ends_with("authorization"); }

}  // namespace cvr::redact
