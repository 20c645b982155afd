import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { assetsOf } from "../src/lib/assets.ts";

const FILES = {
  "site.-E2KmPQ_.css": "plain",
  "site.-E2KmPQ_.css.br": "brotli",
  "site.-E2KmPQ_.css.gz": "gzip",
  "figtree-latin.D_ZTVpCC.woff2": "font",
};

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

describe("a file of the built site", () => {
  const client = mkdtempSync(join(tmpdir(), "assets-"));
  const folder = join(client, "_astro");
  mkdirSync(folder);
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  const answered = assetsOf(client);
  const server = createServer((asked, response) => {
    if (!answered(asked, response)) response.writeHead(404).end("page");
  });
  before(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  after(() => {
    rmSync(client, { recursive: true, force: true });
    server.close();
  });

  function ask(path: string, encodings = "", method = "GET"): Promise<Answer> {
    const { port } = server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      const headers = encodings ? { "Accept-Encoding": encodings } : {};
      const asked = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts).toString() });
        });
      });
      asked.on("error", reject);
      asked.end();
    });
  }

  test("comes packed as the browser takes it, with its type, and a cache in front keeps each apart", async () => {
    for (const [encodings, encoding, body] of [
      ["gzip, deflate, br, zstd", "br", "brotli"],
      ["gzip", "gzip", "gzip"],
      ["br;q=0, GZIP;q=0.5", "gzip", "gzip"],
      ["br;q=0.0, identity", undefined, "plain"],
      ["", undefined, "plain"],
    ] as const) {
      const answer = await ask("/_astro/site.-E2KmPQ_.css", encodings);
      assert.equal(answer.status, 200);
      assert.equal(answer.body, body);
      assert.equal(answer.headers["content-encoding"], encoding);
      assert.equal(answer.headers["content-type"], "text/css; charset=utf-8");
      assert.equal(answer.headers["content-length"], String(body.length));
      assert.equal(answer.headers.vary, "Accept-Encoding");
    }
  });

  test("is kept for a year, as its name changes with what is in it; a font goes as it is", async () => {
    const answer = await ask("/_astro/figtree-latin.D_ZTVpCC.woff2?x", "br");
    assert.equal(answer.body, "font");
    assert.equal(answer.headers["content-type"], "font/woff2");
    assert.equal(answer.headers["content-encoding"], undefined);
    assert.equal(answer.headers.vary, undefined);
    assert.equal(answer.headers["cache-control"], "public, max-age=31536000, immutable");
  });

  test("of the build before gives its successor, which nobody keeps", async () => {
    const answer = await ask("/_astro/site.OlderOne.css", "gzip");
    assert.equal(answer.status, 200);
    assert.equal(answer.body, "gzip");
    assert.equal(answer.headers["cache-control"], "no-cache");
  });

  test("is asked for by reading only", async () => {
    const head = await ask("/_astro/site.-E2KmPQ_.css", "br", "HEAD");
    assert.equal(head.status, 200);
    assert.equal(head.body, "");
    assert.equal(head.headers["content-length"], "6");
    assert.equal((await ask("/_astro/site.-E2KmPQ_.css", "", "POST")).status, 404);
  });

  test("goes on to the pages where there is none, and stays after the folder was made anew", async () => {
    for (const path of ["/_astro/", "/_astro/other.12345678.css", "/_astro/site.1.2.css", "/_astro/../x", "/site.-E2KmPQ_.css"]) {
      assert.equal((await ask(path)).body, "page", path);
    }
    rmSync(folder, { recursive: true });
    assert.equal((await ask("/_astro/site.-E2KmPQ_.css")).body, "plain");
  });
});
