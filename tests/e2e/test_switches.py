"""Clients that read a variable of their own alone: JVM, PHP, wget, Bun, Deno.  Those that are here are really run: recorded,
replayed, and refused when their variable is left out."""
import json
import os
import shutil
import subprocess
import sys

from support import Case, Certificates, RawOrigin, main, ok

BODY = b'{"trips":[1,2]}'
URL = "https://origin.test/a"

JAVA = """
import java.net.*; import java.net.http.*;
public class Ask {
  public static void main(String[] given) throws Exception {
    System.out.println(given[0].equals("old")
      ? new String(new URL("%s").openStream().readAllBytes())
      : HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("%s")).build(), HttpResponse.BodyHandlers.ofString()).body());
  }
}
""" % (URL, URL)
PHP_CURL = f"$c = curl_init('{URL}'); curl_setopt($c, CURLOPT_RETURNTRANSFER, 1); $r = curl_exec($c); echo $r; exit($r === false ? 1 : 0);"
PHP_STREAM = """
$proxy = str_replace('http://', 'tcp://', getenv('HTTPS_PROXY'));
$r = @file_get_contents('%s', false, stream_context_create(['http' => ['proxy' => $proxy]])); echo $r; exit($r === false ? 1 : 0);""" % URL
FETCH = f"fetch('{URL}').then((answer) => answer.text()).then(console.log)"
HTTPS = f"require('node:https').get('{URL}', (answer) => answer.on('data', (piece) => console.log(String(piece))))"

# name, the word of --without, program, its arguments
CLIENTS = [
    ("HttpClient", "java", "java", ["Ask.java", "new"]),
    ("URL", "java", "java", ["Ask.java", "old"]),
    ("curl of PHP", "php", "php", ["-r", PHP_CURL]),
    ("streams of PHP", "php", "php", ["-r", PHP_STREAM]),
    ("wget", "wget", "wget", ["-q", "-O", "-", URL]),
    ("node:https of Bun", "bun", "bun", ["-e", HTTPS]),
    ("fetch of Deno", "deno", "deno", ["eval", FETCH]),
]


class Switches(Case):
    def run_client(self, verb, origin, cassette, command, *options, env=None):
        arguments = [verb, "-c", self.path(cassette), "--host", "origin.test", *options]
        if origin:
            arguments += ["--connect-to", f"origin.test:443:127.0.0.1:{origin.port}", "--upstream-ca", Certificates.get().ca]
        return self.cvr(*arguments, "--", "sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", self.directory, *command, env=env)

    def installed(self, name, program):
        if shutil.which(program) is None or (program == "php" and "curl" in name and b"curl" not in subprocess.run(
                ["php", "-m"], capture_output=True, check=False).stdout):
            print(f"skipped: {name} is not installed", file=sys.stderr)
            return False
        return True

    def test_clients(self):
        with open(self.path("Ask.java"), "w", encoding="ascii") as file:
            file.write(JAVA)
        for number, (name, switch, program, arguments) in enumerate(CLIENTS):
            if not self.installed(name, program):
                continue
            command, cassette = [program, *arguments], f"{number}.cvr"
            # Deno and PHP's streams take the variables of Node's and OpenSSL's programs for their trust, too.
            shares = program == "deno" or "streams" in name
            bare = ["env", "-u", "NODE_EXTRA_CA_CERTS", "-u", "SSL_CERT_FILE", *command] if shares else command
            with self.subTest(name):
                with RawOrigin(lambda _: ok(BODY, "Content-Type: application/json")) as origin:
                    live = self.run_client("record", origin, cassette, command)
                    without = self.run_client("record", origin, "none.cvr", bare, "--without", switch)
                self.assertEqual((live.returncode, live.stdout.strip()), (0, BODY.decode()), live.stderr)
                again = self.run_client("replay", None, cassette, command)
                self.assertEqual((again.returncode, again.stdout), (0, live.stdout), again.stderr)
                self.assertNotIn(BODY.decode(), without.stdout)

    # What the JVM trusts is what the bundle holds.
    def test_the_store_of_a_jvm(self):
        if not self.installed("keytool", "keytool"):
            return
        script = ("keytool -list -keystore $(echo $JAVA_TOOL_OPTIONS | sed 's/.*trustStore=\\([^ ]*\\) .*/\\1/') "
                  "-storepass changeit 2>/dev/null | grep -c trustedCertEntry; grep -c BEGIN $SSL_CERT_FILE")
        told = self.cvr("run", "--mode", "passthrough", "--", "sh", "-c", script)
        counts = told.stdout.split()
        self.assertEqual(len(counts), 2, told.stderr)
        self.assertEqual(counts[0], counts[1])
        self.assertGreater(int(counts[0]), 0)

    def test_what_the_caller_has_set_stays(self):
        own = {"JAVA_TOOL_OPTIONS": "-Xmx64m", "PHP_INI_SCAN_DIR": "/own", "BUN_OPTIONS": "--smol", "NODE_OPTIONS": "--no-warnings"}
        script = "import json, os; print(json.dumps(dict(os.environ)))"
        told = self.cvr("-v", "run", "--mode", "passthrough", "--", sys.executable, "-c", script, env=own)
        seen = json.loads(told.stdout)
        for name, value in own.items():
            self.assertTrue(seen[name].startswith(value) and len(seen[name]) > len(value), seen[name])
            self.assertIn(f"{name} is set: CVR's part stands behind the caller's", told.stderr)
        self.assertIn("--without java", told.stderr)
        quiet = self.cvr("run", "--mode", "passthrough", "--", "true", env=own)
        self.assertNotIn("--without java", quiet.stderr)

    def test_an_unknown_client(self):
        told = self.cvr("run", "--mode", "passthrough", "--without", "cobol", "--", "true")
        self.assertEqual(told.returncode, 2)
        self.assertIn("--without cobol", told.stderr)


if __name__ == "__main__":
    main()
