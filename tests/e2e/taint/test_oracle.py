"""The taint test's own tools: the oracle finds what is there, and nothing else."""
import base64
import gzip
import random
import struct
import unittest
import zlib

from taint import cassette, codings, matrix, planted, spellings
from taint.oracle import Oracle

maker = planted.Maker(random.Random(4))


class Finds(unittest.TestCase):
    def search(self, secret, *pieces):
        return Oracle().add("it", secret).seal().search("sink", pieces)

    def test_every_kind_in_every_encoding(self):
        for kind in planted.KINDS:
            for encoding in spellings.TEXT:
                secret = maker.make(kind)
                with self.subTest(f"{kind}/{encoding.name}"):
                    text = b"some text before, " + encoding.apply(secret.value) + b" and behind"
                    self.assertTrue(self.search(secret, text))
                    self.assertFalse(self.search(maker.make(kind), text))

    def test_any_window_of_twelve(self):
        secret = maker.make("base64url")
        for begin in range(len(secret.value) - 11):
            for lead in range(8):
                self.assertTrue(self.search(secret, b"~" * lead + secret.value[begin:begin + 12] + b"~~"))
        self.assertFalse(self.search(secret, b"~" + secret.value[:11] + b"~"))

    def test_four_layers(self):
        secret = maker.make("hex40")
        one = b'{"a":"' + secret.value + b'"}'
        two = base64.b64encode(gzip.compress(one))
        three = spellings.percent_all(b"data=" + two)
        four = base64.b64encode(three)
        for text in (one, two, three):
            self.assertTrue(self.search(secret, b"x " + text + b" y"))
        self.assertTrue(self.search(secret, b"x " + four + b" y"))
        self.assertFalse(self.search(secret, b"x " + base64.b64encode(spellings.percent_all(four)) + b" y"))

    def test_compressed(self):
        secret = maker.make("hex64")
        text = b"The value " + secret.value + b" stands here."
        coders = [gzip.compress, zlib.compress, spellings.raw_deflate]
        coders += [codings.br] if codings.HAVE_BR else []
        coders += [codings.zstd] if codings.HAVE_ZSTD else []
        for code in coders:
            data = code(text * 3)
            self.assertTrue(self.search(secret, data), code)
            self.assertTrue(self.search(secret, base64.b64encode(data)), code)

    def test_utf_16(self):
        secret = maker.make("password")
        for name in ("utf-16-le", "utf-16-be"):
            text = ("a word " + secret.value.decode() + " another").encode(name)
            self.assertTrue(self.search(secret, text))
            self.assertTrue(self.search(secret, base64.b64encode(text)))

    def test_noise_holds_nothing(self):
        rng = random.Random(9)
        oracle = Oracle()
        for kind in planted.KINDS:
            oracle.add(kind, maker.make(kind))
        oracle.seal()
        noise = [rng.randbytes(20000), base64.b64encode(rng.randbytes(20000)), rng.randbytes(9000).hex().encode()]
        self.assertEqual(oracle.search("sink", noise), [])

    def test_contexts_do_not_show_it(self):
        secret = maker.make("pat")
        for hit in self.search(secret, b"token " + secret.value + b"."):
            self.assertNotIn(secret.cores[0][:8], hit.context)


class Takes(unittest.TestCase):
    """Cassettes apart."""

    def test_compressed_interactions(self):
        text = b"a secret in an interaction" * 4
        packed = b"\x81\xa1c\xc4" + bytes([len(text)]) + text
        plain = bytes(48) + struct.pack("<I", 0) + packed
        frames = [plain]
        if codings.HAVE_ZSTD:
            frames.append(bytes(48) + struct.pack("<I", len(packed)) + codings.zstd(packed))
        for payload in frames:
            head = b"\xc5\xe7\x02\x00" + struct.pack("<I", len(payload)) + bytes(48)
            self.assertIn(text, list(cassette.pieces(bytes(16) + head + payload))[1:])

    def test_any_rubbish(self):
        rng = random.Random(2)
        for size in range(200):
            list(cassette.pieces(b"\xc5\xe7" * 9 + rng.randbytes(size)))
            list(cassette.strings(rng.randbytes(size)))


class Same(unittest.TestCase):
    def test_a_seed_gives_the_same_cells(self):
        one, two = ([(c.name, c.way, c.secret.value) for c in matrix.cells(3, 50)] for _ in range(2))
        self.assertEqual(one, two)
        self.assertNotEqual(one, [(c.name, c.way, c.secret.value) for c in matrix.cells(4, 50)])


if __name__ == "__main__":
    unittest.main(verbosity=2)
