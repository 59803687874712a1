/** The lines that come over a connection, until the other side hangs up. */
export async function* linesOf(connection: Deno.TcpConn): AsyncGenerator<string> {
  let rest = "";
  for await (const text of connection.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
