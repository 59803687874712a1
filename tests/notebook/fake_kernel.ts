/** A message that a notebook's frontend would get. */
export interface Message {
  readonly type: string;
  readonly content: {
    readonly data: Record<string, string>;
    readonly metadata: Record<string, unknown>;
    readonly transient: { readonly display_id?: string };
    readonly execution_count?: number;
  };
}

/** Runs `use` as if within Deno's kernel; what is sent to the frontend is collected. */
export async function withFakeKernel(
  use: (messages: Message[]) => void | Promise<void>,
): Promise<void> {
  const messages: Message[] = [];
  const kernel = {
    broadcast(type: string, content: Message["content"]) {
      messages.push({ type, content });
      return Promise.resolve();
    },
    format: (value: unknown) =>
      Reflect.get(Object(value), Symbol.for("Jupyter.display")).call(value),
  };
  // Outside of the kernel the property throws when it is read, but it can be set.
  Reflect.set(Deno, "jupyter", kernel);
  try {
    await use(messages);
  } finally {
    Reflect.set(Deno, "jupyter", undefined);
  }
}
