"""Sources are listed by hand in CMake: a .cpp that no CMakeLists.txt names is dead code."""

import re


def check(tree):
    lists = {path: text for path, text in tree.files.items() if path.endswith("CMakeLists.txt")}
    for path in tree.paths("proxy/", "tools/", "tests/", endings=".cpp"):
        parts = path.split("/")
        names = []  # as it would stand in the list of each folder above it
        for depth in range(len(parts) - 1, 0, -1):
            folder = "/".join(parts[:depth])
            names.append((f"{folder}/CMakeLists.txt", "/".join(parts[depth:])))
        if not any(_names(lists.get(where, ""), name) for where, name in names):
            yield f"{path}: no CMakeLists.txt names it"


def _names(text, name):
    text = re.sub(r"\$\{CMAKE_(CURRENT_)?SOURCE_DIR\}/", "", text)
    words = set(re.sub(r"[()]", " ", text).split())
    if name in words:
        return True
    # "${module}_bench.cpp" in a loop: the variable part is a word of the list then.
    for word in words:
        if "${" not in word or not word.endswith(".cpp"):
            continue
        pattern = "([\\w/]+)".join(re.escape(part) for part in re.split(r"\$\{\w+\}", word))
        match = re.fullmatch(pattern, name)
        if match and set(match.groups()) <= words:
            return True
    return False
