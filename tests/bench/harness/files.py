"""What the servers serve and prove themselves with: bodies and certificates, made anew each run."""
import json
import subprocess

HOST = "bench.test"
SIZES = {"1k": 1024, "4k": 4096, "16k": 16384}


def json_body(size):
    """A JSON document of exactly `size` bytes, shaped like an answer of a REST service."""
    def text(items, padding):
        document = {"meta": {"page": 1, "total": len(items), "padding": padding}, "data": items}
        return json.dumps(document, separators=(",", ":"))

    items = []
    while True:
        number = len(items) + 1
        item = {"item": number, "shape": "round" if number % 3 else "square", "weight": number * 1.25,
                "tags": ["alpha", "beta"], "open": number % 2 == 0, "note": f"entry number {number} of a list"}
        if len(text([*items, item], "")) > size:
            break
        items.append(item)
    return text(items, "x" * (size - len(text(items, "")))).encode()


def binary_body(size):
    """Bytes without a structure (the same ones in every run)."""
    state, out = 1, bytearray()
    while len(out) < size:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        out.append(state >> 56)
    return bytes(out)


def write_bodies(folder):
    folder.mkdir()
    for name, size in SIZES.items():
        (folder / f"{name}.json").write_bytes(json_body(size))
        (folder / f"{name}.bin").write_bytes(binary_body(size))


def make_certificates(folder):
    """ca.pem, and leaf.pem with leaf.key for HOST; P-256, valid for two days."""
    folder.mkdir(mode=0o700)

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)

    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl("req", "-x509", *new_key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=bench CA",
            "-addext", "keyUsage=critical,keyCertSign")
    openssl("req", *new_key, "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", f"/CN={HOST}")
    (folder / "leaf.cnf").write_text(f"subjectAltName=DNS:{HOST}\nbasicConstraints=CA:FALSE\n"
                                     "keyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n")
    openssl("x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", "leaf.cnf", "-out", "leaf.pem")
