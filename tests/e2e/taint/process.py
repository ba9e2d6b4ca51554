"""A running `cvr` whose output, temporary files and working directory are all sinks."""
import contextlib
import hashlib
import os
import signal
import subprocess

import support


class Place:
    """A directory with a home, a temporary directory and the --secrets file of one batch."""

    def __init__(self, directory, binary):
        self.directory, self.binary = directory, binary
        self.work = os.path.join(directory, "work")
        self.home = os.path.join(directory, "work", "home")
        self.secrets = os.path.join(directory, "given.env")
        self.cassette = os.path.join(self.work, "t.cvr")
        os.makedirs(os.path.join(self.work, "tmp"))
        self.environment = {**os.environ, "CVR_HOME": self.home, "TMPDIR": os.path.join(self.work, "tmp"), "HOME": self.work}
        self.environment.pop("CI", None)

    def keep_key(self, seed):
        """The pseudonym key of that seed, so that a run can be repeated: pseudonyms are part of what is searched."""
        os.makedirs(self.home, mode=0o700)
        path = os.path.join(self.home, "pseudonym.key")
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(hashlib.sha256(f"key {seed}".encode()).hexdigest() + "\n")

    def command(self, *arguments, timeout=120):
        return subprocess.run([self.binary, *arguments], env=self.environment, cwd=self.work, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=timeout, check=False)


class Proxy:
    def __init__(self, place, command, origin, *more, preexec=None):
        self.place = place
        self.port_file = os.path.join(place.work, "port")
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.port_file)
        self.log = open(os.path.join(place.work, command + ".log"), "ab")
        arguments = [place.binary, command, "-vvv", "-c", place.cassette, "--listen", "127.0.0.1:0", "--port-file", self.port_file,
                     "--host", "origin.test", "--host", "*.origin.test", *more]
        if origin:
            arguments += ["--connect-to", f":443:127.0.0.1:{origin.tls_port}",
                          "--connect-to", f":80:127.0.0.1:{origin.plain_port}",
                          "--upstream-ca", support.Certificates.get().ca]
        if os.path.getsize(place.secrets) > 0:
            arguments += ["--secrets", place.secrets]
        self.process = subprocess.Popen(arguments, env=place.environment, cwd=place.work, stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log, preexec_fn=preexec)
        support.wait_until(lambda: os.path.exists(self.port_file) or self.process.poll() is not None, "cvr to listen", 60)
        if self.process.poll() is not None:
            raise AssertionError("cvr ended: " + self.read_log())
        with open(self.port_file, encoding="ascii") as text:
            self.port = int(text.read())
        self.ca = os.path.join(place.home, "ca.pem")

    def read_log(self):
        with open(self.log.name, encoding="utf-8", errors="replace") as text:
            return text.read()

    def own(self):
        """What the operating system shows of it: (name, bytes)."""
        for name in ("cmdline", "environ"):
            with contextlib.suppress(OSError):
                with open(f"/proc/{self.process.pid}/{name}", "rb") as file:
                    yield "proc." + name, file.read()

    def stop(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        return self.process.returncode
