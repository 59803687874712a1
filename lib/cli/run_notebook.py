"""Runs a notebook as `jupyter execute` does, and keeps the outputs that come late.

    python run_notebook.py OPTION... NOTEBOOK

Deno's kernel may call a cell done before all its outputs are out. nbclient takes it at its word
and drops what comes afterwards. Here the next cell waits a moment, and late outputs are kept.
"""

from contextlib import suppress
from queue import Empty
from time import monotonic

import nbclient.cli
from jupyter_core.utils import ensure_async
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete

# Seconds that late outputs get. More would cost as much for each cell.
GRACE = 0.1


class PatientClient(NotebookClient):
    async def _async_poll_output_msg(self, parent_msg_id, cell, cell_index):
        await super()._async_poll_output_msg(parent_msg_id, cell, cell_index)
        deadline = monotonic() + GRACE
        with suppress(Empty):
            while (left := deadline - monotonic()) > 0:
                message = await ensure_async(self.kc.iopub_channel.get_msg(timeout=left))
                if message["parent_header"].get("msg_id") == parent_msg_id:
                    with suppress(CellExecutionComplete):
                        self.process_message(message, cell, cell_index)


nbclient.cli.NotebookClient = PatientClient
nbclient.cli.main()
