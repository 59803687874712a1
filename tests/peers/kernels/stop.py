"""Measures how long Stop takes, and checks what is left of the kernel afterwards.

Usage: stop.py KERNEL FOLDER, the folder being the notebooks'. Prints a line for each case.
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


def check(kernel, name, code, wait=0.7):
    run = kernel.start(code, allow_stdin=name == "prompt()")
    kernel.pump(wait)
    if run.reply is not None:
        return f"ended by itself: {run.error} {run.text()}"
    try:
        seconds = kernel.stop(run, MOST)
    except TimeoutError:
        return f"NOT within {MOST} s"
    faults = []
    if run.reply["status"] != "error":
        faults.append(f"reply is {run.reply['status']}")
    following = kernel.run("`${kept >= 0} ${late}`; ", timeout=20)
    if "true" not in following.text():
        faults.append(f"the next cell gave {following.text()!r} {following.error}")
    kernel.pump(0.3)
    after = kernel.run("late.join()")
    kernel.run("late = []")
    if not name.startswith("a loop of cells") and after.text() != '""':    faults.append(f"later ran {after.text()}")
    return f"{seconds:6.2f} s  {run.error}" + "".join(f"; FAULT {fault}" for fault in faults)


def main():
    name, folder = sys.argv[1:3]
    only = sys.argv[3:]
    with Kernel(name, folder) as kernel:
        started = kernel.run(START, timeout=120)
        assert started.error is None, started.traceback
        for case, code in CASES.items():
            if only and not any(word in case for word in only):
                continue
            try:
                result = check(kernel, case, code)
                print(f"{case:45}", result, flush=True)
                if "lost" in result:
                    kernel.run(START, timeout=120)
            except Exception as error:
                print(f"{case:45}", "FAULT", repr(error), flush=True)
                kernel.manager.restart_kernel(now=True)
                kernel.client.wait_for_ready(timeout=60)
                kernel.run(START, timeout=120)


main()
