"""A Jupyter kernel and a client of it, as the scripts beside this one use them."""

import contextlib
import queue
import time

from jupyter_client.manager import KernelManager

LONG = 60


class Run:
    """A cell that is under way: its outputs, and then its reply."""

    def __init__(self, message_id):
        self.id = message_id
        self.outputs = []
        self.reply = None
        self.idle = False

    def text(self, name=None):
        """What it printed, and its values as text."""
        parts = []
        for type_, content in self.outputs:
            if type_ == "stream" and name in (None, content["name"]):
                parts.append(content["text"])
            elif type_ == "execute_result" and name is None:
                parts.append(content["data"].get("text/plain", ""))
        return "".join(parts)

    @property
    def error(self):
        """Name and message of the error it ended with, or None."""
        for type_, content in self.outputs:
            if type_ == "error":
                return content["ename"], content["evalue"]
        return None

    @property
    def traceback(self):
        for type_, content in self.outputs:
            if type_ == "error":
                return "\n".join(content["traceback"])
        return ""


class Kernel:
    """A running kernel; a context manager."""

    def __init__(self, name, cwd=None):
        self.manager = KernelManager(kernel_name=name)
        self.manager.start_kernel(cwd=cwd)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=LONG)
        self.runs = {}
        # Messages of no cell.
        self.strays = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=False)

    def start(self, code, **options):
        """Sends a cell and does not wait."""
        run = Run(self.client.execute(code, **options))
        self.runs[run.id] = run
        return run

    def run(self, code, timeout=LONG, **options):
        """Runs a cell to its reply and its status idle."""
        run = self.start(code, **options)
        self.finish(run, timeout)
        return run

    def finish(self, run, timeout=LONG):
        end = time.monotonic() + timeout
        while run.reply is None or not run.idle:
            if time.monotonic() > end:
                raise TimeoutError(f"The cell has not ended within {timeout} s")
            self.pump(0.02)

    def pump(self, seconds):
        """Takes what comes within some seconds."""
        end = time.monotonic() + seconds
        while True:
            with contextlib.suppress(queue.Empty):
                while True:
                    self._reply(self.client.get_shell_msg(timeout=0))
            left = end - time.monotonic()
            try:
                self._output(self.client.get_iopub_msg(timeout=max(0, min(left, 0.02))))
            except queue.Empty:
                if left <= 0:
                    return

    def stop(self, run, timeout=LONG):
        """Presses Stop; gives the seconds to the cell's end."""
        started = time.monotonic()
        self.manager.interrupt_kernel()
        self.finish(run, timeout)
        return time.monotonic() - started

    def _reply(self, message):
        run = self.runs.get(message["parent_header"].get("msg_id"))
        if run is not None:
            run.reply = message["content"]

    def _output(self, message):
        type_, content = message["msg_type"], message["content"]
        run = self.runs.get(message["parent_header"].get("msg_id"))
        if type_ == "status":
            if run is not None and content["execution_state"] == "idle":
                run.idle = True
            return
        if type_ == "execute_input":
            return
        (self.strays if run is None else run.outputs).append((type_, content))
