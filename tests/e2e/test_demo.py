"""`cvr demo` tells its whole story, and leaves no credential behind."""
import os
import re

from support import Case, main


class Demo(Case):
    def test_demo(self):
        result = self.cvr("demo", env={"TMPDIR": self.directory}, timeout=120)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        for words in ("recorded", "replayed", "0 found", "trips.har", "misses", "ESTABLISHED", "sha256sum -c SHA256SUMS: OK", "Verified OK", "viewer.html"):
            self.assertIn(words, result.stdout + result.stderr)
        directory = re.search(r"files in (\S+)", result.stdout).group(1)
        with open(os.path.join(directory, "sandbox.env"), encoding="utf-8") as file:
            secrets = re.findall(r"='?([^'\n]{8,})'?$", file.read(), re.M)
        self.assertGreaterEqual(len(secrets), 4)
        self.assertTrue(os.path.isfile(os.path.join(directory, "evidence", "viewer.html")))
        for name in ("trips.cvr", "trips.har", "friday.cvr", "monday.cvr", "evidence.zip", "evidence/viewer.html"):
            with open(os.path.join(directory, name), "rb") as file:
                data = file.read()
            for secret in secrets:
                self.assertNotIn(secret.encode(), data)
        self.assertTrue(all(secret not in result.stdout + result.stderr for secret in secrets))


if __name__ == "__main__":
    main()
