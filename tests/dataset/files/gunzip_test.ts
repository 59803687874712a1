import { assertEquals, assertThrows } from "@std/assert";
import { decodeBase64 } from "@std/encoding";
import { gzipSync } from "node:zlib";
import { gunzip } from "../../../lib/dataset/files/gunzip.ts";

// Python's base64.b64encode(gzip.compress(b"abc", mtime=0))
const ABC = decodeBase64("H4sIAAAAAAACA0tMSgYAwkEkNQMAAAA=");

Deno.test("gunzip() decompresses what Python compressed", () => {
  assertEquals(new TextDecoder().decode(gunzip(ABC, { maxByteLength: 3 })), "abc");
});

Deno.test("gunzip() stops at the limit", () => {
  assertThrows(
    () => gunzip(ABC, { maxByteLength: 2 }),
    RangeError,
    "Cannot decompress gzip: more than 2 bytes come out",
  );
  const bomb = gzipSync(new Uint8Array(50_000_000));
  assertThrows(() => gunzip(bomb, { maxByteLength: 1_000 }), RangeError, "more than 1000 bytes");
});

Deno.test("gunzip() rejects broken gzip", () => {
  for (let length = 0; length < ABC.length; length++) {
    assertThrows(
      () => gunzip(ABC.subarray(0, length), { maxByteLength: 100 }),
      SyntaxError,
      "Cannot decompress gzip: ",
    );
  }
  const checksumChanged = ABC.slice();
  checksumChanged[ABC.length - 8] ^= 1;
  assertThrows(() => gunzip(checksumChanged, { maxByteLength: 100 }), SyntaxError);
  const plain = new TextEncoder().encode("not compressed");
  assertThrows(() => gunzip(plain, { maxByteLength: 100 }), SyntaxError);
});

Deno.test("gunzip() rejects bytes after the end", () => {
  assertThrows(
    () => gunzip(new Uint8Array([...ABC, 1, 2, 3]), { maxByteLength: 100 }),
    SyntaxError,
  );
});
