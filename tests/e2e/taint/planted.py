"""Secrets of every kind that REDACTION names, made at run time from a seed.

`value` is what a user would call the secret.  `cores` are the stretches of it that nobody may see
again: of a JWT the signature and the private claim (its algorithm may stay), of a signed URL the
signature (its host may stay), of an e-mail the name.  Every core has at least 12 bytes.
"""
import base64
import json

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ALNUM = LETTERS + LETTERS.upper() + "0123456789"
MIN_CORE = 12


class Secret:
    def __init__(self, kind, value, cores=None):
        self.kind = kind
        self.value = value.encode() if isinstance(value, str) else value
        self.cores = [core.encode() if isinstance(core, str) else core for core in cores or [self.value]]
        assert all(len(core) >= MIN_CORE for core in self.cores), kind


class Maker:
    def __init__(self, rng):
        self.rng = rng

    def pick(self, size, alphabet=ALNUM):
        return "".join(self.rng.choices(alphabet, k=size))

    def bytes(self, size):
        return self.rng.randbytes(size)

    def make(self, kind):
        return getattr(self, kind)()

    def uuid(self):
        h = self.bytes(16).hex()
        text = f"{h[:8]}-{h[8:12]}-4{h[13:16]}-9{h[17:20]}-{h[20:]}"
        return Secret("uuid", text)

    def _jwt(self, kind, algorithm, size):
        def part(data):
            return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
        subject = self.pick(24)
        head = part(json.dumps({"alg": algorithm, "typ": "JWT"}, separators=(",", ":")).encode())
        claims = {"iss": "https://issuer.example", "sub": subject, "iat": 1772000000, "avinonce": self.pick(20)}
        body = part(json.dumps(claims, separators=(",", ":")).encode())
        signature = part(self.bytes(size))
        return Secret(kind, f"{head}.{body}.{signature}", [signature, subject, claims["avinonce"]])

    def jwt_rs512(self):
        return self._jwt("jwt_rs512", "RS512", 256)

    def jwt_hs256(self):
        return self._jwt("jwt_hs256", "HS256", 32)

    def hex32(self):
        return Secret("hex32", self.bytes(16).hex())

    def hex40(self):
        return Secret("hex40", self.bytes(20).hex().upper())

    def hex64(self):
        return Secret("hex64", self.bytes(32).hex())

    def base64(self):
        # With the characters that give trouble, for sure.
        text = base64.b64encode(self.bytes(29)).decode()
        return Secret("base64", text[:9] + "+" + text[10:19] + "/" + text[20:])

    def base64url(self):
        text = base64.urlsafe_b64encode(self.bytes(33)).decode()
        return Secret("base64url", text[:7] + "-" + text[8:21] + "_" + text[22:])

    def password(self):
        return Secret("password", self.pick(13) + '"\\&<%' + self.pick(3) + "\u00e4\u00df\u20ac" + self.pick(13))

    def passphrase(self):
        def word():
            return "".join(self.rng.choice("bdfgklmnprstvz") + self.rng.choice("aeiou") for _ in range(self.rng.randint(2, 3)))
        return Secret("passphrase", " ".join(word() for _ in range(5)))

    def pat(self):
        tail = self.pick(36)
        return Secret("pat", self.rng.choice(["ghp_", "avinode_", "glpat-"]) + tail, [tail])

    def pem(self):
        text = base64.b64encode(self.bytes(130)).decode()
        lines = [text[i:i + 64] for i in range(0, len(text), 64)]
        name = "PRIVATE" + " KEY"
        return Secret("pem", f"-----BEGIN {name}-----\n" + "\n".join(lines) + f"\n-----END {name}-----\n",
                      [line for line in lines if len(line) >= MIN_CORE])

    def cookie(self):
        return Secret("cookie", f"{self.pick(12)}|{self.pick(6, '0123456789')}:{self.pick(14)}")

    def userpass(self):
        user, secret = "svc." + self.pick(14), self.pick(18)
        return Secret("userpass", f"{user}:{secret}", [user, secret])

    def connection(self):
        secret = self.pick(20)
        return Secret("connection", f"postgres://app:{secret}@db.internal.example:5432/trips", [secret])

    def signed_url(self):
        signature = self.bytes(32).hex()
        return Secret("signed_url", "https://files.example/quotes/9.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                                    f"&X-Amz-Date=20260314T092653Z&X-Amz-Signature={signature}", [signature])

    def email(self):
        name = self.pick(8, LETTERS) + "." + self.pick(9, LETTERS)
        return Secret("email", name + "@mail.example", [name])

    def phone(self):
        return Secret("phone", "+49" + self.rng.choice("123456789") + self.pick(11, "0123456789"))

    def digits(self):
        return Secret("digits", self.rng.choice("123456789") + self.pick(15, "0123456789"))

    def twin_a(self):
        return self._twin("twin_a", "A")

    def twin_b(self):
        return self._twin("twin_b", "B")

    def _twin(self, kind, mark):
        # The partner stands in every batch too: see Batch.teach.
        value = self.pick(17) + mark + self.pick(14)
        twin = Secret(kind, value)
        other = "B" if mark == "A" else "A"
        twin.partner = value[:17].encode() + other.encode() + value[18:].encode()
        return twin

    def token9k(self):
        return Secret("token9k", self.pick(9216, ALNUM + "-_"))


KINDS = ["uuid", "jwt_rs512", "jwt_hs256", "hex32", "hex40", "hex64", "base64", "base64url", "password", "passphrase", "pat",
         "pem", "cookie", "userpass", "connection", "signed_url", "email", "phone", "digits", "twin_a", "twin_b", "token9k"]
