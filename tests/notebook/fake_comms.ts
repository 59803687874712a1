import type { Comm, CommData, Comms } from "../../lib/notebook/kernel/mod.ts";

/** A comm that cells have opened, from the side of JupyterLab. */
export interface OpenedComm {
  readonly target: string;
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  /** What the kernel has sent. */
  readonly sent: Record<string, unknown>[];
  /** Sends something to the kernel. */
  receive(data: Record<string, unknown>): void;
  /** Sends a part of a widget's state. */
  change(state: Record<string, unknown>): void;
  close(): void;
}

/** JupyterLab's end of the comms of a kernel. */
export interface FrontEnd {
  readonly opened: OpenedComm[];
  /** Opens a comm and sends something. */
  ask(target: string, data: Record<string, unknown>): OpenedComm;
}

const COMMS = Symbol.for("Jupyter.comms");

/** Runs `use` as if within a kernel that has comms. */
export async function withFakeComms(use: (page: FrontEnd) => void | Promise<void>): Promise<void> {
  const opened: OpenedComm[] = [];
  const targets = new Map<string, (comm: Comm, message: CommData) => void>();
  const makeComm = (
    target: string,
    { data = {}, metadata = {} }: Parameters<Comms["open"]>[1] = {},
  ) => {
    const sent: Record<string, unknown>[] = [];
    const comm: Comm = {
      id: crypto.randomUUID(),
      send: (data) => void sent.push(data),
      close() {},
    };
    const receive = (data: Record<string, unknown>) => comm.onMessage?.({ data, buffers: [] });
    const end: OpenedComm = {
      target,
      data,
      metadata,
      sent,
      receive,
      change: (state) => receive({ method: "update", state, buffer_paths: [] }),
      close: () => comm.onClose?.(),
    };
    return { comm, end };
  };
  const comms: Comms = {
    open(target, options) {
      const { comm, end } = makeComm(target, options);
      opened.push(end);
      return comm;
    },
    onOpen: (target, take) => void targets.set(target, take),
  };
  Reflect.set(globalThis, COMMS, comms);
  try {
    await use({
      opened,
      ask(target, data) {
        const { comm, end } = makeComm(target);
        targets.get(target)?.(comm, { data: {}, buffers: [] });
        end.receive(data);
        return end;
      },
    });
  } finally {
    opened.forEach((comm) => comm.close());
    Reflect.deleteProperty(globalThis, COMMS);
  }
}
