"""Finds planted secrets in anything: whole, any 12-byte window of them, in any encoding of undo.py, in
layers up to four deep.  Shares no code with the product.

Linear: every 8-byte gram of every core is in one hash table; a text is read as 64-bit numbers at
every fourth byte, so that each window of 12 bytes holds a whole gram, and only what meets the
table is looked at closely.
"""
import collections

from taint import undo

WINDOW = 12
GRAM = 8
DEPTH = 4
SEPARATOR = b"\n\x01\n"
NOISE = "!"  # ends the name of a chain that is looked at but not decoded further


class Hit(collections.namedtuple("Hit", "owner sink chain size of context")):
    """`size` bytes of a core of `of` bytes stood in `sink` after undoing `chain`; context is masked."""


class Oracle:
    def __init__(self):
        self.grams = {}
        self.cores = []

    def add(self, owner, secret):
        for core in secret.cores:
            number = len(self.cores)
            self.cores.append((owner, core))
            for at in range(len(core) - GRAM + 1):
                gram = int.from_bytes(core[at:at + GRAM], "little")
                known = self.grams.get(gram)
                if known is None:
                    self.grams[gram] = (number, at)
                elif isinstance(known, list):
                    if len(known) < 8:
                        known.append((number, at))
                else:
                    self.grams[gram] = [known, (number, at)]
        return self

    def seal(self):
        self.keys = frozenset(self.grams)
        return self

    def search(self, sink, pieces, depth=DEPTH):
        """All hits in the pieces of one sink; one an (owner, chain)."""
        hits = {}
        pieces = list(pieces)
        frontier = {"": SEPARATOR.join(pieces)}
        frontier["headless"] = SEPARATOR.join(plain for piece in pieces if not undo.looks_promising(piece)
                                              for plain in undo.headless(piece))
        seen = set()
        for layer in range(depth + 1):
            following = collections.defaultdict(list)
            for chain, text in frontier.items():
                for hit in self._scan(sink, chain, text):
                    hits.setdefault((hit.owner, chain), hit)
                if layer < depth and not chain.endswith(NOISE):
                    self._undo(chain, text, seen, following)
            frontier = {chain: SEPARATOR.join(found) for chain, found in following.items()}
        return list(hits.values())

    def _undo(self, chain, text, seen, following):
        for name, decode in undo.DECODERS.items():
            blind = name in undo.BLIND
            promising, dull = following[name], []
            for piece in decode(text):
                mark = hash(piece)
                if len(piece) < WINDOW or mark in seen:
                    continue
                seen.add(mark)
                if not blind or undo.looks_promising(piece):
                    promising.append(piece)
                else:
                    dull.append(piece)
                    promising.extend(undo.texts_in(piece))
                    following["headless"].extend(undo.headless(piece))
            # Noise is looked at, but not decoded further.
            if dull:
                following[name + NOISE].append(SEPARATOR.join(dull))

    def _scan(self, sink, chain, text):
        padded = text + b"\x00" * (-len(text) % 8 + 8)
        view = memoryview(padded)
        covered = {}
        for start in (0, 4):
            numbers = view[start:len(padded) - 8 + start].cast("Q")
            found = self.keys.intersection(numbers)
            if not found:
                continue
            for index, gram in enumerate(numbers):
                if gram not in found:
                    continue
                at = index * 8 + start
                places = self.grams[gram]
                for number, offset in places if isinstance(places, list) else [places]:
                    if covered.get(number, (0, 0))[0] <= at < covered.get(number, (0, 0))[1]:
                        continue
                    owner, core = self.cores[number]
                    begin, end = self._extend(text, at, core, offset)
                    if end - begin >= WINDOW:
                        covered[number] = (begin, end)
                        yield Hit(owner, sink, chain, end - begin, len(core), _masked(text, begin, end))

    @staticmethod
    def _extend(text, at, core, offset):
        begin, low = at, offset
        while low > 0 and begin > 0 and text[begin - 1] == core[low - 1]:
            begin, low = begin - 1, low - 1
        end, high = at + GRAM, offset + GRAM
        while high < len(core) and end < len(text) and text[end] == core[high]:
            end, high = end + 1, high + 1
        return begin, end


def _masked(text, begin, end):
    return text[max(0, begin - 60):begin] + b"[%d bytes]" % (end - begin) + text[end:end + 20]
