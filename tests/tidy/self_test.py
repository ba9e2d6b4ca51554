"""Tests of the checks: each must find what it is for in a small tree, and nothing in the same tree mended."""

import sys
import unittest

import cpp
import floors
import tidy
from tree import Tree


def found(check, files):
    return [line for line in tidy.findings(check, Tree(files))]


class Checks(unittest.TestCase):
    def bad(self, check, files, *words):
        lines = found(check, files)
        self.assertEqual(len(lines), 1, lines)
        for word in words:
            self.assertIn(word, lines[0])

    def good(self, check, files):
        self.assertEqual(found(check, files), [])

    def test_every_check_is_tested_here(self):
        for name in tidy.names():
            self.assertTrue(hasattr(self, f"test_{name}"), name)

    def test_includes(self):
        def line(path, text):
            return {path: text + "\n"}
        self.bad("includes", line("proxy/match/a.cpp", '#include "cassette/b.h"'), "proxy/match/a.cpp:1", "match (floor 3)")
        self.bad("includes", line("proxy/match/a.cpp", '#include "cvr/cassette.h"'), "of cassette")
        self.bad("includes", line("proxy/http/a.cpp", '#include "engine/b.h"'))
        self.bad("includes", line("proxy/http/a.cpp", '#include "b.h"'), "module/file.h")
        self.bad("includes", line("proxy/base/a.cpp", '#include "os/file.h"'))
        self.bad("includes", line("include/cvr/http.h", "#include <openssl/ssl.h>"), "standard library")
        self.bad("includes", line("include/cvr/proxy.h", '#include "net/shard.h"'), "private")
        self.bad("includes", line("proxy/unheard/a.cpp", ""), "floors.py")
        self.good("includes", line("proxy/match/a.cpp", '#include "match/b.h"\n#include "cvr/interaction.h"\n#include <re2/re2.h>'))
        self.good("includes", line("proxy/net/a.cpp", '#include "certs/b.h"\n#include "cvr/certificate_authority.h"'))
        self.good("includes", line("include/cvr/proxy.h", '#include <string>\n#include "cvr/cassette.h"'))
        self.good("includes", line("tools/commands/a.cpp", '#include "commands/b.h"\n#include "app/c.h"'))

    def test_every_public_header_has_a_floor(self):
        for module in floors.PUBLIC.values():
            self.assertIn(module, floors.FLOOR)

    def test_file_sizes(self):
        long = {"proxy/http/a.cpp": "x\n" * 401}
        short = {f"proxy/http/{i}.cpp": "x\n" for i in range(20)}
        self.bad("file_sizes", {**long, **short}, "401 lines")
        listed = {"tests/tidy/long_files.txt": "proxy/http/a.cpp 401 # why\n"}
        self.good("file_sizes", {**long, **short, **listed})
        self.bad("file_sizes", {**short, **listed}, "is gone")
        self.bad("file_sizes", {"proxy/http/a.cpp": "x\n" * 400, **short, **listed}, "strike it out")
        self.bad("file_sizes", {"proxy/http/a.cpp": "x\n" * 402, **short, **listed}, "at most 401")
        self.bad("file_sizes", {f"proxy/http/{i}.cpp": "x\n" * (200 if i < 12 else 1) for i in range(20)}, "median")
        self.bad("file_sizes", {f"proxy/http/{i}.cpp": "x\n" * (350 if i < 4 else 1) for i in range(20)}, "nine of ten")

    def test_function_sizes(self):
        def function(lines):
            return {"proxy/http/a.cpp": "namespace x {\nint f(int a) {\n" + "  a += 1;\n" * (lines - 2) + "}\n}\n"}
        self.bad("function_sizes", function(61), "proxy/http/a.cpp:2", "61 lines")
        self.good("function_sizes", function(60))
        python = "def f():\n" + "    x = 1\n" * 60
        self.bad("function_sizes", {"tests/e2e/a.py": python}, "61 lines")
        self.good("function_sizes", {"tests/e2e/a.py": "def f():\n" + "    x = 1\n" * 59})

    def test_mirrored_tests(self):
        source, test = {"proxy/http/a.cpp": ""}, {"tests/unit/http/a_test.cpp": ""}
        listed = {"tests/tidy/untested.txt": "proxy/http/a.cpp\n"}
        self.bad("mirrored_tests", source, "has no tests/unit/http/a_test.cpp")
        self.bad("mirrored_tests", test, "tests nothing")
        self.bad("mirrored_tests", {**source, **test, **listed}, "strike it out")
        self.bad("mirrored_tests", listed, "is gone")
        self.good("mirrored_tests", {**source, **test})
        self.good("mirrored_tests", {**source, **listed})
        self.bad("mirrored_tests", {"proxy/redact/rules/a.cpp": ""}, "tests/unit/redact/rules/a_test.cpp")

    def test_listed_sources(self):
        source = {"proxy/http/a.cpp": ""}
        self.bad("listed_sources", source, "no CMakeLists.txt")
        self.bad("listed_sources", {**source, "proxy/http/CMakeLists.txt": "SOURCES aa.cpp b/a.cpp\n"})
        self.good("listed_sources", {**source, "proxy/http/CMakeLists.txt": "cvr_module(http\n  SOURCES a.cpp)\n"})
        self.good("listed_sources", {"tools/commands/a.cpp": "", "tools/CMakeLists.txt": "(cvr commands/a.cpp)"})
        loop = "foreach(x match redact)\n  list(APPEND s micro/${x}_bench.cpp)\nendforeach()"
        self.good("listed_sources", {"tests/bench/micro/match_bench.cpp": "", "tests/bench/CMakeLists.txt": loop})
        self.bad("listed_sources", {"tests/bench/micro/other_bench.cpp": "", "tests/bench/CMakeLists.txt": loop})

    def test_system_calls(self):
        for line in ("auto t = std::chrono::system_clock::now();", "int x = rand();", "std::random_device d;",
                     "std::ofstream out(path);", "int fd = ::open(path, 0);", 'const char* v = std::getenv("HOME");',
                     "::socket(AF_INET, 0, 0);", "clock_gettime(CLOCK_REALTIME, &t);", "if (::fork() == 0) f();",
                     "std::filesystem::remove(path);", "t = time(nullptr);", "auto t = steady_clock::now();",
                     'FILE* f = fopen("x", "r");'):
            self.bad("system_calls", {"proxy/redact/a.cpp": line + "\n"}, "proxy/redact/a.cpp:1")
            self.good("system_calls", {"proxy/os/a.cpp": line + "\n"})
        self.good("system_calls", {"proxy/redact/a.cpp": "// rand() and std::ifstream\nfile.open(path); x->open(1); reopen(2);"
                                                         ' Reader::open(path); operand(3); log("rand()"); std::ostream& o = x;\n'})
        listed = {"tests/tidy/system_calls.txt": "proxy/redact/a.cpp randomness # why\n"}
        self.good("system_calls", {"proxy/redact/a.cpp": "rand();\n", **listed})
        self.bad("system_calls", {"proxy/redact/a.cpp": "\n", **listed}, "strike it out")

    def test_redaction_pass(self):
        text = "auto x = RedactionPass::vouch(parts);\n"
        self.bad("redaction_pass", {"proxy/cassette/writer.cpp": text}, "writer.cpp:1")
        self.bad("redaction_pass", {"tools/commands/a.cpp": text})
        self.good("redaction_pass", {"proxy/cassette/codec.cpp": text, "proxy/redact/redactor.cpp": text,
                                     "proxy/match/a.cpp": "// RedactionPass is elsewhere\n"})

    def test_key_handling(self):
        for header in ("x509", "x509v3", "x509_vfy", "pem", "pkcs12"):
            text = f"#include <openssl/{header}.h>\n"
            self.bad("key_handling", {"proxy/net/a.cpp": text}, header)
            self.good("key_handling", {"proxy/certs/a.cpp": text})
        self.good("key_handling", {"proxy/net/a.cpp": "#include <openssl/ssl.h>\n#include <openssl/sha.h>\n"})

    def test_vendor_names(self):
        text = 'f("x-' + "Avin" + 'ode-thing");\n'
        self.bad("vendor_names", {"proxy/redact/a.cpp": text}, "proxy/redact/a.cpp:1")
        self.good("vendor_names", {"proxy/profiles/a.cpp": text, "tools/sandbox/a.cpp": text, "tests/unit/a_test.cpp": text,
                                   "tools/commands/demo.cpp": text, "README.md": text})
        self.good("vendor_names", {"proxy/redact/a.cpp": "// as avin" + "ode does\n"})

    def test_leftovers(self):
        for text in ("// TO" + "DO: later", "FIX" + "ME", "see /wo" + "rk/x", "/ro" + "ot/x", "/ho" + "me/anna/x",
                     '"/tm' + 'p/x"', "pip from py" + "pi.org"):
            self.bad("leftovers", {"proxy/http/a.cpp": "\n" + text + "\n"}, "proxy/http/a.cpp:2")
        # Put together here, so that no checker of this tree takes them for paths of a machine.
        harmless = ("todo list", "framew" + "ork/x", "~" + "/" + ".local", "/" + "usr" + "/" + "share", "https://a.example/wo" + "rk/1")
        self.good("leftovers", {"proxy/http/a.cpp": ", ".join(harmless) + "\n"})

    def test_secret_shapes(self):
        for text in ("ey" + "J" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlX2hlcmU",
                     "-----BEGIN PRIVATE " + "KEY-----\nMIGH", "Authorization: Bearer " + "a1" * 20, "basic " + "QWxhZGRpbjpvcGVu" + "IHNlc2FtZQ1=",
                     "AKI" + "A" + "ABCDEFGHIJKLMNOP", "gh" + "p_" + "a" * 36):
            self.bad("secret_shapes", {"docs/a.md": text + "\n"}, "docs/a.md:1")
        self.good("secret_shapes", {"docs/a.md": "Authorization: Bearer TOKEN, Basic authentication, eyJ... and a.b.c\n"
                                                 "-----BEGIN CERTIFICATE-----\n"})

    def test_formatting(self):
        # It looks at the checkout's own files: what it finds is clang-format's business.
        self.assertIn("formatting", tidy.names())


class Cpp(unittest.TestCase):
    def heads(self, text):
        return [head for _, _, head in cpp.functions(text)]

    def test_comments_and_literals_are_blanked_in_place(self):
        text = 'a("}{"); // }{\nb(\'{\', R"x({" )" )x"); /* {\n{ */ 1\'000;\n'
        blank = cpp.without_comments_and_literals(text)
        self.assertEqual(len(blank), len(text))
        self.assertEqual(blank.count("\n"), text.count("\n"))
        self.assertNotIn("{", blank)
        self.assertIn("1'000", blank)

    def test_functions_are_found(self):
        self.assertEqual(self.heads("namespace a {\nvoid f() {\n  if (x) {\n  }\n}\n}\n"), ["void f()"])
        self.assertEqual(self.heads("class A : public B {\n  int f() const override { return 1; }\n};\n"), ["int f() const override"])
        self.assertEqual(self.heads("A::A(int x) : a_{x}, b_{2} {\n  f();\n}\n"), ["A::A(int x) : a_{x}, b_{2}"])
        self.assertEqual(self.heads("auto f(int a) -> std::string {\n}\n"), ["auto f(int a) -> std::string"])
        self.assertEqual(self.heads("TEST(A, B) {\n}\n"), ["TEST(A, B)"])

    def test_what_is_no_function_is_not(self):
        self.assertEqual(self.heads("constexpr int kA[] = {1, 2};\nconst auto x = f({1, 2});\n"), [])
        self.assertEqual(self.heads("struct A {\n  int x = 1;\n};\nenum class E { a };\n"), [])

    def test_lines_are_counted_from_signature_to_brace(self):
        self.assertEqual(cpp.functions("\nint f(int a,\n      int b) {\n  return 1;\n}\n")[0][:2], (2, 5))


if __name__ == "__main__":
    sys.exit(unittest.main())
