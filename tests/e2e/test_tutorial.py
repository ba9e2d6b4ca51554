"""docs/tutorial.md does what it says: its own commands, one after another, in one shell."""
import os
import re
import shutil
import subprocess

from support import CVR, Case, main

DOCS = os.path.join(os.path.dirname(__file__), "..", "..", "docs")
# What is expected to say no: doctor where a client of this machine fails, and the miss.
SAYS_NO = ("cvr doctor", "cvr replay -c trips.cvr -- sh airports.sh KVNY")


class Tutorial(Case):
    def test_the_tutorial(self):
        for tool in ("bash", "curl"):
            if shutil.which(tool) is None:
                self.fail(f"{tool} is needed")
        with open(os.path.join(DOCS, "tutorial.md"), encoding="utf-8") as file:
            blocks = re.findall(r"^```sh\n(.*?)^```$", file.read(), re.M | re.S)
        self.assertGreaterEqual(len(blocks), 7)
        script = "set -e\n"
        for block in blocks:
            for line in block.splitlines():
                expected = SAYS_NO.index(line) if line in SAYS_NO else None
                script += line + ("\n" if expected is None else f' || echo "step said $?"\n')
        os.makedirs(self.path("bin"))
        os.makedirs(self.path("work"))
        os.symlink(CVR, self.path("bin/cvr"))
        environment = {**os.environ, "CVR_HOME": self.path("home"), "PATH": self.path("bin") + ":" + os.environ["PATH"],
                       "CVR_LISTEN": "127.0.0.1:0"}
        environment.pop("CI", None)
        told = subprocess.run(["bash", "-c", script], env=environment, cwd=self.path("work"), capture_output=True, text=True,
                              timeout=120, check=False)
        self.assertEqual(told.returncode, 0, told.stdout + told.stderr)
        self.assertIn("recorded 1 interaction", told.stderr)
        self.assertIn("1 hits, 0 misses", told.stderr)
        self.assertIn("query differs", told.stderr)
        self.assertIn("no leak found", told.stderr + told.stdout)
        self.assertIn("step said 1", told.stdout)
        self.assertTrue(os.path.exists(self.path("work/trips.har")))
        self.assertTrue(os.path.exists(self.path("work/cvr.toml")))


if __name__ == "__main__":
    main()
