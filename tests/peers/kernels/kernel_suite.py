"""Runs jupyter_kernel_test, Jupyter's own tests of kernels.

Usage: kernel_suite.py KERNEL. Prints how many tests passed, and which did not or were skipped.
"""

import io
import sys
import unittest

import jupyter_kernel_test


class TypeScriptKernelTests(jupyter_kernel_test.KernelTests):
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("oops")'
    completion_samples = [
        {"text": "Math.hyp", "matches": ["hypot"]},
        {"text": "localStora", "matches": ["localStorage"]},
        {"text": "const numbers: number[] = []; numbers.toSort", "matches": ["toSorted"]},
    ]
    complete_code_samples = [
        "1 + 1",
        "const x: number = 1;",
        "for (const x of [1, 2]) {\n  console.log(x);\n}",
        "function f<T>(x: T): T {\n  return x;\n}",
        "await Promise.resolve(`a\nb`)",
        "enum Colour { Red, Green }",
        "/* a comment */",
    ]
    incomplete_code_samples = [
        "for (const x of [1, 2]) {",
        "function f(x: number",
        "const x = [1,",
        "`a template",
        "/* a comment",
        "1 +",
    ]
    invalid_code_samples = ["const = 1", "let x y", "1 + )", "import {} 1"]
    code_generate_error = 'throw new RangeError("no")'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "[1, 2].map((x) => x * 2)", "result": "[ 2, 4 ]"},
        {"code": "enum Size { S, M }; Size.M", "result": "1"},
    ]
    code_display_data = [
        {
            "code": 'await Deno.jupyter.display({ "text/html": "<b>hi</b>" }, { raw: true })',
            "mime": "text/html",
        },
        {"code": "await Deno.jupyter.display(Deno.jupyter.svg`<svg></svg>`)", "mime": "image/svg+xml"},
    ]
    code_history_pattern = "6 ?*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.sqrt"
    code_clear_output = 'await Deno.jupyter.broadcast("clear_output", { wait: false })'


class Welcome(jupyter_kernel_test.IopubWelcomeTests):
    # The message came with version 5.5 of the protocol, and needs an XPUB socket.
    support_iopub_welcome = False


class Result(unittest.TextTestResult):
    passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


def main():
    TypeScriptKernelTests.kernel_name = Welcome.kernel_name = sys.argv[1]
    loader = unittest.TestLoader()
    tests = unittest.TestSuite(map(loader.loadTestsFromTestCase, (TypeScriptKernelTests, Welcome)))
    result = unittest.TextTestRunner(resultclass=Result, stream=io.StringIO()).run(tests)
    failed = {str(test): words for test, words in result.failures + result.errors}
    print(f"{result.passed} passed, {len(failed)} failed, {len(result.skipped)} skipped")
    for test, words in failed.items():
        print(f"  failed: {test}: {words.strip().splitlines()[-1]}")
    for test, reason in result.skipped:
        print(f"  skipped: {test}: {reason}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
