#include "engine/seal_check.h"

#include <algorithm>
#include <optional>

#include "base/escape.h"

namespace cvr::engine {
namespace {

using In = SealFinding::In;

constexpr std::size_t kMostFindings = 100;

const Leak* first_known(const std::vector<Leak>& leaks) {
  const auto found = std::ranges::find_if(leaks, &Leak::known);
  return found == leaks.end() ? nullptr : &*found;
}

class Outside {
 public:
  explicit Outside(const Redactor& redactor) : redactor_(redactor) {}

  // `only_known`: bytes in which a pattern finds what is none.
  void look(std::string_view text, const std::string& place, In in, bool only_known = false) {
    for (Leak& leak : redactor_.leaks(text, place)) {
      if (out_.size() < kMostFindings && (leak.known || !only_known)) out_.push_back({in, std::move(leak)});
    }
  }
  std::vector<SealFinding> take() { return std::move(out_); }

 private:
  const Redactor& redactor_;
  std::vector<SealFinding> out_;
};

// Why the cassette can not be put anew; else whether it has to be for what is beside the records.
Result<bool> look_outside(const cassette::Reader& reader, const Redactor& redactor) {
  bool aside = false;
  for (const SealFinding& found : leaks_outside(reader, redactor)) {
    if (!found.leak.known) continue;
    aside |= found.in == In::kAside;
    if (found.in != In::kHeader && found.in != In::kUnknown) continue;
    const std::string name = printable(shown(redactor, reader.name()));
    return fail(ErrorCode::kRefused, printable(found.leak.place) + " holds " + found.leak.what +
                                         "; a cassette without it: cvr redact " + name + " -o OUT");
  }
  return aside;
}

}  // namespace

namespace {

// `out`: what was found in the decoded parts.
std::vector<Leak> with_untold(std::vector<Leak> out, const cassette::Reader& reader, std::uint64_t index,
                              const Redactor& redactor) {
  reader.untold(index, [&](std::string_view text, bool is_binary) {
    for (Leak& leak :
         redactor.leaks(text, is_binary ? "its start and match key" : "a text that this cvr does not know")) {
      if (out.size() < kMostFindings && (leak.known || !is_binary)) out.push_back(std::move(leak));
    }
  });
  return out;
}

}  // namespace

std::vector<Leak> leaks_of(const cassette::Reader& reader, std::uint64_t index, const RedactedParts& decoded,
                           const Redactor& redactor) {
  return with_untold(redactor.leaks(decoded), reader, index, redactor);
}

std::vector<SealFinding> leaks_outside(const cassette::Reader& reader, const Redactor& redactor) {
  Outside out(redactor);
  out.look(reader.header().tool, "the cassette's header", In::kHeader);
  out.look(reader.header().key_fingerprint, "the cassette's header", In::kHeader, true);
  out.look(reader.header().redaction, "the cassette's header", In::kHeader);
  for (const cassette::Gap& gap : reader.gaps()) out.look(gap.reason, "a gap", In::kWords);
  for (const cassette::Refusal& refusal : reader.refusals()) {
    for (const std::string* words : {&refusal.kind, &refusal.host, &refusal.reason}) {
      out.look(*words, "a refusal", In::kWords);
    }
  }
  for (const cassette::UnknownRecord& record : reader.unknown()) {
    out.look(record.payload, "a record of unknown type behind #" + std::to_string(record.after), In::kUnknown, true);
  }
  reader.untold([&](std::string_view text, bool is_binary) {
    out.look(text, is_binary ? "an index" : "a text beside the interactions that this cvr does not know", In::kAside,
             is_binary);
  });
  return out.take();
}

Result<std::uint64_t> purge(cassette::Writer& writer, const Redactor& redactor, const match::MatchRules& rules,
                            const std::function<bool(std::uint64_t number)>& is_clean) {
  std::string still;  // where one is left
  const cassette::Reader* old = nullptr;
  cassette::Writer::Purge purge;
  purge.look = [&](const cassette::Reader& reader) {
    old = &reader;
    return look_outside(reader, redactor);
  };
  purge.change = [&](std::uint64_t n, const RedactedInteraction& stored) {
    std::optional<RedactedInteraction> again;
    if (is_clean && is_clean(n)) return again;
    if (first_known(with_untold(redactor.late_leaks(*stored), *old, n - 1, redactor)) == nullptr) return again;
    again = redactor.redact_again(*stored);
    again->set_key(match::key_of((*again)->request, rules));
    const auto leaks = redactor.leaks(**again);
    const Leak* left = first_known(leaks);
    if (left != nullptr && still.empty()) {
      still = "#" + std::to_string(n) + ", " + printable(left->place) + ": " + left->what +
              "; leave that interaction out: cvr trim";
    }
    return again;
  };
  purge.words = [&](std::string_view words) { return shown(redactor, words); };
  const auto purged = writer.purge_all(purge);
  if (purged && !still.empty()) return fail(ErrorCode::kRefused, "a secret stands in it: " + still);
  return purged;
}

}  // namespace cvr::engine
