// What only the owner knows and no traffic tells: [account] of case.toml.  Attested, not checked.  Values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cvr::diagnose {

struct Permission {
  std::string name, before, now, seen_by;
  std::optional<std::int64_t> seen_at_us, changed_at_us;
};

struct VisibleInUi {
  std::string id, seen_by;
  std::optional<std::int64_t> seen_at_us;
};

struct Account {
  std::string connection;
  std::string oauth_method;  // client_secret_basic ...; "none"; empty: not told
  std::optional<std::int64_t> oauth_secret_expires_us;
  std::optional<bool> support_access_granted;
  std::vector<Permission> permissions;
  std::vector<VisibleInUi> visible_in_ui;
};

}  // namespace cvr::diagnose
