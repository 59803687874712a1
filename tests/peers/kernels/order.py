"""Checks that no output is lost, out of order or under another cell.

Usage: order.py KERNEL FOLDER. Prints a line for each case, and fails at a fault.
"""

import base64
import subprocess
import sys
import time

import nbformat
from driver import Kernel
from nbclient import NotebookClient

LINES = 10_000
DISPLAYS = 1_000

MIXED = """
for (let i = 0; i < 1000; i++) {
  console.log("line", i);
  await Deno.jupyter.display({ "text/plain": `display ${i}` }, { raw: true });
  if (i % 10 === 0) console.error("error", i);
}
"value" """

PLACE = """
await Deno.jupyter.broadcast("display_data", { data: { "text/plain": "0" }, metadata: {}, transient: { display_id: "place" } });
for (let i = 1; i <= 300; i++) {
  console.log(i);
  await Deno.jupyter.broadcast("update_display_data", { data: { "text/plain": String(i) }, metadata: {}, transient: { display_id: "place" } });
}
throw new RangeError("after all")"""

WAYS = """
import process from "node:process";
const encoder = new TextEncoder();
for (let i = 0; i < 50; i++) {
  console.log(i, "console");
  process.stdout.write(`${i} process\\n`);
  Deno.stdout.writeSync(encoder.encode(`${i} Deno\\n`));
  await Deno.stdout.write(encoder.encode(`${i} write\\n`));
}
undefined"""

CHILDREN = """
console.log("before");
const status = await new Deno.Command("sh", { args: ["-c", "echo one; echo two"] }).spawn().status;
console.log("between");
await new Deno.Command("sh", { args: ["-c", "echo three; echo oops >&2"], stdout: "inherit", stderr: "inherit" }).output();
console.log("last");
status.code"""


def merged(run):
    """Outputs with neighbouring texts of one stream as one."""
    outputs = []
    for type_, content in run.outputs:
        if type_ == "stream":
            if outputs and outputs[-1][0] == content["name"]:
                outputs[-1] = (content["name"], outputs[-1][1] + content["text"])
            else:
                outputs.append((content["name"], content["text"]))
        elif type_ == "error":
            outputs.append(("error", content["evalue"]))
        else:
            outputs.append((type_, content["data"].get("text/plain", "")))
    return outputs


def lines_and_value(kernel):
    run = kernel.run(f'for (let i = 0; i < {LINES}; i++) console.log(i);\n"value"')
    expected = "".join(f"{i}\n" for i in range(LINES))
    assert merged(run) == [("stdout", expected), ("execute_result", '"value"')], merged(run)[-2:]


def displays(kernel):
    run = kernel.run(f'for (let i = 0; i < {DISPLAYS}; i++) await Deno.jupyter.display({{ "text/plain": String(i) }}, {{ raw: true }});')
    assert merged(run) == [("display_data", str(i)) for i in range(DISPLAYS)]


def mixed(kernel):
    expected = []
    for i in range(1000):
        expected.append(("stdout", f"line {i}\n"))
        expected.append(("display_data", f"display {i}"))
        if i % 10 == 0:
            expected.append(("stderr", f"error {i}\n"))
    run = kernel.run(MIXED)
    assert merged(run) == [*expected, ("execute_result", '"value"')]


def updates_and_error(kernel):
    run = kernel.run(PLACE)
    expected = [("display_data", "0")]
    for i in range(1, 301):
        expected += [("stdout", f"{i}\n"), ("update_display_data", str(i))]
    assert merged(run) == [*expected, ("error", "after all")], merged(run)[-3:]


def timers_of_earlier_cell(kernel):
    first = kernel.run('let n = 0; const timer = setInterval(() => console.log("first", n++), 5); "first"')
    second = kernel.run('for (let i = 0; i < 40; i++) { console.log("second", i); await new Promise((r) => setTimeout(r, 5)); }')
    kernel.run("clearInterval(timer)")
    assert second.text() == "".join(f"second {i}\n" for i in range(40)), second.text()
    ticks = first.text("stdout").splitlines()
    assert len(ticks) > 20 and ticks == [f"first {i}" for i in range(len(ticks))], ticks


def ways_to_print(kernel):
    run = kernel.run(WAYS)
    expected = "".join(f"{i} {way}\n" for i in range(50) for way in ("console", "process", "Deno", "write"))
    assert merged(run) == [("stdout", expected)], merged(run)


def children(kernel):
    run = kernel.run(CHILDREN)
    assert run.text("stdout") == "before\none\ntwo\nbetween\nthree\nlast\n", run.text("stdout")
    assert run.text("stderr") == "oops\n", run.text("stderr")
    assert run.outputs[-1][1]["data"]["text/plain"] == "0"


def picture(kernel):
    run = kernel.run('await Deno.jupyter.display({ "image/png": new Uint8Array(5e6).fill(7).toBase64() }, { raw: true }); "after"')
    (type_, content), (_, value) = run.outputs
    assert base64.b64decode(content["data"]["image/png"]) == bytes([7]) * 5_000_000
    assert value["data"]["text/plain"] == '"after"'


def long_line(kernel):
    run = kernel.run('console.log("x".repeat(1e6)); console.log("end")')
    assert run.text() == "x" * 1_000_000 + "\nend\n"


def unicode(kernel):
    run = kernel.run('console.log("żółć 你好 😀 \\u2028 \\0 e\\u0301"); const b = new TextEncoder().encode("😀"); Deno.stdout.writeSync(b.subarray(0, 2)); Deno.stdout.writeSync(b.subarray(2)); "ü"')
    assert run.text("stdout") == "żółć 你好 😀 \u2028 \0 e\u0301\n😀", repr(run.text("stdout"))
    assert run.text().endswith('"ü"')


def many_cells_at_once(kernel):
    runs = [kernel.start(f'console.log({i}); await null; console.log("b"); {i}') for i in range(200)]
    for i, run in enumerate(runs):
        kernel.finish(run)
        assert run.text() == f"{i}\nb\n{i}", run.text()


def kept(outputs):
    """The text of a notebook's outputs."""
    return "".join(o.get("text", o.get("data", {}).get("text/plain", "")) for o in outputs)


def by_nbclient(kernel_name, folder):
    notebook = nbformat.v4.new_notebook()
    sources = [
        f'for (let i = 0; i < {LINES}; i++) console.log(i);\n"value"',
        f'for (let i = 0; i < {DISPLAYS}; i++) await Deno.jupyter.display({{ "text/plain": String(i) }}, {{ raw: true }});',
        MIXED, PLACE, CHILDREN,
        *(f'for (const line of "abc") console.log("{i}", line);\n"value {i}"' for i in range(40)),
    ]
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in sources]
    NotebookClient(
        notebook, kernel_name=kernel_name, allow_errors=True, timeout=60,
        resources={"metadata": {"path": folder}},
    ).execute()
    printed, shown, mix, place, child, *cells = (cell.outputs for cell in notebook.cells)
    assert kept(printed) == "".join(f"{i}\n" for i in range(LINES)) + '"value"'
    assert [o.data["text/plain"] for o in shown] == [str(i) for i in range(DISPLAYS)]
    assert len(mix) == 2101, len(mix)
    # The front end keeps what stands at a place last.
    assert place[0].data["text/plain"] == "300" and place[-1].evalue == "after all"
    assert "".join(o.get("text", "") for o in child if o.get("name") == "stdout") == "before\none\ntwo\nbetween\nthree\nlast\n"
    for i, outputs in enumerate(cells):
        assert kept(outputs) == f'{i} a\n{i} b\n{i} c\n"value {i}"', kept(outputs)


CASES = [
    lines_and_value, displays, mixed, updates_and_error, timers_of_earlier_cell, ways_to_print,
    children, picture, long_line, unicode, many_cells_at_once,
]


def main():
    name, folder = sys.argv[1:3]
    failed = False
    for load in (0, 2):
        loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(load)]
        try:
            results = [*run_cases(name, folder)]
        finally:
            for loop in loops:
                loop.kill()
        for case, fault, seconds in results:
            failed |= fault is not None
            beside = "two busy loops beside it" if load else "idle cores"
            print(f"{case:28} {beside:26} {seconds:5.2f} s  {fault or 'ok'}", flush=True)
    sys.exit(failed)


def run_cases(name, folder):
    with Kernel(name, folder) as kernel:
        for case in CASES:
            yield attempt(case.__name__.replace("_", " "), case, kernel)
        kernel.pump(0.2)
        if kernel.strays:
            yield "outputs of no cell", repr(kernel.strays[:3]), 0.0
    yield attempt("by nbclient", by_nbclient, name, folder)


def attempt(title, case, *args):
    started = time.monotonic()
    try:
        case(*args)
        fault = None
    except Exception as error:
        fault = f"FAULT {type(error).__name__} {str(error)[:300]}"
    return title, fault, time.monotonic() - started


main()
