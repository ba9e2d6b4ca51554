"""Runs forms of node_forms.py, a process each, and prints what came of them as JSON.  Started by CVR as `-- CMD`.

usage: node_driver.py NODE FILE   (FILE: {name: JavaScript})
"""
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

LONGEST = 40


def run(node, script):
    # From a file beside node_modules: `require` and `import` look from there.
    try:
        ended = subprocess.run([node, script], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return {"status": None, "out": "", "err": f"no end within {LONGEST} s"}
    return {"status": ended.returncode, "out": ended.stdout.strip(), "err": ended.stderr.strip()[-600:]}


def main():
    node, file = sys.argv[1:]
    with open(file, encoding="utf-8") as text:
        scripts = json.load(text)
    with ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
        ended = list(pool.map(lambda script: run(node, script), scripts.values()))
    print(json.dumps(dict(zip(scripts, ended))))


if __name__ == "__main__":
    main()
