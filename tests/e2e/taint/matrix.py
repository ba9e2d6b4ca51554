"""Which cells there are, and which of them a run takes: the same ones for the same seed."""
import random
import zlib

from taint import places, planted, spellings, teach

_RARE = {"token9k": 8}  # one of so many: each costs as much as many others
WAYS = ("traffic", "given", "late")


class Cell:
    """A secret of `kind`, spelled in `encoding`, in `place`; made known in `way`."""

    def __init__(self, kind, encoding, place, seed):
        self.kind, self.encoding, self.place = kind, encoding, place
        self.seed = zlib.crc32(f"{seed}/{kind}/{encoding}/{place}".encode())
        self.way = None
        self.teacher = None
        self.secret = None
        self.exchange = None
        self.outcome = None

    @property
    def name(self):
        return f"{self.kind}/{self.encoding}/{self.place}"

    def prepare(self, number):
        """Makes secret and messages.  False: such a value can not stand there in that encoding."""
        rng = random.Random(self.seed)
        self.number = number
        self.secret = planted.Maker(rng).make(self.kind)
        if self.way is None:
            ways = ("self",) + WAYS[:2] if places.PLACES[self.place].known else WAYS
            self.way = rng.choice(ways)
        if self.way in ("traffic", "late") and self.teacher is None:
            self.teacher = teach.choose(self.secret.value, rng)
        self.exchange = places.build(self.place, spellings.ALL[self.encoding], self.secret.value, number)
        return self.exchange is not None


def cells(seed, count=None, only=None):
    """Goes round all (encoding, place) pairs with another kind of secret each time, so that a short run
    still meets every pair before any pair twice."""
    rng = random.Random(seed)
    pairs = [(e.name, p.name) for e in spellings.ALL.values() for p in places.PLACES.values() if p.body or not e.body]
    kinds = list(planted.KINDS)
    rng.shuffle(kinds)
    starts = {pair: rng.randrange(len(kinds)) for pair in pairs}
    made = 0
    for turn in range(len(kinds)):
        rng.shuffle(pairs)
        for encoding, place in pairs:
            kind = kinds[(starts[(encoding, place)] + turn) % len(kinds)]
            if kind in _RARE and zlib.crc32(f"{encoding}{place}{seed}".encode()) % _RARE[kind]:
                continue
            if only and not only(kind, encoding, place):
                continue
            cell = Cell(kind, encoding, place, seed)
            if not cell.prepare(made + 1):
                continue
            made += 1
            yield cell
            if count and made >= count:
                return
