"""Just enough C++ for the checks: text without comments and literals, and where functions stand."""

import re

_TOKEN = re.compile(
    r'R"([^()\\\s]{0,16})\(.*?\)\1"'      # raw string
    r'|"(?:\\.|[^"\\\n])*"'               # string
    r"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'"  # character, no digit separator
    r"|//[^\n]*|/\*.*?\*/", re.DOTALL)


def _blank(match):
    text = match.group()
    if text.startswith(("/", "R")):
        return "".join(c if c == "\n" else " " for c in text)
    return text[0] + " " * (len(text) - 2) + text[-1]


def without_comments_and_literals(text):
    """Same length, same lines; what stood in comments and literals is blank."""
    return _TOKEN.sub(_blank, text)


def without_comments(text):
    return _TOKEN.sub(lambda m: _blank(m) if m.group().startswith("/") else m.group(), text)


_SCOPE = re.compile(r"^\s*(template\s*<.*>\s*)?(inline\s+)?(namespace|class|struct|union|enum|extern)\b", re.DOTALL)
_BODY_AFTER = re.compile(r"(\)|\bconst|\bnoexcept|\boverride|\bfinal|&|\btry|->[^(){};]+|\brequires\b.*|\)[\w\s]*:\s.*\})\s+$", re.DOTALL)


def functions(text):
    """(first line, last line, what stands before the brace) of every outermost function body.

    Relies on clang-format: a body's brace has white space before it, that of a member's initialiser none.
    """
    code = re.sub(r"(?m)^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group()),
                  without_comments_and_literals(text))
    stack, found, head_begin = [], [], 0
    for at, c in enumerate(code):
        if c == "{":
            head = code[head_begin:at]
            kind = "block"
            if "function" not in stack:
                kind = _kind_of(head)
            stack.append(kind)
            if kind == "function":
                begin = code.count("\n", 0, head_begin + len(head) - len(head.lstrip())) + 1
                found.append([begin, 0, " ".join(head.split())])
            if kind != "initialiser":
                head_begin = at + 1
        elif c == "}":
            kind = stack.pop() if stack else "block"
            if kind == "function":
                found[-1][1] = code.count("\n", 0, at) + 1
            if kind != "initialiser":
                head_begin = at + 1
        elif c == ";" and "initialiser" not in stack:
            head_begin = at + 1
    return [tuple(entry) for entry in found]


def _kind_of(head):
    if _SCOPE.match(head) and "(" not in head.split("alignas")[0].replace("()", ""):
        return "scope"
    if "(" in head and _BODY_AFTER.search(head) and not re.search(r"(^|[^=!<>])=\s*$", head):
        return "function"
    return "initialiser" if head and not head[-1].isspace() else "block"
