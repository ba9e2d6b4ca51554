"""Runs checks of the house over the checkout: tidy.py [CHECK...], all of them when none is named.

A check is a file of checks/ with one function check(tree) that yields a line a finding.
Exit: 0 nothing found, 1 findings, 77 (a skip, to ctest) when a check says what it lacks.
"""

import importlib
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from checks.formatting import Missing  # noqa: E402
from tree import Tree  # noqa: E402


def names():
    return sorted(path.stem for path in (HERE / "checks").glob("*.py") if path.stem != "__init__")


def findings(name, tree):
    return list(importlib.import_module(f"checks.{name}").check(tree))


def main(wanted):
    tree = Tree.of_checkout(HERE.parents[1])
    status = 0
    for name in wanted or names():
        try:
            found = findings(name, tree)
        except Missing as missing:
            print(f"{name}: skipped: {missing}")
            status = status or 77
            continue
        for line in found:
            print(line)
        print(f"{name}: {len(found)} findings")
        if found:
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
