// Whatever a user writes into cvr.toml, a file of rules or a profile: it is taken, or refused with one line that begins
// with the file's name and holds nothing that a terminal would act on.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "app/config.h"
#include "app/match_rules.h"
#include "app/redact_rules.h"
#include "cvr/redactor.h"
#include "profiles/profile.h"
#include "profiles/profile_file.h"

namespace {

using namespace cvr;

template <class T>
bool is_taken(const Result<T>& read) {
  if (read) return true;
  const std::string& text = read.error().text;
  if (!text.starts_with("f.toml")) std::abort();
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) std::abort();
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  is_taken(app::parse_config(text, "f.toml"));
  match::MatchRules match;
  is_taken(app::parse_match_file(text, "f.toml", match));
  profiles::Profile profile = profiles::avinode();
  if (const auto rules = app::parse_rule_file(text, "f.toml"); is_taken(rules)) app::apply_rules(rules->rules, profile);
  const auto own = profiles::parse_profile(text, "f.toml");
  for (const profiles::Profile* one : {&std::as_const(profile), is_taken(own) ? &*own : nullptr}) {
    if (one == nullptr) continue;
    RedactorOptions options;
    options.profile = one;
    const Redactor redactor(std::move(options));
    static_cast<void>(redactor.redact_line("GET https://a.example/x?token=abc"));
  }
  return 0;
}
