"""The story on the stand-in: recordings at a time of ours, for what reads them afterwards."""
import json
import os
import re

from support import Cvr, Tunnel, status_of

TRIP = json.dumps({"externalTripId": "J-1", "sourcing": True, "criteria": {}, "segments": [
    {"startAirport": {"icao": "KTEB"}, "endAirport": {"icao": "KVNY"}, "dateTime": {"date": "2026-05-01", "time": "10:00"},
     "paxCount": "4"}]})
LEGACY = json.dumps({"legs": [{"from": "KTEB", "to": "KVNY"}], "passengers": 4})


class Sandbox(Cvr):
    """The stand-in at a time of ours (None: the real one), and its credentials."""

    def __init__(self, directory, scenario, now=None):
        self.files = {name: os.path.join(directory, name) for name in ("sandbox-ca.pem", "sandbox.env")}
        super().__init__(directory, "sandbox", "-q", "--scenario", scenario, *(["--now", now] if now else []), "--ca-out",
                         self.files["sandbox-ca.pem"], "--env-out", self.files["sandbox.env"])
        with open(self.files["sandbox.env"], encoding="utf-8") as file:
            self.variables = dict(re.findall(r"^(?:export )?(\w+)='?([^'\n]*)'?$", file.read(), re.M))


class Player:
    def play(self, cassette, scenario, now, calls):
        """Records the calls against the stand-in; answers their statuses."""
        with Sandbox(self.directory, scenario, now) as sandbox:
            env = sandbox.variables
            head = (f"Host: sandbox.avinode.com\r\nAuthorization: Bearer {env['AVINODE_BEARER_TOKEN']}\r\n"
                    f"X-Avinode-ApiToken: {env['AVINODE_API_TOKEN']}\r\nX-Avinode-SentTimestamp: {now}\r\n"
                    "X-Avinode-Product: AcmeJet-v1\r\nAccept: application/json\r\n")
            with Cvr(self.directory, "record", "-c", self.path(cassette), "--connect-to",
                     f"sandbox.avinode.com:443:127.0.0.1:{sandbox.port}", "--upstream-ca",
                     sandbox.files["sandbox-ca.pem"]) as proxy, Tunnel(proxy, "sandbox.avinode.com") as client:
                statuses = []
                for method, path, body in calls:
                    framing = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
                    answer = client.exchange(f"{method} /api{path} HTTP/1.1\r\n{head}{framing}\r\n{body}".encode(), method)
                    statuses.append(status_of(answer))
        os.remove(self.path("sandbox.env"))
        return statuses
