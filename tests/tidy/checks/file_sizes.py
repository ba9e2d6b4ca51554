"""No file over 400 lines, median under 120, p90 under 300.  Longer ones stand on a list that only shrinks."""

LIST = "tests/tidy/long_files.txt"
LIMIT = 400
MEDIAN, P90 = 120, 300


def check(tree):
    allowed = {row[0]: int(row[1]) for row in tree.table(LIST)}
    paths = list(tree.paths("proxy/", "include/", "tools/", "tests/", endings=(".cpp", ".h", ".py", ".cmake", ".txt")))
    sizes = {path: len(tree.files[path].splitlines()) for path in paths}
    for path, size in sizes.items():
        limit = allowed.get(path, LIMIT)
        if size > limit:
            yield f"{path}: {size} lines; at most {limit}"
        elif path in allowed and size < limit:
            yield f"{LIST}: {path} has shrunk to {size} lines: " + ("say so there" if size > LIMIT else "strike it out")
    for path in allowed:
        if path not in sizes:
            yield f"{LIST}: {path} is gone: strike it out"
    yield from _shape(sorted(sizes[path] for path in tree.paths("proxy/", "include/", "tools/")))


def _shape(sizes):
    if not sizes:
        return
    median, p90 = sizes[len(sizes) // 2], sizes[len(sizes) * 9 // 10]
    print(f"{len(sizes)} files, {sum(sizes)} lines; median {median}, p90 {p90}, longest {sizes[-1]}")
    if median >= MEDIAN:
        yield f"the median of all files is {median} lines; under {MEDIAN} is wanted"
    if p90 >= P90:
        yield f"nine of ten files have up to {p90} lines; under {P90} is wanted"
