"""C++ is formatted by clang-format 19.  Skipped where that is not installed."""

import pathlib
import shutil
import subprocess

PROGRAM = "clang-format-19"


class Missing(Exception):
    """What a check needs and this machine lacks: it is skipped, and says so."""


def check(tree):
    program = shutil.which(PROGRAM)
    if program is None:
        raise Missing(f"{PROGRAM} is not installed (tools/setup --dev installs it)")
    root = pathlib.Path(__file__).parents[3]
    paths = [path for path in tree.paths("proxy/", "include/", "tools/", "tests/") if (root / path).is_file()]
    out = subprocess.run([program, "--dry-run", "--ferror-limit=1", *paths], cwd=root, capture_output=True, text=True,
                         check=False).stderr
    for line in out.splitlines():
        if "-Wclang-format-violations" in line:
            yield line.split(": ")[0] + f": not formatted; {PROGRAM} -i mends it"
