import { assertEquals } from "@std/assert";
import { terminalImage } from "../../lib/cli/terminal_image.ts";

const image = Uint8Array.of(0, 255, 60, 0, 255, 60, 255, 100, 10);

Deno.test("terminalImage() shows two rows a line as shades where there are no colours", () => {
  // Means of each pair: 0, 255, 60; then over black: 127.5, 50, 5.
  assertEquals(terminalImage(image, { width: 3, colour: false }), " █░\n▒  ");
});

Deno.test("terminalImage() shows two rows a line as half blocks in 24 greys", () => {
  assertEquals(
    terminalImage(image, { width: 3, colour: true }),
    "\x1b[38;5;232;48;5;232m▀\x1b[38;5;255;48;5;255m▀\x1b[38;5;237;48;5;237m▀\x1b[0m\n" +
      "\x1b[38;5;255;48;5;232m▀\x1b[38;5;241;48;5;232m▀\x1b[38;5;232;48;5;232m▀\x1b[0m",
  );
});
