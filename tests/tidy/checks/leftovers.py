"""No marks of unfinished work, no paths of one machine, no hosts of package registries."""

import re

# In pieces, so that this file does not find itself.
_MARKS = re.compile(r"\b(" + "TO" + "DO|FIX" + r"ME|HA" + r"CK)\b")
_PATHS = re.compile(r"(?<![\w./~-])/(work|ro" + r"ot|Us" + r"ers)/\w|(?<![\w./~-])/ho" + r"me/[a-z]\w*/")
_TEMPORARY = re.compile(r"(?<![\w./~-])/tm" + r"p/\w")
_REGISTRIES = re.compile(r"\b(registry\.npm" + r"js|py" + r"pi\.org|files\.python" + r"hosted|proxy\.go" + r"lang|deb\.deb" + r"ian\.org"
                         r"|static\.crates|crates\.i" + "o)")


def check(tree):
    for path in tree.files:
        for number, line in tree.lines(path):
            if _MARKS.search(line):
                yield f"{path}:{number}: a mark of unfinished work"
            if _PATHS.search(line):
                yield f"{path}:{number}: a path of one machine"
            if _TEMPORARY.search(line) and path.endswith((".cpp", ".h", ".py")):
                yield f"{path}:{number}: a fixed temporary path; make one at run time"
            if _REGISTRIES.search(line):
                yield f"{path}:{number}: the host of a package registry"
