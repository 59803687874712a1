"""Runs a Python module, as `python -m` does, that ends with whoever started it.

    python -I attended.py MODULE ARGUMENT...

Standard input has to be a pipe that the starter keeps open. When the starter dies,
killed or not, the pipe ends, and this process and all that it started end too: what
is left of a killed set-up never writes into the next one. What the module prints
goes to standard error, where pip shows its own progress if that is a terminal.
"""

import os
import runpy
import signal
import sys
import threading


def end_with_starter():
    # os.read, since a thread that waits in sys.stdin breaks the interpreter's shutdown.
    while os.read(0, 1):
        pass
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


if hasattr(os, "setsid"):
    os.setsid()
os.dup2(2, 1)
threading.Thread(target=end_with_starter, daemon=True).start()
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
