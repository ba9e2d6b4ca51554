"""CVR under measurement: one process, one thread, pinned."""
import os

from files import HOST
from machine import BenchError, tail

PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


def environment(home):
    """Ours without what would steer CVR (recording refuses under CI=true), and a home of its own."""
    kept = {name: value for name, value in os.environ.items()
            if name != "CI" and not name.startswith("CVR_") and name.upper() not in PROXY_VARIABLES}
    return {**kept, "CVR_HOME": str(home)}


class Cvr:
    """A running `cvr record` or `cvr replay`."""

    def __init__(self, run, mode, cassette, upstream_port=None, more=()):
        folder = run.new_folder(f"cvr-{mode}")
        self.port_file = folder / "port"
        self.ca = run.home / "ca.pem"
        command = [run.cvr_binary, mode, "-c", str(cassette), "--listen", "127.0.0.1:0", "--port-file",
                   str(self.port_file), "--host", HOST, "--threads", "1", *map(str, more)]
        if mode == "record":
            command += ["--connect-to", f"{HOST}:443:127.0.0.1:{upstream_port}",
                        "--upstream-ca", str(run.certificates / "ca.pem")]
        self.process = run.start(f"cvr {mode}", run.proxy_core, command, folder / "output.log", environment(run.home))
        # A short pause: the time to the first answer is measured through this loop.
        self.port = int(self.process.wait_for(self._port, pause=0.0002))
        self.pids = [self.process.pid]

    def _port(self):
        try:
            return self.port_file.read_text().strip()
        except FileNotFoundError:
            return ""

    def stop(self):
        """Lets it seal its cassette."""
        status = self.process.stop()
        if status != 0:
            raise BenchError(f"{self.process.name} ended with status {status}: {tail(self.process.log)}")
