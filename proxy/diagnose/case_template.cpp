// The case.toml that `cvr case init` writes.
#include "diagnose/case_file.h"

namespace cvr::diagnose {

std::string case_template() {
  return R"(# What no traffic can tell; cvr diagnose --case and cvr bundle --case read it.
# Required keys are there, empty: fill them in.  What begins with "# " and a key may be added.
schema = "cvr.case/1"

[case]
id = ""                      # A-Z a-z 0-9 and -, at most 40: part of the bundle's name
title = ""                   # "Sandbox access after the weekly rebuild"
vendor = ""                  # its name, as partners know it
# product = ""               # what partners call it: "our charter request service"
environment = ""             # sandbox | production
from = ""                    # who writes: "AcmeJet integration team"
to = []                      # who reads: ["Vendor support", "AcmeJet partners"]
date = ""                    # 2026-03-17

[impact]
since = ""                   # 2026-03-16T08:00:00Z
lines = []                   # plain sentences: ["Test bookings can not be made."]

# [[tried]]                  # as often as needed
# what = ""
# result = ""

[[step]]                     # the next steps, as often as needed; all four keys
what = ""
owner = ""
timeline = ""                # "Wednesday 18 March"
status = ""                  # open | in progress | waiting | done

[contact]
name = ""
# role = ""
reach = ""                   # an address or a number

# Attested, each with who saw it and when; the reports say "attested, not checked by the tool".
# [account]
# connection = ""
# oauth_method = ""          # client_secret_basic | client_secret_post | client_secret_jwt | none
# oauth_secret_expires = 2026-09-30T00:00:00Z
# support_access_granted = true

# [[account.permission]]
# name = ""
# before = ""
# now = ""
# seen_by = ""
# seen_at = 2026-03-17T09:00:00Z
# changed_at = 2026-03-13T12:00:00Z

# [[account.visible_in_ui]]  # seen in the vendor's pages, not found in the API
# id = ""
# seen_by = ""
# seen_at = 2026-03-17T10:12:00Z

# [[attachment]]             # must also be given by --attach
# file = ""
# caption = ""
)";
}

}  // namespace cvr::diagnose
