import { assert, assertEquals } from "@std/assert";
import { testOnTensorflow } from "../on_tensorflow.ts";
import { fuzz } from "./fuzz.ts";

testOnTensorflow("jit() does the same as a hundred random functions, or refuses them", async () => {
  const { same, refused, different } = await fuzz({ programs: 100, seed: 1_000_000 });
  assertEquals(different, []);
  assert(
    same > 50 && refused.size > 5,
    `${same} are the same, refused for ${refused.size} reasons`,
  );
});
