"""A file includes only its own folder and lower floors; public headers include the standard library alone."""

import re

import floors

_INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
_STANDARD = re.compile(r"^[a-z_0-9]+$")


def check(tree):
    for path in tree.paths("proxy/", "include/cvr/", "tools/"):
        user = _module_of(path)
        if user is None:
            yield f"{path}: not in the table of tests/tidy/floors.py"
            continue
        for number, line in tree.lines(path):
            match = _INCLUDE.match(line)
            if match is None:
                continue
            problem = _problem(path, user, *match.groups())
            if problem:
                yield f"{path}:{number}: {problem}"


def _module_of(path):
    parts = path.split("/")
    if parts[0] == "tools":
        return "tools"
    if parts[0] == "include":
        return floors.PUBLIC.get(parts[-1])
    return parts[1] if parts[1] in floors.FLOOR else None


def _problem(path, user, quote, name):
    if quote == "<":
        if path.startswith("include/") and not _STANDARD.match(name):
            return f"a public header includes <{name}>; only the standard library is allowed"
        return None
    folder, _, rest = name.partition("/")
    if folder == "cvr" and rest in floors.PUBLIC:
        used = floors.PUBLIC[rest]
    elif folder in floors.FLOOR:
        used = folder
    elif user == "tools":
        return None  # tools includes its own files from its own folder
    else:
        return f'"{name}" is not of the form "module/file.h"'
    if path.startswith("include/") and folder != "cvr":
        return f'a public header includes the private "{name}"'
    if not floors.may_include(user, used):
        return f'{user} (floor {floors.FLOOR[user]}) must not include "{name}" of {used} (floor {floors.FLOOR[used]})'
    return None
