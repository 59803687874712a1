import { assertEquals, assertThrows } from "@std/assert";
import { oneOf, wholeNumber } from "../../lib/cli/options.ts";

Deno.test("wholeNumber() takes whole numbers in its range and nothing else", () => {
  assertEquals(wholeNumber("--epochs", "10", { min: 1, max: 10 }), 10);
  for (const text of ["0", "11", "-1", "1.5", "1e1", "", "ten", "Infinity", " 3"]) {
    assertThrows(
      () => wholeNumber("--epochs", text, { min: 1, max: 10 }),
      RangeError,
      `--epochs is "${text}", expected a whole number from 1 to 10`,
    );
  }
});

Deno.test("oneOf() takes one of its words and names them when it is given another", () => {
  assertEquals(oneOf("--format", "json", ["text", "json"]), "json");
  assertThrows(
    () => oneOf("--format", "yaml", ["text", "json"]),
    RangeError,
    '--format is "yaml", expected one of text, json',
  );
});
