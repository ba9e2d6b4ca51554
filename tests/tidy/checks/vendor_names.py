"""Nothing outside profiles and the stand-in knows the vendor: its name stands there, in the demo, in tests and
in documents."""

import re

import cpp

_NAME = re.compile("avinode", re.IGNORECASE)
# The demo and the sandbox command are about that vendor; commands.h declares them.
HOMES = ("proxy/profiles/", "tools/sandbox/", "tools/commands/demo", "tools/commands/sandbox")


def check(tree):
    for path in tree.paths("proxy/", "include/", "tools/"):
        if path.startswith(HOMES):
            continue
        code = cpp.without_comments(tree.files[path])
        for number, line in enumerate(code.splitlines(), 1):
            if _NAME.search(line) and "profiles/" not in line and "::profiles::" not in line:
                yield f"{path}:{number}: knows the vendor; that belongs into proxy/profiles"
