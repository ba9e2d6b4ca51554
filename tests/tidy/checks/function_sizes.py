"""No function over 60 lines, in C++ and in Python."""

import ast

import cpp

LIMIT = 60


def check(tree):
    for path in tree.paths("proxy/", "include/", "tools/", "tests/"):
        for begin, end, head in cpp.functions(tree.files[path]):
            if end - begin + 1 > LIMIT:
                yield f"{path}:{begin}: a function of {end - begin + 1} lines; at most {LIMIT}: {head[-80:]}"
    for path in tree.paths("tools/", "tests/", endings=".py"):
        for node in ast.walk(ast.parse(tree.files[path], path)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno >= LIMIT:
                yield f"{path}:{node.lineno}: {node.name} has {node.end_lineno - node.lineno + 1} lines; at most {LIMIT}"
