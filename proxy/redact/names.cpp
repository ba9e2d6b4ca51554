#include "redact/names.h"

#include <algorithm>
#include <array>

namespace cvr::redact {
namespace {

struct General {
  std::string_view name;  // normalised
  Kind kind;
  bool as_suffix;  // counts at the end of a longer name too
  profiles::Privacy level = profiles::Privacy::kCredentials;
};

constexpr auto kPii = profiles::Privacy::kPii;

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
    // People.  "name", "phone" at the end of a longer name, "address", "title" and "fullName" mean too
    // many other things ("filename", "microphone", an IP address, a repository).
    {"email", Kind::kEmail, true, kPii},
    {"emails", Kind::kEmail, true, kPii},
    {"emailaddress", Kind::kEmail, true, kPii},
    {"emailaddresses", Kind::kEmail, true, kPii},
    {"phone", Kind::kPhone, false, kPii},
    {"phones", Kind::kPhone, false, kPii},
    {"homephone", Kind::kPhone, true, kPii},
    {"workphone", Kind::kPhone, true, kPii},
    {"cellphone", Kind::kPhone, true, kPii},
    {"mobilephone", Kind::kPhone, true, kPii},
    {"businessphone", Kind::kPhone, true, kPii},
    {"contactphone", Kind::kPhone, true, kPii},
    {"phonenumber", Kind::kPhone, true, kPii},
    {"phonenumbers", Kind::kPhone, true, kPii},
    {"mobilenumber", Kind::kPhone, true, kPii},
    {"faxnumber", Kind::kPhone, true, kPii},
    {"telephone", Kind::kPhone, true, kPii},
    {"firstname", Kind::kName, true, kPii},
    {"lastname", Kind::kName, true, kPii},
    {"givenname", Kind::kName, false, kPii},
    {"familyname", Kind::kName, false, kPii},
    {"middlename", Kind::kName, false, kPii},
    {"maidenname", Kind::kName, false, kPii},
    {"surname", Kind::kName, false, kPii},
    {"passport", Kind::kText, false, kPii},
    {"passportno", Kind::kText, true, kPii},
    {"passportnumber", Kind::kText, true, kPii},
    {"dateofbirth", Kind::kDate, false, kPii},
    {"birthdate", Kind::kDate, false, kPii},
    {"birthday", Kind::kDate, false, kPii},
    {"dob", Kind::kDate, false, kPii},
    {"ssn", Kind::kText, false, kPii},
    {"socialsecuritynumber", Kind::kText, false, kPii},
    {"streetaddress", Kind::kText, false, kPii},
};

constexpr std::string_view kStructural[] = {"type",       "href",   "currency", "currencycode",
                                            "httpmethod", "method", "rel",      "unit"};

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

Names::Names(const profiles::Profile* profile, profiles::Privacy privacy) : privacy_(privacy) {
  for (const General& general : kGeneral) {
    if (general.as_suffix || general.level > privacy) continue;
    for (Table* table : {&query_, &form_, &json_}) add(*table, general.name, general.kind);
  }
  for (const General& general : kGeneral) {
    for (Table* table : {&headers_, &query_, &form_, &json_}) table->endings.set(ending_of(general.name));
  }
  if (profile == nullptr) return;
  path_ids_ = privacy >= profiles::Privacy::kCommercial && !profile->id_prefixes.empty();
  display_id_size_ = profile->display_id_size;
  add(headers_, profile->secret_headers);
  add(query_, profile->secret_query);
  add(form_, profile->secret_form);
  for (const auto& name : profile->secret_json) {
    if (name.level <= privacy) add_json(json_, name.name, name.kind);
  }
  add(xml_, profile->secret_xml);
  add(cookies_, profile->secret_cookies);
  keep(kept_query_, profile->kept_query);
  keep(kept_form_, profile->kept_form);
  for (const std::string& name : profile->kept_json) add_json(kept_json_, name, Kind::kOther);
  keep(kept_xml_, profile->kept_xml);
  keep(kept_cookies_, profile->kept_cookies);
}

void Names::keep(Table& table, const std::vector<std::string>& names) {
  for (const std::string& name : names) add(table, name, Kind::kOther);
}

std::optional<Kind> Names::exactly(const Table& table, std::string_view name, std::string_view parent) {
  if (!table.endings.test(ending_of(name))) return std::nullopt;
  const Normal normal(name);
  const auto found = table.rules.find(normal.text());
  if (found == table.rules.end()) return std::nullopt;
  for (const Rule& rule : found->second) {
    if (rule.parent.empty() || rule.parent == Normal(parent).text()) return rule.kind;
  }
  return std::nullopt;
}

void Names::add(Table& table, const std::vector<profiles::SensitiveName>& names) {
  for (const profiles::SensitiveName& name : names) {
    if (name.level <= privacy_) add(table, name.name, name.kind);
  }
}

bool Names::is_path_id(std::string_view segment) const {
  if (!path_ids_ || segment.empty()) return false;
  if (segment.find_first_not_of("0123456789") == segment.npos) return true;
  return segment.size() == display_id_size_ &&
         segment.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == segment.npos;
}

std::optional<Kind> Names::by_suffix(std::string_view normal) const {
  for (const General& general : kGeneral) {
    if (general.as_suffix && general.level <= privacy_ && normal.ends_with(general.name)) return general.kind;
  }
  return std::nullopt;
}

void Names::add(Table& table, std::string_view name, Kind kind) {
  table.endings.set(ending_of(name));
  table.rules[std::string(Normal(name).text())].push_back({kind, {}});
}

void Names::add_json(Table& table, std::string_view name, Kind kind) {
  if (name.starts_with('/')) return;
  const std::size_t dot = name.rfind('.');
  const std::string_view parent = dot == name.npos ? std::string_view() : name.substr(0, dot);
  const std::string_view last = dot == name.npos ? name : name.substr(dot + 1);
  table.endings.set(ending_of(last));
  table.rules[std::string(Normal(last).text())].push_back({kind, std::string(Normal(parent).text())});
}

std::optional<Kind> Names::look_up(const Table& table, std::string_view name, std::string_view parent) const {
  if (!table.endings.test(ending_of(name))) return std::nullopt;
  const Normal normal(name);
  if (const auto found = table.rules.find(normal.text()); found != table.rules.end()) {
    for (const Rule& rule : found->second) {
      if (rule.parent.empty() || rule.parent == Normal(parent).text()) return rule.kind;
    }
  }
  return by_suffix(normal.text());
}

bool is_structural_name(std::string_view name) {
  return std::ranges::find(kStructural, Normal(name).text()) != std::end(kStructural);
}

std::vector<GeneralName> general_names() {
  std::vector<GeneralName> out;
  for (const General& general : kGeneral) out.push_back({general.name, general.kind, general.as_suffix, general.level});
  return out;
}

bool is_authorization_name(std::string_view name) { return Normal(name).text().ends_with("authorization"); }

}  // namespace cvr::redact
