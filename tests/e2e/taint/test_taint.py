"""The taint test: thousands of planted secrets, none of which any sink may hold (REDACTION's promise).

CVR_TAINT_CELLS sets how many, CVR_TAINT_SEED which.  `tests/e2e/taint/run` is the same by hand.
"""
import os
import unittest

import support
from taint import campaign, oddities
from taint.report import Known

# The same cells every time unless asked otherwise: whoever breaks redaction breaks it reproducibly.
SEED = int(os.environ.get("CVR_TAINT_SEED") or 1)
CELLS = int(os.environ.get("CVR_TAINT_CELLS") or 5000)
KNOWN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "known_leaks.txt")


@unittest.skipUnless(support.CVR, "CVR_BINARY names no binary")
class Taint(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.report = campaign.run(support.CVR, SEED, CELLS)
        print(f"seed {SEED}\n" + "\n".join(cls.report.totals()), flush=True)

    def test_the_oracle_finds_all_on_the_wire(self):
        self.assertEqual(self.report.unseen, 0, "\n".join(self.report.problems))
        self.assertGreaterEqual(self.report.cells, CELLS * 0.95)

    def test_nothing_leaks(self):
        fresh, mended = Known(KNOWN).judge(self.report)
        self.assertEqual(fresh, [], f"{len(fresh)} cells fail:\n" + "\n".join(fresh[:100]))
        self.assertEqual(mended, [], "fixed: strike these lines of known_leaks.txt")

    def test_innocent_leaves_stay(self):
        self.assertGreaterEqual(self.report.kept, 0.95 * self.report.kept_of, self.report.lost.most_common(20))
        self.assertGreater(self.report.kept_of, CELLS)

    def test_live_responses_are_untouched(self):
        self.assertEqual([f"{cell.name}: {what}" for cell, what in self.report.changed], [])

    def test_commands_agree(self):
        fresh, mended = Known(KNOWN).judge_problems(self.report.problems)
        self.assertEqual(fresh, [])
        self.assertEqual(mended, [], "fixed: strike these lines of known_leaks.txt")

    def test_oddities(self):
        for name, check in oddities.ALL.items():
            with self.subTest(name):
                self.assertEqual(check(support.CVR, SEED), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
