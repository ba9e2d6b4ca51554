"""Redaction is a type: RedactionPass, the key to its constructor, is named in three files only."""

import cpp

HOMES = ("include/cvr/interaction.h", "proxy/redact/redactor.cpp", "proxy/cassette/codec.cpp")


def check(tree):
    for path in tree.paths("proxy/", "include/", "tools/"):
        if path in HOMES:
            continue
        for number, line in enumerate(cpp.without_comments_and_literals(tree.files[path]).splitlines(), 1):
            if "RedactionPass" in line:
                yield f"{path}:{number}: names RedactionPass; only the redactor and the decoder of a cassette may"
