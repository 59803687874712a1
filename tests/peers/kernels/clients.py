"""Runs cells by the clients of Jupyter that people use: nbconvert, papermill and a console.

Usage: clients.py KERNEL FOLDER, the folder being the notebooks'. Prints a line for each.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

import nbformat
import pexpect

PATIENCE = 30

CELLS = [
    'import { describeTensor } from "../lib/notebook/mod.ts";\nconst cwd = Deno.cwd();',
    "let count = 1;",
    'console.log(count); [cwd.endsWith("notebooks"), typeof describeTensor]',
]


def write_notebook(path, kernel):
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {"name": kernel, "display_name": kernel, "language": "typescript"}
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    notebook.cells[1].metadata["tags"] = ["parameters"]
    nbformat.write(notebook, path)


def module(*args, cwd=None):
    """Runs a Python module of this environment."""
    command = [sys.executable, "-m", *args]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr[-2000:]


def check_outputs(path, count):
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    outputs = cells[-1].outputs
    assert outputs[0].text == f"{count}\n", outputs
    assert outputs[1].data["text/plain"] == '[ true, "function" ]', outputs


def nbconvert(kernel, folder):
    with tempfile.NamedTemporaryFile(suffix=".ipynb", dir=folder) as file:
        write_notebook(file.name, kernel)
        module("nbconvert", "--to=notebook", "--execute", "--inplace", file.name)
        check_outputs(file.name, 1)


def papermill(kernel, folder):
    with tempfile.TemporaryDirectory() as own:
        source, result = pathlib.Path(own, "in.ipynb"), pathlib.Path(own, "out.ipynb")
        write_notebook(source, kernel)
        module("papermill", "--cwd", folder, str(source), str(result))
        check_outputs(result, 1)


def console(kernel, folder):
    """What is expected stands in no input, whose echo a terminal colours."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "jupyter_console", "--kernel", kernel, "--no-confirm-exit"],
        cwd=folder,
        env={**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
        encoding="utf-8",
        timeout=PATIENCE,
    )

    def enter(line, expected):
        # A paste would be one with what follows.
        child.send(line)
        time.sleep(0.2)
        child.send("\r")
        child.expect(expected)

    try:
        child.expect("In ")
        enter("6 * 7", "42")
        enter("`pid ${Deno.pid} of it`", r"pid (\d+) of it")
        pid = int(child.match[1])
        # An incomplete line: the console goes on to the next one.
        enter("for (const x of [20, 22]) {", r"\.\.\.")
        enter("console.log(x * x);", r"\.\.\.")
        enter("}", r"400\s+484")
        enter("console.log(1e3 + 1); while (true) {}", "1001")
        child.sendintr()
        child.expect("AbortError")
        enter("`still ${60 + 7}`", '"still 67"')
        child.expect("In ")
        time.sleep(0.5)
        child.send("\x04")
        child.expect(pexpect.EOF)
    finally:
        child.close(force=True)
    assert not pathlib.Path(f"/proc/{pid}").exists(), "the kernel has outlived its console"


def main():
    name, folder = sys.argv[1:3]
    failed = False
    for client in (nbconvert, papermill, console):
        try:
            client(name, folder)
            result = "ok"
        except Exception as error:
            failed = True
            result = f"FAULT {type(error).__name__} {str(error)[-1500:]}"
        print(f"{client.__name__:10} {result}", flush=True)
    sys.exit(failed)


main()
