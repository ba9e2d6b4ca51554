"""The commands about CVR itself: its CA, the environment of clients, configuration, completions."""
import json
import os
import re
import shutil
import signal
import subprocess
import unittest

from command_case import CommandCase
from support import CVR, RawOrigin, main, ok


class Authority(CommandCase):
    def test_show_export_rotate_install(self):
        shown = json.loads(self.cvr("ca", "show", "--json").stdout)
        self.assertTrue(os.path.exists(shown["file"]))
        self.assertIn(shown["sha256"], self.cvr("ca", "show").stdout)
        pem = self.cvr("ca", "export").stdout
        self.assertTrue(pem.startswith("-----BEGIN CERTIFICATE-----"))
        self.assertEqual(self.cvr("ca", "export", self.path("ca.pem")).returncode, 0)
        with open(self.path("ca.pem"), encoding="ascii") as file:
            self.assertEqual(file.read(), pem)
        self.assertIn(shown["file"], self.cvr("ca", "install").stdout)
        rotated = json.loads(self.cvr("ca", "rotate", "--host", "a.example", "--host", "*.b.example", "--json").stdout)
        self.assertEqual(rotated["hosts"], ["a.example", "b.example"])
        self.assertNotEqual(rotated["sha256"], shown["sha256"])
        again = json.loads(self.cvr("ca", "rotate", "--json").stdout)
        self.assertEqual(again["hosts"], rotated["hosts"])
        self.assertNotEqual(again["sha256"], rotated["sha256"])

    def test_the_key_is_never_shown(self):
        for command in (("show",), ("show", "--json"), ("export",), ("rotate",), ("install",)):
            self.assertNotIn("PRIVATE", self.cvr("ca", *command).stdout)

    def test_scope_of_the_configuration(self):
        with open(self.path("cvr.toml"), "w", encoding="ascii") as file:
            file.write('host = ["api.example"]\n')
        result = subprocess.run([CVR, "ca", "show", "--json"], cwd=self.directory, capture_output=True, text=True, check=True,
                                env={**os.environ, "CVR_HOME": self.path("home")})
        self.assertEqual(json.loads(result.stdout)["hosts"], ["api.example"])

    def test_wrong_usage(self):
        self.fails(2, "show, export, rotate, install or uninstall", "ca", "destroy")
        self.fails(2, "FILE goes with", "ca", "show", "x")
        self.fails(2, "--host goes with", "ca", "show", "--host", "x")
        self.cvr("ca", "show")
        os.chmod(os.path.join(self.path("home"), "ca.key"), 0o640)
        self.fails(3, "chmod 600", "ca", "show")


class Environment(CommandCase):
    def test_of_a_running_proxy(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy:
            told = json.loads(self.cvr("env", "--json").stdout)
            self.assertEqual(told["set"]["https_proxy"], proxy.proxy)
            for name in ("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "DENO_CERT"):
                self.assertTrue(os.path.exists(told["set"][name]), name)
            self.assertEqual(told, json.loads(self.cvr("env", "--json", "--proxy", f"127.0.0.1:{proxy.port}").stdout))
            self.assertIn("set -gx https_proxy", self.cvr("env", "--shell", "fish").stdout)
            self.assertIn("$env:https_proxy", self.cvr("env", "--shell", "powershell").stdout)
            hidden = self.cvr("env", env={"NO_PROXY": ".origin.test", "ALL_PROXY": "socks5://127.0.0.1:1"})
            self.assertIn("would hide", hidden.stderr)
            self.assertIn("unset ALL_PROXY", hidden.stdout)

    def test_curl_in_a_shell_that_was_set_up(self):
        with RawOrigin(lambda _: ok(b"through")) as origin, self.record(origin) as proxy:
            script = f'eval "$({CVR} env)"; curl -sS https://origin.test/; eval "$({CVR} env --unset)"; echo "${{https_proxy-gone}}"'
            shown = subprocess.run(["sh", "-c", script], env=proxy.environment, capture_output=True, text=True, check=True)
            self.assertEqual(shown.stdout, "throughgone\n")

    def test_what_a_shell_had_comes_back(self):
        odd = "http://o'dd:" + "pa\"ss`$x\\\n@127.0.0.1:9"
        with RawOrigin(lambda _: ok(b"through")) as origin, self.record(origin) as proxy:
            script = (f'eval "$({CVR} env)"; eval "$({CVR} env --without java)"; curl -sS https://origin.test/; eval "$({CVR} env --unset)"; '
                      f'eval "$({CVR} env --unset)"; printf "%s|%s|%s" "$HTTPS_PROXY" "${{https_proxy-gone}}" "${{all_proxy-gone}}"; env | grep CVR_')
            environment = {**proxy.environment, "HTTPS_PROXY": odd, "all_proxy": ""}
            environment.pop("https_proxy", None)
            shown = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=False)
            self.assertTrue(shown.stdout.startswith(f"through{odd}|gone|"), shown)
            self.assertNotIn("CVR_SAVED", shown.stdout)
            for flag in ("--fish", "--powershell", "--dotenv", "--json", "--shell=sh", "--unset"):
                self.assertNotIn("dd:pa", self.cvr("env", flag, env=environment).stdout)

    def test_of_a_session(self):
        with RawOrigin(lambda _: ok(b"through")) as origin, self.record(origin) as proxy:
            told = json.loads(self.cvr("env", "--json", "--session", "trips").stdout)["set"]
            self.assertEqual(told["HTTPS_PROXY"], f"http://trips:x@127.0.0.1:{proxy.port}")
        self.fails(2, "[a-z0-9]", "env", "--session", "Trips@")
        self.fails(2, "--unset", "env", "--session", "trips", "--unset")

    def test_a_proxy_that_ended_badly_is_not_named(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy:
            proxy.stop(signal.SIGKILL)
        self.fails(3, "cvr record -c FILE", "env")
        run = os.path.join(proxy.home, "run")
        self.assertEqual(len(os.listdir(run)), 2)
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy:  # takes away what the other left
            self.assertEqual(sorted(os.listdir(run)), [str(proxy.process.pid), f"{proxy.process.pid}.json"])

    def test_a_proxy_elsewhere(self):
        self.fails(3, "no CA", "env", "--proxy", "127.0.0.1:9")
        self.cvr("ca", "show")
        told = json.loads(self.cvr("env", "--json", "--proxy", "127.0.0.1:9").stdout)["set"]
        self.assertEqual(told["https_proxy"], "http://127.0.0.1:9")
        self.assertTrue(os.path.exists(told["SSL_CERT_FILE"]))

    def test_wrong_usage(self):
        self.fails(2, "fish", "env", "--shell", "tcsh")
        self.fails(2, "--proxy", "env", "--proxy", "nonsense")


class Configuration(CommandCase):
    def config(self, text, *arguments, env=None):
        with open(self.path("cvr.toml"), "w", encoding="utf-8") as file:
            file.write(text)
        os.makedirs(self.path("a/b"), exist_ok=True)
        return subprocess.run([CVR, *(arguments or ("config",))], cwd=self.path("a/b"), capture_output=True, text=True, check=False,
                              env={**os.environ, "CVR_HOME": self.path("home"), **(env or {})})

    def test_values_and_sources(self):
        told = json.loads(self.config('listen = "127.0.0.1:1"\nsecrets = "x.env"\n', "config", "--json",
                                      env={"CVR_STRICT": "1"}).stdout)
        where = os.path.realpath(self.path("cvr.toml"))
        self.assertEqual(told["listen"], {"value": "127.0.0.1:1", "source": where + ":1"})
        self.assertEqual(told["secrets"]["value"], [os.path.realpath(self.directory) + "/x.env"])
        self.assertEqual(told["strict"], {"value": True, "source": "CVR_STRICT"})
        self.assertEqual(told["grace"], {"value": "5s", "source": "default"})

    def test_bad_files_stop_every_command_that_reads_them(self):
        for text, needle in (("hots = 1", "cvr.toml:1: unknown key hots (did you mean host?)"),
                             ("\nbody_limit = 'x'", "cvr.toml:2: body_limit: a size"), ("listen =", "cvr.toml:1: ")):
            for command in (("config",), ("record", "-c", "x.cvr", "--", "true"), ("replay", "-c", "x.cvr", "--", "true")):
                result = self.config(text, *command)
                self.assertEqual(result.returncode, 2, result.stderr)
                self.assertIn(needle, result.stderr)
                self.assertEqual(len(result.stderr.splitlines()), 1)

    def test_bad_variables_are_named(self):
        result = self.config("body_limit = '1M'", env={"CVR_UNKNOWN": "1", "CVR_BODY_LIMIT": "nonsense"})
        self.assertEqual(result.returncode, 2)
        self.assertIn("CVR_BODY_LIMIT: a size", result.stderr)

    def test_variables_that_nothing_reads_are_named(self):
        told = self.config("", env={"CVR_LISTNE": "x"})
        self.assertEqual((told.returncode, told.stderr), (0, "cvr: warning: CVR_LISTNE is no variable of CVR (did you mean CVR_LISTEN?)\n"))
        self.assertEqual(self.config("", "config", "-q", env={"CVR_LISTNE": "x"}).stderr, "")
        for command in (("run", "--mode", "passthrough"), ("proxy",)):
            told = self.config("", *command, "--", "true", env={"CVR_LISTNE": "x"})
            self.assertIn("did you mean CVR_LISTEN?", told.stderr)
        # Not those that are set for a child.
        inner = self.config("", "proxy", "--", CVR, "run", "--mode", "passthrough", "--", "true")
        self.assertNotIn("no variable of CVR", inner.stderr)

    def test_options_over_variables_over_file(self):
        run = lambda *more, env=None: self.config("mode = 'none'\ncassette = '../t.cvr'", "run", *more, "--", "true", env=env).returncode
        self.assertEqual(run(), 3)  # replay of a cassette that is not there
        self.assertEqual(run(env={"CVR_MODE": "passthrough"}), 0)
        self.assertEqual(run("--mode", "passthrough", env={"CVR_MODE": "none"}), 0)


class Completions(CommandCase):
    def completed(self, *words, cwd=None):
        script = f'eval "$("{CVR}" completions bash)"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _cvr; printf "%s\\n" "${{COMPREPLY[@]}}"'
        result = subprocess.run(["bash", "-c", script, "bash", *words], capture_output=True, text=True, check=True, cwd=cwd)
        return result.stdout.split()

    def test_bash_completes_commands_and_options(self):
        self.assertEqual(self.completed("cvr", "rec"), ["record"])
        self.assertIn("--secrets", self.completed("cvr", "verify", "--"))
        self.assertEqual(self.completed("cvr", "export", "--form"), ["--format"])
        self.assertNotIn("--format", self.completed("cvr", "ls", "--"))
        self.assertIn("-c", self.completed("cvr", "record", "-"))

    def test_bash_completes_values(self):
        self.assertEqual(self.completed("cvr", "run", "--mode", "n"), ["new_episodes", "none"])
        self.assertEqual(self.completed("cvr", "run", "--mode", "=", "on"), ["once"])
        self.assertEqual(self.completed("cvr", "ca", "un"), ["uninstall"])
        self.assertEqual(self.completed("cvr", "export", "t.cvr", "--format", "j"), ["jsonl"])
        self.assertIn("nock", self.completed("cvr", "import", "--format", ""))
        self.assertEqual(self.completed("cvr", "library", "cassettes", "pr"), ["prune"])
        self.assertEqual(self.completed("cvr", "ls", ""), [])  # files, by the shell itself
        self.assertEqual(self.completed("cvr", "run", "-c", "x", "--", "--mo"), [])
        self.assertIn("true", self.completed("cvr", "run", "-c", "x", "--", "tru"))

    def test_bash_completes_sessions_and_evaluates_no_name(self):
        os.mkdir(self.path("cassettes"))
        for name in ("trips", "users.v2", "$(touch evil)", "a b", "trips;x"):
            with open(self.path(f"cassettes/{name}.cvr"), "w", encoding="ascii"):
                pass
        self.assertEqual(self.completed("cvr", "env", "--session", "", cwd=self.directory), ["trips", "users.v2"])
        self.assertEqual(self.completed("cvr", "env", "--session", "us", cwd=self.directory), ["users.v2"])
        self.assertFalse(os.path.exists(self.path("evil")))
        if shutil.which("fish"):
            self.assertEqual(self.fish_completed("cvr env --session "), ["trips", "users.v2"])

    def fish_completed(self, line):
        script = f'{CVR} completions fish | source; complete -C "{line}"'
        result = subprocess.run(["fish", "-c", script], capture_output=True, text=True, check=True, cwd=self.directory,
                                env={**os.environ, "HOME": self.directory})
        return [found.split("\t")[0] for found in result.stdout.splitlines()]

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish_completes_values(self):
        self.assertEqual(self.fish_completed("cvr rec"), ["record"])
        self.assertEqual(self.fish_completed("cvr run --mode n"), ["new_episodes", "none"])
        self.assertEqual(self.fish_completed("cvr ca un"), ["uninstall"])
        self.assertIn("--format", self.fish_completed("cvr export --f"))
        with open(self.path("some.cvr"), "w", encoding="ascii"):
            pass
        self.assertIn("some.cvr", self.fish_completed("cvr record -c so"))

    def test_every_option_and_word_is_of_the_help(self):
        commands = [word for word in self.completed("cvr", "") if word != "help"]
        self.assertGreater(len(commands), 30)
        for command in commands:
            help_text = self.cvr(command, "--help").stdout
            known = set(self.completed("cvr", command, "-"))
            shown = set(re.findall(r"(?<![\w-])--?[a-zA-Z][a-z-]*", help_text))
            self.assertLessEqual(known, shown, command)
            options = set(re.findall(r"(?m)^  (?:-\w,)?(--[a-z][a-z-]*)", help_text))
            self.assertLessEqual(options, known, command)
            for words in [self.completed("cvr", command, "")] + [self.completed("cvr", command, option, "") for option in options - {"--session"}]:
                for word in words:
                    self.assertRegex(help_text, rf"\b{word}\b")

    def test_other_shells(self):
        self.assertIn("bashcompinit", self.cvr("completions", "zsh").stdout)
        fish = self.cvr("completions", "fish").stdout
        self.assertIn("complete -c cvr -n __fish_use_subcommand -f -a record", fish)
        self.assertIn("-l secrets", fish)
        self.fails(2, "bash, zsh or fish", "completions", "tcsh")


if __name__ == "__main__":
    main()
