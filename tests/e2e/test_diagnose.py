"""`cvr diagnose`: the story played on the stand-in, the JSON by its schema, and files that no diagnosis may trust."""
import json
import os
import re
import shutil

from command_case import CommandCase
from story import LEGACY, TRIP, Player
from support import main

SCHEMA = os.path.join(os.path.dirname(__file__), "..", "..", "proxy", "diagnose", "diagnosis.schema.json")
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}


def problems(value, schema, root, place="$"):
    """What of `value` the schema does not allow: the keywords that diagnosis.schema.json uses."""
    if "$ref" in schema:
        return problems(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, place)
    if "anyOf" in schema:
        tries = [problems(value, one, root, place) for one in schema["anyOf"]]
        return [] if [] in tries else tries[0]
    out = []
    wanted = schema.get("type")
    if wanted and (not isinstance(value, TYPES[wanted]) or (wanted == "integer" and isinstance(value, bool))):
        return [f"{place}: no {wanted}"]
    if "type" in schema and isinstance(schema["type"], list):
        return [f"{place}: types are not lists here"]
    if "const" in schema and value != schema["const"]:
        out.append(f"{place}: not {schema['const']}")
    if "enum" in schema and value not in schema["enum"]:
        out.append(f"{place}: {value} is not allowed")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        out.append(f"{place}: {value} does not fit")
    if isinstance(value, int) and value < schema.get("minimum", value):
        out.append(f"{place}: too small")
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            out.append(f"{place}: too few")
        for i, item in enumerate(value):
            out += problems(item, schema.get("items", {}), root, f"{place}[{i}]")
    if isinstance(value, dict):
        out += [f"{place}.{name}: missing" for name in schema.get("required", []) if name not in value]
        for name, item in value.items():
            inner = schema.get("properties", {}).get(name, schema.get("additionalProperties", {}))
            out += problems(item, inner, root, f"{place}.{name}")
    return out


class Diagnose(Player, CommandCase):
    def diagnosis(self, status, *arguments):
        result = self.cvr("diagnose", *arguments, "--json")
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        value = json.loads(result.stdout)
        with open(SCHEMA, encoding="utf-8") as file:
            schema = json.load(file)
        self.assertEqual(problems(value, schema, schema), [])
        rules = [finding["rule"] for finding in value["findings"]]
        self.assertEqual(len(rules), len(set(rules)))
        return value

    def test_the_story_on_the_stand_in(self):
        search, trip = ("GET", "/airports/search?filter=KTEB", ""), ("POST", "/trips", TRIP)
        friday, monday = self.path("friday.cvr"), self.path("monday.cvr")
        self.assertEqual(self.play("friday.cvr", "working", "2026-03-13T10:00:00Z", [search, trip]), [200, 201])
        for now in ("2026-03-16T09:00:00Z", "2026-03-16T09:06:00Z", "2026-03-16T09:12:00Z"):
            self.assertEqual(self.play("monday.cvr", "permission-lost", now, [search, trip]), [200, 403])

        mended = self.diagnosis(1, monday, "--before", friday)
        self.assertEqual((mended["verdict"]["level"], mended["verdict"]["side"]), ("ESTABLISHED", "account"), mended["verdict"])
        self.assertEqual(mended["verdict"]["capped_by"], [])
        alone = self.diagnosis(1, monday)
        self.assertIn(alone["verdict"]["level"], ("NOT PROVEN", "INDICATED"))

        shutil.copy(monday, self.path("mixed.cvr"))
        self.play("mixed.cvr", "permission-lost", "2026-03-16T09:18:00Z", [("POST", "/trips", LEGACY)])
        mixed = self.diagnosis(1, self.path("mixed.cvr"), "--before", friday)
        self.assertEqual((mixed["verdict"]["level"], mixed["verdict"]["side"]), ("NOT PROVEN", None))
        self.assertIn("C05", mixed["verdict"]["capped_by"])
        self.assertTrue(mixed["first"][0]["rule"].startswith("C"), mixed["first"])
        self.assertNotEqual(mixed["sides"]["account"]["uncapped"], "NOT PROVEN")
        text = self.cvr("diagnose", self.path("mixed.cvr"), "--before", friday).stdout
        self.assertIn("Do these first", text)
        self.assertNotIn("\x1b", text)

        healed = self.path("healed.cvr")
        shutil.copy(monday, healed)
        self.play("healed.cvr", "working", "2026-03-16T09:18:00Z", [search, trip])
        verdict = self.diagnosis(1, healed, "--before", friday)["verdict"]
        self.assertEqual(verdict["side"], "reset", verdict)
        self.assertIn("elf-healed", verdict["text"])

    def test_other_hosts_alone_prove_nothing(self):
        value = self.diagnosis(0, self.recorded())
        self.assertEqual(value["verdict"]["level"], "NOT PROVEN")
        self.assertEqual([f["hit"] for f in value["findings"] if f["rule"] == "M06"], [True])

    def test_files_that_no_diagnosis_may_trust(self):
        with open(self.recorded(), "rb") as whole, open(self.path("torn.cvr"), "wb") as file:
            file.write(whole.read()[:-7])
        self.damaged(self.path("t.cvr"))
        self.fails(1, "cvr repair", "diagnose", self.path("t.cvr"), "--json")
        self.fails(1, "cvr repair", "diagnose", self.path("torn.cvr"), "--json")
        self.fails(3, "missing.cvr", "diagnose", self.path("missing.cvr"))
        self.fails(2, "FILE is required", "diagnose")

    def test_case_files(self):
        cassette, case = self.recorded(), self.path("case.toml")
        written = self.cvr("case", "init", case)
        self.assertEqual(written.returncode, 0, written.stderr)
        self.assertIn("contact.reach", written.stdout)
        self.fails(2, "--force", "case", "init", case)
        self.assertEqual(self.cvr("case", "check", case).returncode, 2)
        self.fails(2, "missing: case.id, case.title", "diagnose", cassette, "--case", case)
        with open(case, "a", encoding="utf-8") as file:
            file.write("[acount]\n")
        self.fails(2, "did you mean account?", "diagnose", cassette, "--case", case)
        self.fails(2, "init or check", "case", "make")



if __name__ == "__main__":
    main()
