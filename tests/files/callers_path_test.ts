import { assertEquals } from "@std/assert";
import { join, resolve } from "node:path";
import { callersPath } from "../../lib/files/mod.ts";
import { granted } from "../permissions.ts";

Deno.test({
  name: "callersPath() starts where the task was called, else in the working folder",
  ignore: !granted("env", "read"),
  fn() {
    const caller = Deno.env.get("INIT_CWD");
    const elsewhere = resolve("elsewhere");
    try {
      Deno.env.set("INIT_CWD", elsewhere);
      assertEquals(callersPath("runs/0"), join(elsewhere, "runs", "0"));
      assertEquals(callersPath("../runs"), resolve("runs"));
      assertEquals(callersPath("."), elsewhere);
      assertEquals(callersPath(resolve("runs")), resolve("runs"));
      Deno.env.delete("INIT_CWD");
      assertEquals(callersPath("runs/0"), resolve("runs/0"));
    } finally {
      if (caller === undefined) Deno.env.delete("INIT_CWD");
      else Deno.env.set("INIT_CWD", caller);
    }
  },
});
