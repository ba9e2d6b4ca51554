#include "diagnose/verdict.h"

#include <algorithm>

#include "diagnose/rules/pages.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

constexpr std::size_t kMostUnknown = 2;

bool is_client_side(Side side) { return side == Side::kClientCode || side == Side::kClientConfig; }

// All C and G rules were evaluated, none failed or warns, at most two are unknown.
bool is_client_clean(const Findings& findings) {
  std::size_t open = 0;
  for (const Finding& finding : findings) {
    if (!is_client_rule(finding.rule)) continue;
    if (finding.outcome == Outcome::kFail || finding.is_hit()) return false;
    if (finding.outcome == Outcome::kUnknown) ++open;
  }
  return open <= kMostUnknown;
}

class Judge {
 public:
  Judge(const Facts& facts, const Findings& findings) : facts_(facts), findings_(findings) {}

  Verdict run() {
    for (const Finding& finding : findings_) {
      if ((is_client_rule(finding.rule) && finding.outcome == Outcome::kFail) ||
          (finding.rule == "M02" && finding.is_hit())) {
        out_.capped_by.push_back(finding.rule);
      }
      if (finding.side != Side::kMeta && finding.is_hit()) {
        out_.sides[static_cast<std::size_t>(finding.side)].rules.push_back(finding.rule);
      }
    }
    for (std::size_t i = 0; i < kSideCount; ++i) {
      const Side side = static_cast<Side>(i);
      out_.sides[i].uncapped = is_client_side(side) ? client_level(side) : outside_level(side);
      const bool capped = !is_client_side(side) && !out_.capped_by.empty();
      out_.sides[i].level = capped ? Level::kNotProven : out_.sides[i].uncapped;
    }
    choose();
    out_.text = text();
    return std::move(out_);
  }

 private:
  Level client_level(Side side) const { return out_.of(side).rules.empty() ? Level::kNotProven : Level::kIndicated; }

  // Whether a hit of the side rests on a call for which `wanted` holds.
  template <class Wanted>
  bool rests_on(Side side, Wanted wanted) const {
    return std::ranges::any_of(findings_, [&](const Finding& finding) {
      return finding.side == side && finding.is_hit() && std::ranges::any_of(finding.calls, wanted);
    });
  }

  bool only(Side side, std::initializer_list<std::string_view> rules) const {
    return std::ranges::all_of(out_.of(side).rules,
                               [&](std::string_view rule) { return std::ranges::find(rules, rule) != rules.end(); });
  }

  // Something weightier says that the side's hits have another cause.
  bool is_contradicted(Side side) const {
    const auto hit = [&](std::string_view rule) { return is_hit(findings_, rule); };
    // A dead credential explains that everything is refused.
    if (side == Side::kAccount && only(side, {"A03"})) return hit("X01") || hit("X02") || hit("X03") || hit("X06");
    // A middlebox explains foreign pages.
    if (side == Side::kVendorOutage && only(side, {"V03"})) return hit("N03") || hit("N06");
    return false;
  }

  Level outside_level(Side side) const {
    if (out_.of(side).rules.empty() || is_contradicted(side)) return Level::kNotProven;
    const auto reproduced = [](const Call* call) { return call->failed && call->reproduced; };
    if (!is_client_clean(findings_) || !rests_on(side, reproduced)) return Level::kIndicated;
    // A wrong credential gets the same answer: so ours may be a wrong one.
    if (find(findings_, "M04")->outcome == Outcome::kWarn) return Level::kIndicated;
    // The vendor says that a request is not as it should be, or a new credential or other values cured it.
    if (is_request_in_question()) return Level::kIndicated;
    // What came back by itself is over: why it was so is no longer to be shown.
    if (side != Side::kReset && is_over(side)) return Level::kIndicated;
    return is_established(side) ? Level::kEstablished : Level::kStronglyIndicated;
  }

  // Nothing that the side rests on goes on beside what has come back by itself.
  bool is_over(Side side) const {
    return is_hit(findings_, "R03") && !rests_on(side, [&](const Call* call) {
             return call->failed && call->reproduced && !is_cited("R03", call) && !comes_back(call);
           });
  }

  // A call of the same operation works later.
  bool comes_back(const Call* call) const {
    return std::ranges::any_of(facts_.after(), [&](const Call* other) {
      return other->ok && other->order_us > call->order_us && other->operation.name == call->operation.name;
    });
  }

  bool is_request_in_question() const {
    const profiles::Diagnosis& vendor = facts_.vendor();
    const auto blamed = [&](const Call* call) {
      constexpr int kOfTheRequest[] = {400, 405, 406, 409, 411, 412, 413, 414, 415, 422, 431};  // RFC 9110 section 15.5
      if (call->token_call) return call->has_code({"invalid_request", "invalid_scope"});        // RFC 6749 section 5.2
      // Errors in a 2xx are about what was asked for, too.
      const bool soft = call->status >= 200 && call->status < 300 && !call->codes.empty();
      if (!soft && std::ranges::find(kOfTheRequest, call->status) == std::end(kOfTheRequest)) return false;
      return !call->has_code(vendor.permission_codes) && !call->has_code(vendor.company_access_codes) &&
             !call->has_code(vendor.not_authorized_codes) && !call->has_code(vendor.internal_codes);
    };
    return std::ranges::any_of(facts_.failures(), blamed) ||
           std::ranges::any_of(recoveries(facts_), [](const auto& r) { return r.same_form && !r.by_itself(); });
  }

  bool is_established(Side side) const {
    if (side != Side::kAccount && side != Side::kVendorOutage) return false;
    const profiles::Diagnosis& vendor = facts_.vendor();
    const bool account = side == Side::kAccount;
    const bool fresh_refused = account && is_hit(findings_, "A06");
    return rests_on(side, [&](const Call* call) {
      if (!call->failed || call->same_success == nullptr || !call->reproduced) return false;
      if (!account) return call->accepted_near || is_maintenance_page(*call, vendor);
      const bool own_words = call->status != 401 &&
                             (call->has_code(vendor.company_access_codes) || call->has_code(vendor.permission_codes) ||
                              call->status == 402 || is_cited("A07", call));
      return own_words || is_cited("A01", call) || (fresh_refused && is_cited("A06", call));
    });
  }

  bool is_cited(std::string_view rule, const Call* call) const {
    const Finding* finding = find(findings_, rule);
    return finding != nullptr && finding->is_hit() && std::ranges::find(finding->calls, call) != finding->calls.end();
  }

  void choose() {
    constexpr Side kOrder[] = {Side::kAccount, Side::kVendorOutage, Side::kCredential,
                               Side::kNetwork, Side::kRateLimit,    Side::kReset};
    const bool healed = is_hit(findings_, "R03");
    for (const Side side : kOrder) out_.level = std::max(out_.level, out_.of(side).level);
    if (out_.level == Level::kNotProven) return;
    const auto take = [&](Side side) {
      if (out_.of(side).level != out_.level || out_.side == side) return;
      if (out_.side) {
        out_.also.push_back(side);
      } else {
        out_.side = side;
      }
    };
    if (healed) take(Side::kReset);
    for (const Side side : kOrder) take(side);
  }

  static std::string joined(const std::vector<std::string_view>& rules) {
    std::string out;
    for (const std::string_view rule : rules) out += (out.empty() ? "" : " ") + std::string(rule);
    return out;
  }

  // "account (A01 A02), reset (R02)", of the sides outside the client that are positive.
  std::string positive() const {
    std::string out;
    for (std::size_t i = 0; i < kSideCount; ++i) {
      const Side side = static_cast<Side>(i);
      if (is_client_side(side) || out_.sides[i].uncapped == Level::kNotProven) continue;
      out += (out.empty() ? "" : ", ") + std::string(to_string(side)) + " (" + joined(out_.sides[i].rules) + ")";
    }
    return out;
  }

  std::string text() const {
    const std::string found = positive();
    if (!out_.capped_by.empty()) {
      std::string out = "Not proven: the client's side is not clean (" + joined(out_.capped_by) + "); mend that first.";
      return found.empty() ? out : out + " The record also points to: " + found + ".";
    }
    if (facts_.after().empty()) return "Not proven: no call to the vendor is on record.";
    if (out_.level == Level::kNotProven) {
      return facts_.failures().empty() ? "Not proven: nothing fails in this recording."
                                       : "Not proven: nothing on record shows a cause outside the client.";
    }
    const bool healed = is_hit(findings_, "R03") && out_.side == Side::kReset;
    constexpr std::string_view kWords[] = {"not proven", "indicated", "strongly indicated", "established"};
    std::string out(kWords[static_cast<std::size_t>(out_.level)]);
    if (healed) {
      out = "Self-healed: what failed works again without a change of the client; " + out;
    } else {
      out.front() = static_cast<char>(out.front() - 'a' + 'A');
    }
    out += ": the cause lies outside the client, on the side of " + std::string(to_string(*out_.side)) + " (" +
           joined(out_.of(*out_.side).rules) + ").";
    for (const Side side : out_.also) {
      out += (side == out_.also.front() ? " As strong: " : ", ") + std::string(to_string(side));
    }
    return out_.also.empty() ? out : out + ".";
  }

  const Facts& facts_;
  const Findings& findings_;
  Verdict out_;
};

}  // namespace

std::string_view to_string(Level level) {
  constexpr std::string_view kWords[] = {"NOT PROVEN", "INDICATED", "STRONGLY INDICATED", "ESTABLISHED"};
  return kWords[static_cast<std::size_t>(level)];
}

Verdict judge(const Facts& facts, const Findings& findings) { return Judge(facts, findings).run(); }

}  // namespace cvr::diagnose
