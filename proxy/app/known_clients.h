// The clients that `cvr doctor` tries, as data.  Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cvr::app {

struct TriedClient {
  std::string name;                     // "python requests"
  std::vector<std::string> present;     // a command that says whether it is here
  std::vector<std::string> command;     // fetches and prints
  std::string mend;                     // when it fails
  std::vector<std::string> needs = {};  // a command that says whether it can be tried; none: it can
  std::string want = {};                // what is missing when it can not
};

inline constexpr std::string_view kDoctorHost = "doctor.cvr.test";  // RFC 6761: .test is nobody's

// `self`: this program, which Chromium's arguments are asked of.  Each runs in a directory of its own.
std::vector<TriedClient> known_clients(const std::string& self);

}  // namespace cvr::app
