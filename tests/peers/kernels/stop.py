"""Measures how long Stop takes, and checks what is left of the kernel afterwards.

Usage: stop.py KERNEL FOLDER, the folder being the notebooks'. Prints a line for each case, and fails
at a fault.
"""

import sys
import time

from driver import Kernel

# Seconds in which every cell has to end.
MOST = 15

START = """
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../lib/dataset/mod.ts";
import * as knn from "../lib/knn/mod.ts";
import { denseNetwork } from "../lib/models/mod.ts";
import { startNotebook, stopSignal } from "../lib/notebook/mod.ts";
import { fit } from "../lib/training/mod.ts";
await startNotebook();
const images = new ImageDataset(new Uint8Array(2_000 * 784), new Uint8Array(2_000));
const model = denseNetwork({ seed: 0 });
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const silent = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, () => new Promise(() => {}));
var late: string[] = [];
let kept = 0;
"""

CASES = {
    "a loop": "while (true) kept++;",
    "a loop that prints": "while (true) console.log('line');",
    "await of a timer": "await sleep(1e8); late.push('timer');",
    "await of a fetch": "await fetch(`http://127.0.0.1:${silent.addr.port}/`); late.push('fetch');",
    "await of a promise that never ends": "await new Promise(() => {}); late.push('promise');",
    "a loop in a timer": "setTimeout(() => { while (true) kept++; }, 10); await sleep(50); late.push('timer loop');",
    "a loop behind an await": "await sleep(10); while (true) kept++;",
    "a loop in a function behind an await": "const spin = async () => { await sleep(10); while (true) kept++; }; await spin(); late.push('spin');",
    "a loop of awaits in a function": "const turn = async () => { while (true) await sleep(1); }; await turn(); late.push('turn');",
    "a loop of microtasks": "const micro = async () => { while (true) await null; }; await micro(); late.push('micro');",
    "a loop of awaits": "while (true) { await sleep(1); kept++; }",
    "Atomics.wait": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); late.push('wait');",
    "for await": "for await (const _ of (async function* () { while (true) { await sleep(5); yield 1; } })()) kept++; late.push('each');",
    "for await of what never comes": "for await (const _ of (async function* () { await new Promise(() => {}); yield 1; })()) kept++; late.push('never');",
    "a child process": "await new Deno.Command('sleep', { args: ['1000'] }).output(); late.push('child');",
    "a child process, synchronously": "new Deno.Command('sleep', { args: ['20'] }).outputSync(); late.push('child sync');",
    "fit() with stopSignal()": "await fit(model, images, { epochs: 1e6, batchSize: 32, seed: 0, signal: stopSignal() }); late.push('fit');",
    "TensorFlow.js's model.fit()": """
const small = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [8] })] });
small.compile({ optimizer: "sgd", loss: "meanSquaredError" });
await small.fit(tf.zeros([256, 8]), tf.zeros([256, 4]), { epochs: 1e6, verbose: 0 });
late.push('model.fit');""",
    "exact neighbours with a signal": """
const many = new ImageDataset(new Uint8Array(60_000 * 784).map((_, i) => i * 7919 % 251), new Uint8Array(60_000));
await new knn.KNeighborsClassifier({ nNeighbors: 5 }).fit(many).kneighbors(many, { signal: stopSignal() });
late.push('knn');""",
    "a display that never ends": "({ [Symbol.for('Jupyter.display')]: () => new Promise(() => {}) })",
    "a display that loops": "({ [Symbol.for('Jupyter.display')]() { while (true) kept++; } })",
    "prompt()": "prompt('name'); late.push('prompt');",
    "a loop of cells' own try": "while (true) { try { await sleep(10); } catch { late.push('caught'); break } }",
}


# What Stop cannot do, or does otherwise, and why.
LIMITS = {
    "a loop in a timer": "the await has its value by then, so the cell goes on",
    "a child process, synchronously": "it holds the thread, so Deno's kernel is started anew",
    "a loop of cells' own try": "the cell takes the error",
}


def check(kernel, name, code):
    """Stops a cell; gives the seconds, the error and what is not as it should be."""
    run = kernel.start(code, allow_stdin=name == "prompt()")
    kernel.pump(0.7)
    if run.reply is not None:
        return 0, run.error, ["ended by itself"]
    seconds = kernel.stop(run, MOST)
    faults = []
    if run.reply["status"] != "error":
        faults.append("the cell went on")
    following = kernel.run("`${kept >= 0}`")
    if following.text() != '"true"':
        faults.append("variables are lost")
        kernel.run(START)
    kernel.pump(0.3)
    after = kernel.run("late.splice(0).join()")
    if after.text() != '""':
        faults.append(f"later ran {after.text()}")
    return seconds, run.error, faults


def main():
    name, folder = sys.argv[1:3]
    failed = False
    with Kernel(name, folder) as kernel:
        started = kernel.run(START)
        assert started.error is None, started.traceback
        for case, code in CASES.items():
            seconds, error, faults = check(kernel, case, code)
            failed |= bool(faults) and case not in LIMITS
            words = [error[0]] if error else []
            if faults:
                words += faults
            if case in LIMITS:
                words.append(f"as expected: {LIMITS[case]}")
            elif faults:
                words.append("FAULT")
            print(f"{case:38} {seconds:6.2f} s  {'; '.join(words)}", flush=True)
        kernel.manager.interrupt_kernel()
        kernel.pump(1)
        idle = kernel.run("kept >= 0")
        failed |= idle.text() != "true"
        print(f"{'nothing':38}           the next cell gives {idle.text()}")
        for _ in range(2):
            twice = kernel.start("while (true) kept++;")
            kernel.pump(0.5)
            seconds = kernel.stop(twice, MOST)
            print(f"{'a loop, again':38} {seconds:6.2f} s  {twice.error[0]}")
        pressed = kernel.start("stopSignal(); await sleep(1e8);")
        kernel.pump(0.5)
        started = time.monotonic()
        kernel.manager.interrupt_kernel()
        kernel.pump(0.3)
        kernel.stop(pressed, MOST)
        seconds = time.monotonic() - started
        print(f"{'who hears nothing, pressed twice':38} {seconds:6.2f} s  {pressed.error[0]}")
    sys.exit(failed)


main()
