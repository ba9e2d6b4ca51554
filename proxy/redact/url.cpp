#include "redact/url.h"

#include <algorithm>
#include <utility>

#include "base/char_set.h"
#include "redact/check.h"
#include "redact/innocent.h"
#include "redact/leaf.h"
#include "redact/meaning.h"

namespace cvr::redact {
namespace {

// A value that is a pseudonym already gets its Span, so that it matches by kind.
void keep_pseudonym(std::string_view text, std::size_t begin, std::size_t end, const Context& context, Edits& edits) {
  const std::string_view value = text.substr(begin, end - begin);
  if (value.size() < kMinCheckedSize || !is_pseudonym(value)) return;
  edits.push_back({begin, end, context.masker.kind_behind(value), "pseudonym", {}, Edit::Action::kKeep});
}

void add_path_id(std::string_view text, std::size_t begin, std::size_t end, Context& context, Edits& edits) {
  const std::string_view segment = text.substr(begin, end - begin);
  if (!context.names.is_path_id(segment)) return;
  context.masker.add_credential(edits, begin, segment, {}, Kind::kId, "path.id", Place::kQuery);
}

std::optional<Named> find_named(std::string_view name, PairsOf pairs, const Context& context) {
  const auto look_up = [&](std::string_view plain) {
    return pairs == PairsOf::kQuery ? context.names.find_query(plain) : context.names.find_form(plain);
  };
  return has_view(name, View::kPercent) ? look_up(decode(name, View::kPercent)) : look_up(name);
}

bool is_kept(std::string_view name, PairsOf pairs, const Context& context) {
  const auto keeps = [&](std::string_view plain) {
    return pairs == PairsOf::kQuery ? context.names.keeps_query(plain) : context.names.keeps_form(plain);
  };
  return has_view(name, View::kPercent) ? keeps(decode(name, View::kPercent)) : keeps(name);
}

// RFC 6749 sections 4.1.2 and 4.1.3: what stands beside an authorization code.
bool is_oauth(std::string_view pairs) {
  constexpr std::string_view kBeside[] = {"state=", "redirect_uri=", "grant_type=", "session_state=", "code_verifier="};
  return std::ranges::any_of(kBeside, [&](std::string_view name) {
    const std::size_t at = pairs.find(name);
    return at != pairs.npos && (at == 0 || std::string_view("&;?_").contains(pairs[at - 1]));
  });
}

// `beside`: what is known of the pairs as a whole, found out at the first need.
bool is_marked(const Named& named, std::string_view name, std::string_view value, std::string_view pairs,
               std::optional<bool>& beside, const Context& context) {
  if (is_oauth(named.guard) && !context.oauth) {
    if (!beside) beside = is_oauth(pairs);
    if (!*beside) return false;
  }
  if (context.depth > 0 && is_template(value)) return false;
  if (!named.general) return true;
  const bool coded = has_view(value, View::kPercentPlus);
  return admits(named, name, coded ? decode(value, View::kPercentPlus) : std::string(value));
}

// "number=4111...&cvc=123": a card.
std::optional<Named> find_card(std::string_view name, std::string_view value, std::string_view pairs) {
  if (!name.ends_with("number") || value.size() < 13 || !is_card_number(decode(value, View::kPercentPlus)))
    return std::nullopt;
  for (const std::string_view beside : {"cvc", "cvv", "exp"}) {
    if (pairs.find(beside) != pairs.npos) return Named{Kind::kToken};
  }
  return std::nullopt;
}

// "name=Ada+Lovelace&email=...": of a person.
std::optional<Named> find_person(std::string_view name, std::string_view pairs, std::optional<bool>& mail,
                                 const Context& context) {
  if ((name != "name" && name != "Name") || !context.names.knows_people()) return std::nullopt;
  if (!mail) {
    constexpr std::string_view kBeside[] = {"email=", "Email=", "emailAddress=", "email_address=", "firstName="};
    mail = std::ranges::any_of(kBeside, [&](std::string_view word) { return pairs.find(word) != pairs.npos; });
  }
  return *mail ? std::optional(Named{Kind::kName, Guard::kPerson, true}) : std::nullopt;
}

// Words before a segment that is a secret of its own: links from mails.
bool announces_token(std::string_view segment) {
  constexpr std::string_view kWords[] = {"token",         "reset", "verify", "confirm",    "activate", "activation",
                                         "invite",        "otp",   "apikey", "magic",      "unlock",   "password",
                                         "passwordreset", "key",   "secret", "invitation", "magiclink"};
  constexpr CharSet kLast("ntymepckdNTYMEPCKD-_");  // most segments end otherwise
  if (segment.empty() || !kLast.has(segment.back())) return false;
  std::string plain;
  for (const char c : segment.substr(0, 32)) {
    if (c == '-' || c == '_') continue;
    plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return std::ranges::find(kWords, plain) != std::end(kWords) || plain.ends_with("token") ||
         plain.ends_with("password");
}

// Telegram's "/botID:TOKEN/": where the secret begins in the segment, or npos.
std::size_t bot_token(std::string_view segment) {
  const std::size_t colon = segment.find(':');
  if (!segment.starts_with("bot") || colon == segment.npos || colon < 6 || colon + 4 > segment.size())
    return segment.npos;
  return segment.substr(3, colon - 3).find_first_not_of("0123456789") == segment.npos ? 3 : segment.npos;
}

// "/services/T.../B.../X" (Slack), "/webhooks/ID/X" (Discord).
bool is_hook(std::string_view before) {
  const std::size_t last = before.rfind('/');
  const std::size_t second = last == before.npos || last == 0 ? before.npos : before.rfind('/', last - 1);
  if (second == before.npos) return false;
  const std::string_view parent = before.substr(second + 1, last - second - 1);
  const std::string_view child = before.substr(last + 1);
  if (parent == "webhooks") return !child.empty() && child.find_first_not_of("0123456789") == child.npos;
  return before.substr(0, second).ends_with("services") && parent.starts_with('T') && child.starts_with('B');
}

bool is_token_segment(std::string_view segment) {
  if (!is_token_shaped(segment) || segment.size() < 10) return false;
  const auto has = [&](char from, char to) {
    return std::ranges::any_of(segment, [&](char c) { return c >= from && c <= to; });
  };
  return has('0', '9') && (has('a', 'z') || has('A', 'Z'));
}

}  // namespace

bool is_oauth_path(std::string_view path) {
  constexpr std::string_view kEndings[] = {"/callback", "/cb",        "/token",      "/oauth2",
                                           "/oauth",    "/authorize", "/signin-oidc"};
  while (path.ends_with('/')) path.remove_suffix(1);
  return std::ranges::any_of(kEndings, [&](std::string_view ending) { return path.ends_with(ending); });
}

void collect_pairs(std::string_view text, std::size_t begin, std::size_t end, PairsOf pairs, Context& context,
                   Edits& edits) {
  text = text.substr(0, end);
  const std::string_view all = text.substr(std::min(begin, end));
  const std::string_view rule = pairs == PairsOf::kQuery ? "query.name" : "form.name";
  const Place place = pairs == PairsOf::kQuery ? Place::kQuery : Place::kForm;
  std::optional<bool> beside;
  std::optional<bool> mail;
  while (begin < end) {
    std::size_t stop = std::min(text.find_first_of("&;", begin), end);
    const std::size_t equals = text.substr(0, stop).find('=', begin);
    if (equals == text.npos) {
      keep_pseudonym(text, begin, stop, context, edits);
      begin = stop + 1;
      continue;
    }
    const std::string_view name = text.substr(begin, equals - begin);
    std::string_view value = text.substr(equals + 1, stop - equals - 1);
    const bool kept = is_kept(name, pairs, context);
    if (kept) edits.push_back({equals + 1, stop, Kind::kOther, kKeptRule, {}, Edit::Action::kKeep});
    auto named = find_named(name, pairs, context);
    if (!named && !kept) named = find_card(name, value, all);
    if (!named && !kept) named = find_person(name, all, mail, context);
    if (named && is_marked(*named, name, value, all, beside, context)) {
      // ';' separates pairs only before another pair; else it belongs to the secret.
      while (stop < end && text[stop] == ';') {
        const std::size_t next = std::min(text.find_first_of("&;", stop + 1), end);
        if (text.substr(stop + 1, next - stop - 1).find('=') != text.npos) break;
        stop = next;
      }
      value = text.substr(equals + 1, stop - equals - 1);
      collect_named(*named, name, value, equals + 1, View::kPercentPlus, rule, place, context, edits);
    } else {
      keep_pseudonym(text, equals + 1, stop, context, edits);
      collect_leaf(value, equals + 1, View::kPercentPlus, context, edits);
    }
    begin = stop + 1;
  }
}

void collect_path(std::string_view text, std::size_t begin, std::size_t end, Context& context, Edits& edits) {
  text = text.substr(0, end);
  bool announced = false;  // by the segment before
  while (begin < end) {
    const std::size_t stop = std::min(text.find('/', begin), end);
    const std::size_t semicolon = std::min(text.substr(0, stop).find(';', begin), stop);
    const std::string_view segment = text.substr(begin, semicolon - begin);
    keep_pseudonym(text, begin, semicolon, context, edits);
    add_path_id(text, begin, semicolon, context, edits);
    const std::size_t bot = bot_token(segment);
    if (bot != segment.npos) {
      context.masker.add_credential(edits, begin + bot, segment.substr(bot), {}, Kind::kToken, "path.token",
                                    Place::kQuery);
    } else if ((announced && !segment.empty() && (is_token_segment(segment) || !context.names.has_guards())) ||
               (segment.size() >= 8 && begin > 0 && is_hook(text.substr(0, begin - 1)))) {
      const auto view = has_view(segment, View::kPercent) ? std::optional(View::kPercent) : std::nullopt;
      context.masker.add_credential(edits, begin, segment, view, Kind::kToken, "path.token", Place::kQuery);
    } else if (segment.find('=') != segment.npos) {
      collect_pairs(text, begin, semicolon, PairsOf::kQuery, context, edits);
    }
    announced = announces_token(segment);
    if (semicolon < stop) collect_pairs(text, semicolon + 1, stop, PairsOf::kQuery, context, edits);
    begin = stop + 1;
  }
}

void collect_url(std::string_view text, std::size_t begin, std::size_t end, Context& context, Edits& edits) {
  text = text.substr(0, end);
  const std::size_t fragment = text.find('#', begin);
  if (fragment != text.npos) {
    // RFC 6749 section 4.2.2: the token of the implicit grant; removed here, and learned.
    Edits unused;
    collect_pairs(text, fragment + 1, end, PairsOf::kQuery, context, unused);
    edits.push_back({fragment, end, Kind::kOther, "url.fragment", {}, Edit::Action::kRemove});
    end = fragment;
    text = text.substr(0, end);
  }
  // Browsers read a backslash as a slash (WHATWG URL section 4.4).
  std::string straight(text.substr(begin));
  std::ranges::replace(straight, '\\', '/');
  const std::string_view view = straight;
  std::size_t path = begin;
  const std::size_t query = begin + std::min(view.find('?'), view.size());
  const std::size_t slashes = begin + std::min(view.find("//"), view.size());
  if (slashes < query && (slashes == begin || text[slashes - 1] == ':')) {
    const std::size_t authority = slashes + 2;
    path = begin + std::min(view.find_first_of("/?", authority - begin), view.size());
    const std::size_t size = text.substr(authority, path - authority).rfind('@');
    if (size != text.npos) {
      const std::size_t at = authority + size;
      const std::string_view userinfo = text.substr(authority, size);
      const std::size_t colon = userinfo.find(':');
      if (colon != userinfo.npos && colon + 1 < userinfo.size()) {
        context.masker.learn(decode(userinfo.substr(colon + 1), View::kPercent), Kind::kPassword, Place::kHeader);
      }
      edits.push_back({authority, at + 1, Kind::kOther, "url.userinfo", {}, Edit::Action::kRemove});
    }
  }
  collect_path(text, path, query, context, edits);
  const bool oauth = std::exchange(context.oauth, is_oauth_path(text.substr(path, query - path)));
  if (query < end) collect_pairs(text, query + 1, end, PairsOf::kQuery, context, edits);
  context.oauth = oauth;
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
  // Parameters after the URLs.
  collect_loose(text, context, edits);
}

}  // namespace cvr::redact
