"""Only proxy/certs includes x509 headers and reads keys: reviewing key handling means reading one folder."""

import re

_HEADER = re.compile(r"^\s*#\s*include\s*<openssl/(x509\w*|pem\w*|pkcs\w*|ec|rsa|asn1\w*|cms|ocsp|store|decoder|encoder)\.h>")


def check(tree):
    for path in tree.paths("proxy/", "include/", "tools/"):
        if path.startswith("proxy/certs/"):
            continue
        for number, line in tree.lines(path):
            if _HEADER.match(line):
                yield f"{path}:{number}: {line.strip()} outside proxy/certs"
