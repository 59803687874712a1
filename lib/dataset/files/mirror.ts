import { checkedContent, maxByteLength } from "./data_file.ts";
import type { Source } from "./source.ts";

const REPORT_EVERY_MS = 2_000;

/** Options of {@linkcode mirror}. */
export interface MirrorOptions {
  /** Gives the mirror up after so many milliseconds without a byte. 15,000 if not given. */
  silenceMs?: number;
}

/** A web folder with the compressed files in it; `baseUrl` ends in a slash. */
export function mirror(baseUrl: string, { silenceMs = 15_000 }: MirrorOptions = {}): Source {
  return {
    place: baseUrl,
    chosen: false,
    async *read(files, { log, signal }) {
      for (const file of files) {
        const url = `${baseUrl}${file.name}.gz`;
        log(`Downloading ${url}`);
        const maxBytes = maxByteLength(file);
        const bytes = await download(url, { maxBytes, silenceMs, log, signal });
        yield { file, content: await checkedContent(file, bytes, url) };
      }
    },
  };
}

interface DownloadOptions {
  maxBytes: number;
  silenceMs: number;
  log: (line: string) => void;
  signal?: AbortSignal;
}

async function download(
  url: string,
  { maxBytes, silenceMs, log, signal }: DownloadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const silence = new AbortController();
  const giveUp = () => {
    silence.abort(
      new Deno.errors.TimedOut(`Cannot download ${url}: no byte for ${silenceMs / 1000} s`),
    );
  };
  let timer = setTimeout(giveUp, silenceMs);
  try {
    const signals = signal === undefined ? [silence.signal] : [silence.signal, signal];
    const response = await fetch(url, { signal: AbortSignal.any(signals) });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Deno.errors.Http(`Cannot download ${url}: status is ${response.status}`);
    }
    const bytes = new Uint8Array(maxBytes);
    let length = 0;
    let reported = performance.now();
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, silenceMs);
      if (length + chunk.length > maxBytes) {
        throw new RangeError(`Cannot download ${url}: more than ${maxBytes} bytes come`);
      }
      bytes.set(chunk, length);
      length += chunk.length;
      if (performance.now() - reported > REPORT_EVERY_MS) {
        log(`  ${(length / 1e6).toFixed(1)} MB`);
        reported = performance.now();
      }
    }
    return bytes.subarray(0, length);
  } finally {
    clearTimeout(timer);
  }
}
