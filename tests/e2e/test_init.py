"""cvr init: a cvr.toml that CVR itself takes, no value of a .env in it, and a next command that works."""
import json
import os
import shutil
import subprocess

from command_case import CommandCase
from support import CVR, main, made_up


class Init(CommandCase):
    def here(self, *arguments, env=None):
        environment = {**os.environ, "CVR_HOME": self.path("home"), **(env or {})}
        environment.pop("CI", None)
        os.makedirs(self.path("app"), exist_ok=True)
        return subprocess.run([CVR, *arguments], env=environment, cwd=self.path("app"), capture_output=True, text=True,
                              timeout=60, check=False)

    def put(self, name, text):
        os.makedirs(self.path("app"), exist_ok=True)
        with open(self.path("app/" + name), "w", encoding="utf-8") as file:
            file.write(text)

    def read(self, name):
        with open(self.path("app/" + name), encoding="utf-8") as file:
            return file.read()

    def test_a_node_project(self):
        secret = made_up()
        self.put("package.json", '{"scripts": {"test": "vitest run"}}')
        self.put(".env", f"CLIENT_SECRET={secret}\nPORT=3000\n")
        self.put(".env.example", "CLIENT_SECRET=\n")
        told = self.here("init")
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertIn("vitest", told.stdout)
        self.assertIn("next:  cvr run --mode once -c cassettes/first.cvr -- npm test", told.stdout)
        self.assertIn("CLIENT_SECRET", self.read("cvr.toml"))
        self.assertNotIn(secret, self.read("cvr.toml") + told.stdout + told.stderr)
        self.assertIn("*.cvr diff=cvr merge=cvr -text", self.read(".gitattributes"))
        config = json.loads(self.here("config", "--json").stdout)
        self.assertEqual([os.path.basename(path) for path in config["secrets"]["value"]], [".env"])
        self.assertEqual(config["mode"]["value"], "once")

    def test_nothing_is_overwritten_unless_forced(self):
        self.put("cvr.toml", "# mine\n")
        told = self.here("init")
        self.assertEqual(told.returncode, 2)
        self.assertIn("cvr init --force", told.stderr)
        self.assertEqual(self.read("cvr.toml"), "# mine\n")
        self.assertFalse(os.path.exists(self.path("app/.gitattributes")))
        self.assertEqual(self.here("init", "--force").returncode, 0)
        self.assertIn("mode = ", self.read("cvr.toml"))

    def test_attributes_are_added_once_at_the_top(self):
        if shutil.which("git") is None:
            return
        os.makedirs(self.path("app"))
        subprocess.run(["git", "init", "-q", self.directory], check=True)
        with open(self.path(".gitattributes"), "w", encoding="ascii") as file:
            file.write("*.png binary")
        for _ in range(2):
            self.assertEqual(self.here("init", "--force").returncode, 0)
        with open(self.path(".gitattributes"), encoding="ascii") as file:
            self.assertEqual(file.read(), "*.png binary\n*.cvr diff=cvr merge=cvr -text\n")

    def test_files_that_are_no_files_of_their_kind(self):
        self.put("package.json", "{" * 1000)
        self.put(".env", "TOKEN='never closed\n")
        told = self.here("init", "--json")
        self.assertEqual(told.returncode, 0, told.stderr)
        answer = json.loads(told.stdout)
        self.assertEqual(answer["test_runner"], "")
        self.assertNotEqual(answer["secrets"][0]["problem"], "")
        self.assertNotIn("never closed", told.stdout + self.read("cvr.toml"))
        self.assertEqual(self.here("config").returncode, 0)


if __name__ == "__main__":
    main()
