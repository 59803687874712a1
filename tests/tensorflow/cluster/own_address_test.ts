import { assertEquals } from "@std/assert";
import { ownAddress } from "../../../lib/tensorflow/cluster/own_address.ts";
import { granted } from "../../permissions.ts";

Deno.test({
  name: "ownAddress() is this machine's address by numbers or by name, and nobody else's",
  ignore: Deno.build.os !== "linux" || !granted("ffi", "sys"),
  async fn() {
    assertEquals(await ownAddress("127.0.0.1"), [127, 0, 0, 1]);
    assertEquals(await ownAddress("localhost"), [127, 0, 0, 1]);
    assertEquals(await ownAddress("0.0.0.256"), undefined);
    // Addresses and names that are kept for documents: nobody has them.
    assertEquals(await ownAddress("192.0.2.1"), undefined);
    assertEquals(await ownAddress("worker.invalid"), undefined);
    // A machine's name for itself says 127.0.1.1 in many a Debian, where no other would reach it.
    const own = await ownAddress(Deno.hostname());
    assertEquals(own?.[0] === 127, Deno.hostname() === "localhost");
  },
});
