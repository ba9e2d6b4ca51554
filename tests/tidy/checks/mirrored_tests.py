"""proxy/X/y.cpp has tests/unit/X/y_test.cpp, and a unit test has its source.  Exceptions stand on a list
that only shrinks."""

LIST = "tests/tidy/untested.txt"


def check(tree):
    excepted = {row[0] for row in tree.table(LIST)}
    sources = [path for path in tree.paths("proxy/", endings=".cpp")]
    for source in sources:
        test = source.replace("proxy/", "tests/unit/", 1)[:-len(".cpp")] + "_test.cpp"
        if test not in tree.files and source not in excepted:
            yield f"{source}: has no {test}"
        elif test in tree.files and source in excepted:
            yield f"{LIST}: {source} has its test now: strike it out"
    for source in excepted:
        if source not in tree.files:
            yield f"{LIST}: {source} is gone: strike it out"
    yield from _orphans(tree)


def _orphans(tree):
    for test in tree.paths("tests/unit/", endings="_test.cpp"):
        stem = test[len("tests/unit/"):-len("_test.cpp")]
        homes = [f"{top}/{stem}{end}" for top in ("proxy", "tools") for end in (".cpp", ".h")]
        if not any(home in tree.files for home in homes) and not _is_header_of_include(tree, stem):
            yield f"{test}: tests nothing that stands at proxy/{stem}.cpp"


def _is_header_of_include(tree, stem):
    return f"include/cvr/{stem.rsplit('/', 1)[-1]}.h" in tree.files
