"""Runs cells in one kernel, as a headless notebook does, and prints what came of each.

Reads {"kernel": name, "folder": path, "cells": [source], "stop": index or null} from standard
input. While the cell `stop` runs, it does what JupyterLab's Stop does as soon as that cell has
printed something. Prints a list of {"outputs": [...], "seconds": s, "stopped": s or null}.
"""

import asyncio
import json
import sys
import time

import nbformat
from nbclient import NotebookClient

task = json.load(sys.stdin)


async def stop_when_printed(client, cell):
    """Interrupts the kernel once the cell has an output; gives the time of that."""
    while not cell.outputs:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.5)
    await client.km.interrupt_kernel()
    return time.monotonic()


async def main():
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in task["cells"]]
    client = NotebookClient(
        notebook,
        kernel_name=task["kernel"],
        allow_errors=True,
        timeout=60,
        resources={"metadata": {"path": task["folder"]}},
    )
    results = []
    async with client.async_setup_kernel():
        for index, cell in enumerate(notebook.cells):
            started = time.monotonic()
            stopping = None
            if index == task["stop"]:
                stopping = asyncio.create_task(stop_when_printed(client, cell))
            await client.async_execute_cell(cell, index)
            ended = time.monotonic()
            stopped = None if stopping is None else ended - await stopping
            results.append(
                {"outputs": cell.outputs, "seconds": ended - started, "stopped": stopped}
            )
    json.dump(results, sys.stdout)


asyncio.run(main())
