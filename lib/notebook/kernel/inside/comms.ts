import { bound, emit } from "./contexts.ts";
import type { CommMessage } from "./protocol.ts";

/** What travels over a comm. */
export interface CommData {
  /** JSON. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** A line between an object in the kernel and its other half in the front end. */
export interface Comm {
  readonly id: string;
  /** Is called with each message from the front end; nothing if not set. */
  onMessage?: (message: CommData) => void;
  /** Is called when the front end closes the comm. */
  onClose?: () => void;
  send(data: Record<string, unknown>, options?: { buffers?: Uint8Array[] }): void;
  close(): void;
}

/** What the kernel gives to cells as `globalThis[Symbol.for("Jupyter.comms")]`. */
export interface Comms {
  /**
   * Opens a comm with what the front end has under a name, such as `jupyter.widget`.
   *
   * @param options.data What the other half begins with.
   * @param options.metadata Of the message, such as the version of the widgets' protocol.
   */
  open(
    target: string,
    options?: {
      data?: Record<string, unknown>;
      metadata?: Record<string, unknown>;
      buffers?: Uint8Array[];
    },
  ): Comm;
  /** Takes the comms that the front end opens under a name. */
  onOpen(target: string, take: (comm: Comm, message: CommData) => void): void;
}

const comms = new Map<string, Comm>();
const targets = new Map<string, (comm: Comm, message: CommData) => void>();

/** The comms of this kernel. */
export const COMMS: Comms = {
  open(target, { data = {}, metadata = {}, buffers = [] } = {}) {
    const comm = makeComm(crypto.randomUUID());
    emit("comm_open", { comm_id: comm.id, target_name: target, data }, { metadata, buffers });
    return comm;
  },
  onOpen(target, take) {
    targets.set(target, bound(take));
  },
};

/** Takes a message from the front end; a comm that nobody here knows is closed. */
export function receiveComm({ type, content, buffers }: CommMessage): void {
  const id = String(content.comm_id);
  const message = {
    data: typeof content.data === "object" ? { ...content.data } : {},
    buffers: buffers.map((text) => Uint8Array.fromBase64(text)),
  };
  if (type === "comm_open") {
    const take = targets.get(String(content.target_name));
    if (take !== undefined) take(makeComm(id), message);
    else emit("comm_close", { comm_id: id, data: {} });
    return;
  }
  const comm = comms.get(id);
  if (type === "comm_msg") return comm?.onMessage?.(message);
  comms.delete(id);
  comm?.onClose?.();
}

/** A comm whose handlers' outputs appear under the cell in which they were set. */
function makeComm(id: string): Comm {
  let onMessage: Comm["onMessage"];
  const comm = {
    id,
    onClose: undefined,
    get onMessage() {
      return onMessage;
    },
    set onMessage(take: Comm["onMessage"]) {
      onMessage = take && bound(take);
    },
    send(data: Record<string, unknown>, { buffers = [] }: { buffers?: Uint8Array[] } = {}) {
      emit("comm_msg", { comm_id: id, data }, { buffers });
    },
    close() {
      comms.delete(id);
      emit("comm_close", { comm_id: id, data: {} });
    },
  };
  comms.set(id, comm);
  return comm;
}
