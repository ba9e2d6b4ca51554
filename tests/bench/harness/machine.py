"""Cores, ports, and processes that this run started and ends itself."""
import os
import signal
import socket
import subprocess
import time


class BenchError(Exception):
    """One line for people: why the bench cannot go on."""


def choose_cores():
    """(core of the measured proxy, core of everything else)."""
    allowed = sorted(os.sched_getaffinity(0))
    return allowed[-1], allowed[0]


def free_port():
    """A port that was free a moment ago: for servers that cannot choose one themselves."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def tail(path, lines=5):
    try:
        with open(path, errors="replace") as file:
            return "".join(file.readlines()[-lines:]).strip()
    except OSError:
        return ""


class Process:
    """A child pinned to one core; its output goes to a file beside the run's other files."""

    def __init__(self, name, core, command, log, env=None):
        self.name, self.log = name, log
        with open(log, "wb") as output:
            self.child = subprocess.Popen(["taskset", "-c", str(core), *command], stdin=subprocess.DEVNULL,
                                          stdout=output, stderr=output, env=env)

    @property
    def pid(self):
        return self.child.pid  # taskset becomes the command

    def wait_for(self, ready, seconds=60, pause=0.002):
        """Calls ready() until it answers something true, and returns that."""
        deadline = time.monotonic() + seconds
        while True:
            answer = ready()
            if answer:
                return answer
            if self.child.poll() is not None:
                raise BenchError(f"{self.name} ended with status {self.child.returncode}: {tail(self.log)}")
            if time.monotonic() > deadline:
                self.kill()
                raise BenchError(f"{self.name} was not ready after {seconds} s: {tail(self.log)}")
            time.sleep(pause)

    def stop(self, seconds=60):
        """Asks it to finish (SIGTERM) and waits; returns its exit status."""
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
        try:
            return self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise BenchError(f"{self.name} did not stop within {seconds} s of SIGTERM") from None

    def kill(self):
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()


def cpu_ms(pid):
    """User and system time of a process so far, of all threads that it still has."""
    nanoseconds = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat") as file:
            nanoseconds += int(file.read().split()[0])
    return nanoseconds / 1e6


def memory_mib(pid):
    """(resident, own anonymous) memory in MiB, as /proc/PID/status tells."""
    values = {}
    with open(f"/proc/{pid}/status") as file:
        for line in file:
            name, _, rest = line.partition(":")
            values[name] = rest.split()
    return int(values["VmRSS"][0]) / 1024, int(values["RssAnon"][0]) / 1024
