"""The floors of the house (ARCHITECTURE.md): who may include whom, in one table."""

FLOOR = {
    "base": 0, "os": 0,
    "http": 1,
    "model": 2, "profiles": 2,
    "redact": 3, "match": 3, "cassette": 3, "exporters": 3, "importers": 3, "certs": 3,
    "engine": 4, "diagnose": 4,
    "net": 5, "bundle": 5, "probe": 5,
    "app": 6,
    "tools": 7,
}

# Within a floor there are no edges, but for these: what stands first may include what stands second.
# os returns base's Result; a profile names the model's kinds.
WITHIN = {("os", "base"), ("profiles", "model")}

# The module whose face a public header of include/cvr is.
PUBLIC = {
    "result.h": "base", "system.h": "base", "version.h": "base",
    "http.h": "http",
    "interaction.h": "model",
    "redactor.h": "redact", "matcher.h": "match", "match_rules.h": "match", "cassette.h": "cassette", "exporters.h": "exporters", "importers.h": "importers",
    "certificate_authority.h": "certs",
    "proxy.h": "net",
}


def may_include(user, used):
    return user == used or FLOOR[used] < FLOOR[user] or (user, used) in WITHIN
