"""The files of the checkout as the checks see them: path -> text, nothing else.

The self-test hands the checks trees made by hand, so a check asks only this class.
"""

import pathlib
import subprocess

CPP = (".cpp", ".h")


class Tree:
    def __init__(self, files):
        """files: {path relative to the root, with "/": text}"""
        self.files = dict(sorted(files.items()))

    @classmethod
    def of_checkout(cls, root):
        root = pathlib.Path(root)
        files = {}
        for path in _tracked(root):
            try:
                files[path] = (root / path).read_text(encoding="utf-8")
            except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
                continue  # binary, or deleted and not committed yet
        return cls(files)

    def paths(self, *prefixes, endings=CPP):
        for path in self.files:
            if path.endswith(endings) and (not prefixes or path.startswith(prefixes)):
                yield path

    def lines(self, path):
        """(number from 1, line) of a file."""
        return enumerate(self.files[path].splitlines(), 1)

    def table(self, path):
        """Rows of an allow-list: words of each line that is neither empty nor a comment."""
        rows = (line.split("#")[0].split() for line in self.files.get(path, "").splitlines())
        return [row for row in rows if row]


def _tracked(root):
    """What git tracks or would: a new file is checked before it is committed."""
    if (root / ".git").exists():
        out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=root, capture_output=True,
                             check=True).stdout
        return [path for path in out.decode().split("\0") if path]
    # An unpacked archive: all but the build tree.
    return [str(path.relative_to(root)) for path in root.rglob("*")
            if path.is_file() and path.relative_to(root).parts[0] != "build"]
