"""Only os and net touch the system: clocks, entropy, files, environment.  Exceptions stand on a list that
only shrinks."""

import re

import cpp

LIST = "tests/tidy/system_calls.txt"

# What is looked for, and the folders where it may stand.
RULES = [
    ("the wall clock", re.compile(r"\b(system_clock|high_resolution_clock)::now\b|\b(gettimeofday|clock_gettime)\s*\("
                                  r"|(?<![\w.>:])(std::)?time\s*\(\s*(NULL|nullptr|0|&)"), ("proxy/os/",)),
    ("the steady clock", re.compile(r"\bsteady_clock::now\b"), ("proxy/os/", "proxy/net/")),
    ("randomness", re.compile(r"(?<![\w.>])(std::)?s?rand\s*\(|\brandom_device\b|\bgetrandom\s*\(|/dev/u?random"), ("proxy/os/",)),
    ("a file", re.compile(r"(?<![\w.>])(::|std::)?(fopen|freopen|tmpfile|mkstemp|mkdtemp)\s*\(|\bstd::(basic_)?[io]?fstream\b"
                          r"|(?<![\w.>])::(open|openat|creat|unlink|rename|link|symlink|mkdir|rmdir|stat|lstat|fstat|access"
                          r"|chmod|fchmod|truncate|ftruncate|mmap|fsync|fdatasync|flock)\s*\("), ("proxy/os/",)),
    # Looking around is what app and tools are for; opening is not.
    ("the file system", re.compile(r"\bstd::filesystem::(create|remove|rename|copy|exists|is_|file_size|status|symlink|resize"
                                   r"|current_path|temp_directory|directory_iterator|recursive_)"),
     ("proxy/os/", "proxy/app/", "tools/")),
    ("a process", re.compile(r"(?<![\w.>])::?(fork|vfork|execv\w*|execl\w*|posix_spawn\w*|waitpid|kill)\s*\(|\bstd::system\s*\("),
     ("proxy/os/",)),
    ("a socket", re.compile(r"(?<![\w.>])::(socket|connect|bind|listen|accept4?|getaddrinfo|recv\w*|send\w*)\s*\("), ("proxy/os/", "proxy/net/")),
    ("the environment", re.compile(r"\b(secure_)?getenv\s*\(|\b(un)?setenv\s*\(|\benviron\b"), ("proxy/os/", "proxy/app/", "tools/")),
]


def check(tree):
    excepted = {(row[0], " ".join(row[1:])) for row in tree.table(LIST)}
    used = set()
    for path in tree.paths("proxy/", "include/", "tools/"):
        code = cpp.without_comments_and_literals(tree.files[path])
        for number, line in enumerate(code.splitlines(), 1):
            for what, pattern, homes in RULES:
                match = pattern.search(line)
                if match is None or path.startswith(homes):
                    continue
                if (path, what) in excepted:
                    used.add((path, what))
                else:
                    yield f"{path}:{number}: touches {what} ({match.group().strip()}); that belongs into {' or '.join(homes)}"
    for path, what in sorted(excepted - used):
        yield f"{LIST}: {path} touches {what} no longer: strike it out"
