import { assert, assertEquals } from "@std/assert";
import { createHmac } from "node:crypto";
import { Messages } from "../../../lib/notebook/kernel/protocol/messages.ts";
import { LOOPBACK } from "../../../lib/notebook/kernel/protocol/sockets.ts";
import { ZmtpConnection } from "../../../lib/notebook/kernel/protocol/zmtp.ts";
import { granted } from "../../permissions.ts";
import { Client } from "./client.ts";
import { descendants, listening, untilGone } from "./processes.ts";

// What processes there are and what they listen to is read from Linux's /proc.
const ignore = !granted("read", "write", "env", "run", { name: "net", host: "127.0.0.1" }) ||
  Deno.build.os !== "linux";

Deno.test({ name: "Kernel listens to nobody but its user", ignore }, async (t) => {
  await using kernel = await Client.start();
  await kernel.run("1");
  const ports = Object.entries(kernel.connection).flatMap(([name, port]) =>
    name.endsWith("_port") ? [Number(port)] : []
  );

  await t.step("at 127.0.0.1 alone", () => {
    const addresses = listening([kernel.pid, ...descendants(kernel.pid)]);
    // Five sockets of it, five of Deno's kernel.
    assert(addresses.length >= 10, `${addresses.length} sockets listen`);
    assertEquals([...new Set(addresses)], ["0100007F"]);
  });

  await t.step("and drops messages that are signed by another key, or by none", async () => {
    for (const key of ["another key", ""]) {
      const messages = new Messages(key);
      for (const port of [kernel.connection.shell_port, kernel.connection.control_port]) {
        const connection = await Deno.connect({ hostname: LOOPBACK, port });
        const socket = await ZmtpConnection.greet(connection, "DEALER");
        for (const type of ["execute_request", "shutdown_request"]) {
          const content = { code: "globalThis.harmed = true", silent: false };
          await socket.send(messages.pack(messages.make({ type, content })));
        }
        await socket.send([new Uint8Array(3)]);
        socket.close();
      }
    }
    assertEquals((await kernel.run('"harmed" in globalThis')).text(), "false");
  });

  await t.step("and outlives garbage, halves and hang-ups at each port", async () => {
    const greeting = new Uint8Array(64);
    greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0, 0x4e, 0x55, 0x4c, 0x4c]);
    const talk = [
      new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n".repeat(10)),
      greeting.subarray(0, 20),
      new Uint8Array([...greeting, 4, 200, 1, 2, 3]),
      new Uint8Array([...greeting, 4, 41, 5, 82, 69, 65, 68, 89, ...new Uint8Array(35).fill(255)]),
      new Uint8Array([...greeting, 2, 255, 255, 255, 255, 255, 255, 255, 255]),
      crypto.getRandomValues(new Uint8Array(500)),
    ];
    for (const port of ports) {
      for (const bytes of talk) {
        const connection = await Deno.connect({ hostname: LOOPBACK, port });
        await connection.write(bytes).catch(() => 0);
        connection.close();
      }
    }
    assertEquals((await kernel.run("1 + 1")).text(), "2");
  });
});

Deno.test(
  { name: "Kernel serves on beside clients that read nothing or ask wrongly", ignore },
  async (t) => {
    await using kernel = await Client.start();

    await t.step("one that subscribes and reads nothing", async () => {
      const connection = await Deno.connect({
        hostname: LOOPBACK,
        port: kernel.connection.iopub_port,
      });
      const deaf = await ZmtpConnection.greet(connection, "SUB");
      await deaf.send([Uint8Array.of(1)]);
      const run = await kernel.run(
        'for (let i = 0; i < 30; i++) console.log("x".repeat(1e6)); "end"',
      );
      assertEquals(run.text().length, 30 * (1e6 + 1) + 5);
      assertEquals((await kernel.run("1 + 1")).text(), "2");
      deaf.close();
    });

    await t.step("messages that are signed and are none", async () => {
      const connection = await Deno.connect({
        hostname: LOOPBACK,
        port: kernel.connection.shell_port,
      });
      const socket = await ZmtpConnection.greet(connection, "DEALER");
      const encoder = new TextEncoder();
      for (const parts of ["null", "[]", "{}", "1", "{", '{"msg_type":"execute_request"}']) {
        const frames = [parts, "{}", parts, parts].map((part) => encoder.encode(part));
        const hmac = createHmac("sha256", kernel.connection.key);
        frames.forEach((frame) => hmac.update(frame));
        const head = ["<IDS|MSG>", hmac.digest("hex")].map((part) => encoder.encode(part));
        await socket.send([...head, ...frames]);
      }
      socket.close();
      assertEquals((await kernel.run("1 + 1")).text(), "2");
    });
  },
);

Deno.test({ name: "Kernel leaves no process behind, also in a loop", ignore }, async (t) => {
  const ends = {
    "shutdown_request": async (kernel: Client) =>
      void await kernel.ask("control", "shutdown_request", { restart: false }),
    "SIGTERM": (kernel: Client) => Promise.resolve(kernel.kill("SIGTERM")),
    "SIGKILL": (kernel: Client) => Promise.resolve(kernel.kill("SIGKILL")),
  };
  for (const [name, end] of Object.entries(ends)) {
    await t.step(`after ${name}`, async () => {
      await using kernel = await Client.start();
      const { run } = await kernel.begin('console.log("runs"); while (true) {}');
      while (run.text() === "") await new Promise((resolve) => setTimeout(resolve, 5));
      const pids = [kernel.pid, ...descendants(kernel.pid)];
      assert(pids.length > 1);
      await end(kernel);
      await untilGone(pids);
    });
  }
});

Deno.test(
  { name: "Kernel leaves no process behind when it is killed as it starts", ignore },
  async () => {
    await using kernel = await Client.start();
    let children: number[] = [];
    while (children.length < 2) {
      children = descendants(kernel.pid);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    kernel.kill("SIGKILL");
    await untilGone(children);
  },
);
