/** Packs stylesheet, scripts and drawings once, when the site is built: the server sends them as they lie there. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { AstroIntegration } from "astro";

// A font is packed already.
const TEXT = /\.(?:css|js|svg)$/;

export function packed(): AstroIntegration {
  return {
    name: "packed",
    hooks: {
      "astro:build:done": ({ dir }) => {
        for (const entry of readdirSync(fileURLToPath(dir), { recursive: true, withFileTypes: true })) {
          if (!entry.isFile() || !TEXT.test(entry.name)) continue;
          const path = join(entry.parentPath, entry.name);
          const text = readFileSync(path);
          writeFileSync(`${path}.br`, brotliCompressSync(text));
          writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
        }
      },
    },
  };
}
