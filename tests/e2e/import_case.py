"""What the tests of cvr import share."""
import json
import os
import stat

from command_case import CommandCase
from support import Cvr, Tunnel


class ImportCase(CommandCase):
    def file(self, name, content):
        with open(self.path(name), "wb") as out:
            out.write(content if isinstance(content, bytes) else content.encode())
        return self.path(name)

    def imported(self, *arguments, out="in.cvr"):
        result = self.cvr("import", *arguments, "-o", self.path(out), "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(": sealed, ", self.cvr("verify", self.path(out)).stdout)
        self.assertEqual(stat.S_IMODE(os.stat(self.path(out)).st_mode), 0o600)
        self.assertFalse(os.path.exists(self.path(out) + ".part"))
        return json.loads(result.stdout)

    def lines(self, path):
        return [json.loads(line) for line in self.cvr("export", path, "--format", "jsonl").stdout.splitlines()]

    def losses(self, report):
        return [loss["what"] for source in report["sources"] for loss in source["losses"]]

    def replays(self, request, out="in.cvr", host="api.origin.test"):
        with Cvr(self.directory, "replay", "-c", self.path(out), "--host", "*.origin.test", "--host", "origin.test") as proxy, Tunnel(proxy, host) as client:
            return client.exchange(request)
