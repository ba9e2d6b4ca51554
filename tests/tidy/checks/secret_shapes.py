"""No text that has the shape of a credential in any tracked file: test credentials are made at run time."""

import re

# In pieces, so that this file does not find itself.
SHAPES = [
    ("a JWT", re.compile(r"\bey" + r"J[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}")),
    ("a private key", re.compile("-----BEG" + r"IN (EC |RSA |DSA |ENCRYPTED |OPENSSH )?PRIVATE KEY-----\s*[A-Za-z0-9+/]")),
    ("a bearer token", re.compile(r"\bbearer +[A-Za-z0-9._~+/-]{24,}", re.IGNORECASE)),
    ("a Basic credential", re.compile(r"\bbasic +(?=[A-Za-z0-9+/]*[0-9])(?=[A-Za-z0-9+/]*[A-Z])[A-Za-z0-9+/]{20,}={0,2}(?![A-Za-z0-9+/])",
                                      re.IGNORECASE)),
    ("an AWS key", re.compile(r"\bAKI" + r"A[0-9A-Z]{16}\b")),
    ("a GitHub token", re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9_]{40,}")),
    ("a Slack token", re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{20,}")),
]


def check(tree):
    for path, text in tree.files.items():
        for what, pattern in SHAPES:
            for match in pattern.finditer(text):
                number = text.count("\n", 0, match.start()) + 1
                yield f"{path}:{number}: {what}, or what looks like one"
