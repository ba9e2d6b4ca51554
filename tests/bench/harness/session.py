"""One run of the bench: its folder, its binaries, and every process that it started."""
import os
import shutil
import tempfile
from pathlib import Path

from files import make_certificates, write_bodies
from machine import Process, choose_cores


class Run:
    """A context: leaving it ends all processes and removes the folder."""

    def __init__(self, options, cvr_binary, load_binary, maker_binary=None):
        self.cvr_binary, self.load_binary = cvr_binary, load_binary  # cvr_binary None: nginx alone
        self.maker_binary = maker_binary  # of the cassettes that `lookup` opens
        self.seconds, self.rounds = options.seconds, options.rounds
        self.interactions = options.interactions
        self.keep = options.keep
        self.proxy_core, self.other_core = choose_cores()
        self.processes = []
        self.folder = Path(tempfile.mkdtemp(prefix="cvr-bench-", dir=options.tmp))
        self.bodies, self.certificates = self.folder / "bodies", self.folder / "certificates"
        self.home = self.folder / "home"
        self.home.mkdir(mode=0o700)
        self.folders = 0

    def __enter__(self):
        try:
            write_bodies(self.bodies)
            make_certificates(self.certificates)
        except BaseException:
            shutil.rmtree(self.folder)
            raise
        os.sched_setaffinity(0, {self.other_core})
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            if process.name.startswith("cvr"):
                process.kill()  # nobody needs its cassette any more
            else:
                process.stop()  # nginx's master ends its worker
        if self.keep:
            print(f"kept: {self.folder}")
        else:
            shutil.rmtree(self.folder)

    def new_folder(self, name):
        self.folders += 1
        folder = self.folder / f"{self.folders:03}-{name}"
        folder.mkdir()
        return folder

    def start(self, name, core, command, log, env=None):
        process = Process(name, core, command, log, env)
        self.processes.append(process)
        return process
