// The values of a plan's variables, from the environment and dotenv files, and which ways to authenticate
// they allow.  Holds secrets: no formatter, and no error text has a value in it.  Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cvr/result.h"
#include "cvr/system.h"
#include "profiles/plan.h"

namespace cvr::probe {

using Settings = std::vector<std::pair<std::string, std::string>>;  // NAME -> value, as an environment has them

class Credentials {
 public:
  // `sources`: the first that sets a name counts; an empty value sets nothing.  kUsage: a value that can not
  // be sent (a line break or another control character), by the name it stands under.
  static Result<Credentials> read(const profiles::Plan& plan, const std::vector<Settings>& sources);

  // Of a variable of the plan; nullptr: nobody has set it.
  const std::string* find(std::string_view variable) const;

  // Why a method or step can not be tried: names what is missing or set otherwise.  Empty: it can.
  // `texts`: all that will be filled with variables.
  std::string obstacle(const profiles::NamedTexts& when, const std::vector<std::string_view>& texts) const;

  // What must be kept out of records, whatever place it stands in.
  const std::vector<std::string>& secrets() const { return secrets_; }

  // The same variables with made-up values of their shape in the place of secrets, never one of these.
  Credentials made_up(const profiles::Plan& plan, Entropy& entropy) const;

 private:
  const profiles::Plan* plan_ = nullptr;
  std::map<std::string, std::string, std::less<>> values_;
  std::vector<std::string> secrets_;
};

std::string random_uuid(Entropy& entropy);

}  // namespace cvr::probe
