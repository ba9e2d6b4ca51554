#include "probe/credentials.h"

#include <algorithm>
#include <array>

#include "base/base64.h"
#include "profiles/plan_text.h"

namespace cvr::probe {
namespace {

using Shape = profiles::PlanVariable::Shape;

template <std::size_t kSize>
std::string random_bytes(Entropy& entropy) {
  std::array<std::uint8_t, kSize> bytes{};
  entropy.fill(bytes);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string made_up_value(Shape shape, Entropy& entropy) {
  if (shape == Shape::kUuid) return random_uuid(entropy);
  if (shape == Shape::kText) return base64url_encode(random_bytes<30>(entropy));
  return base64url_encode(R"({"alg":"RS512","typ":"JWT"})") + "." +
         base64url_encode(R"({"sub":")" + random_uuid(entropy) + R"("})") + "." +
         base64url_encode(random_bytes<256>(entropy));
}

const std::string* find_setting(const std::vector<Settings>& sources, const std::string& name) {
  for (const Settings& source : sources) {
    const auto found =
        std::ranges::find_if(source, [&](const auto& one) { return one.first == name && !one.second.empty(); });
    if (found != source.end()) return &found->second;
  }
  return nullptr;
}

bool can_be_sent(std::string_view value) {
  return value.size() <= 16'000 && std::ranges::all_of(value, [](char c) { return c < 0 || (c >= 0x20 && c != 0x7f); });
}

std::string names_of(const profiles::PlanVariable& variable) {
  std::string out = variable.from.front();
  if (variable.from.size() > 1) {
    out += " (or ";
    for (std::size_t i = 1; i < variable.from.size(); ++i) out += (i > 1 ? ", " : "") + variable.from[i];
    out += ")";
  }
  return out + " is not set";
}

}  // namespace

std::string random_uuid(Entropy& entropy) {
  std::string bytes = random_bytes<16>(entropy);
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);  // RFC 9562 section 5.4
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  std::string out = hex_encode(bytes);
  for (const std::size_t at : {20, 16, 12, 8}) out.insert(at, 1, '-');
  return out;
}

Result<Credentials> Credentials::read(const profiles::Plan& plan, const std::vector<Settings>& sources) {
  Credentials out;
  out.plan_ = &plan;
  for (const profiles::PlanVariable& variable : plan.variables) {
    for (const std::string& name : variable.from) {
      const std::string* value = find_setting(sources, name);
      if (value == nullptr) continue;
      if (!can_be_sent(*value)) {
        return fail(ErrorCode::kUsage, name + " holds a line break or another character that no header can carry");
      }
      out.values_[variable.name] = *value;
      if (!variable.is_public) out.secrets_.push_back(*value);
      break;
    }
    if (variable.is_public && !variable.preset.empty()) out.values_.try_emplace(variable.name, variable.preset);
  }
  return out;
}

const std::string* Credentials::find(std::string_view variable) const {
  const auto found = values_.find(variable);
  return found == values_.end() ? nullptr : &found->second;
}

std::string Credentials::obstacle(const profiles::NamedTexts& when, const std::vector<std::string_view>& texts) const {
  std::vector<std::string> reasons;
  const auto add = [&](std::string reason) {
    if (std::ranges::find(reasons, reason) == reasons.end()) reasons.push_back(std::move(reason));
  };
  for (const auto& [variable, wanted] : when) {
    const std::string* value = find(variable);
    const profiles::PlanVariable& known = *plan_->find_variable(variable);
    if (value == nullptr) {
      add(names_of(known) + ", " + wanted + " is needed");
    } else if (*value != wanted) {
      add(known.from.front() + " is not " + wanted);
    }
  }
  for (const std::string_view text : texts) {
    for (const std::string& name : profiles::placeholders(text)) {
      const profiles::PlanVariable* variable = plan_->find_variable(name);
      if (variable != nullptr && find(name) == nullptr) add(names_of(*variable));
    }
  }
  std::string out;
  for (const std::string& reason : reasons) out += (out.empty() ? "" : "; ") + reason;
  return out;
}

Credentials Credentials::made_up(const profiles::Plan& plan, Entropy& entropy) const {
  Credentials out = *this;
  out.secrets_.clear();
  for (const profiles::PlanVariable& variable : plan.variables) {
    if (variable.is_public) continue;
    std::string value = made_up_value(variable.shape, entropy);
    while (std::ranges::find(secrets_, value) != secrets_.end()) value = made_up_value(variable.shape, entropy);
    out.secrets_.push_back(value);
    out.values_[variable.name] = std::move(value);
  }
  return out;
}

}  // namespace cvr::probe
