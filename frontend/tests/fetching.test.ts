/** A question to the CMS says that readers use https: Django's production settings send a plain one to https instead. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import test from "node:test";
import { fetchAgain } from "../src/lib/fetching.ts";

test("a question keeps its own headers and says that readers use https", async () => {
  const server = createServer((request, response) => response.end(JSON.stringify(request.headers)));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const signal = AbortSignal.timeout(5000);
    const answer = await fetchAgain(url, { headers: { "If-None-Match": '"een"' }, signal });
    const heard = (await answer.json()) as Record<string, string>;
    assert.equal(heard["x-forwarded-proto"], "https");
    assert.equal(heard["if-none-match"], '"een"');
  } finally {
    server.close();
  }
});
