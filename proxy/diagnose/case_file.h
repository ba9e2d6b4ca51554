// case.toml (cvr.case/1): what no traffic can tell.  Diagnosis reads [account]; the reports read the rest.
// Nothing is invented: a required key that is missing is named.  Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"
#include "diagnose/account.h"

namespace cvr::diagnose {

struct Case {
  std::string id, title, vendor, product, environment, from, date;
  std::vector<std::string> to;

  std::string impact_since;
  std::vector<std::string> impact_lines;

  struct Tried {
    std::string what, result;
  };
  std::vector<Tried> tried;

  struct Step {
    std::string what, owner, timeline, status;  // status: open, in progress, waiting, done
  };
  std::vector<Step> steps;

  struct Contact {
    std::string name, role, reach;
  };
  Contact contact;

  Account account;
  bool has_account = false;

  struct Attachment {
    std::string file, caption;
  };
  std::vector<Attachment> attachments;
};

struct ReadCase {
  Case value;
  std::vector<std::string> missing;  // dotted names of required keys that are absent or empty
};

// What is there, and what is missing.  Errors (kUsage): "PATH:LINE: what is wrong", unknown keys with the
// nearest known one.
Result<ReadCase> read_case(std::string_view toml_text, const std::string& path);

// The same, and a missing key is an error: "PATH: missing: case.title, contact.reach".
Result<Case> parse_case(std::string_view toml_text, const std::string& path);

// A commented case.toml to fill in.
std::string case_template();

}  // namespace cvr::diagnose
