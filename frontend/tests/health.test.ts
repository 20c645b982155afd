import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withCms } from "./stub.ts";

type Health = typeof import("../src/lib/health.ts");
let modules = 0;

/** The answer to a probe of a frontend that just started. */
async function probe(path: string): Promise<Response | null> {
  const { healthAt } = (await import(`../src/lib/health.ts?${++modules}`)) as Health;
  return healthAt(path);
}

describe("a probe hears", () => {
  test("that the process lives, whatever the CMS does", async () => {
    process.env.CMS_API_URL = "http://127.0.0.1:1/api/v1";
    assert.equal((await probe("/status/leeft"))?.status, 200);
  });

  test("that pages can be served when the API answers, or is closed for maintenance", async () => {
    for (const [status, headers] of [
      [200, {}],
      [503, { "Retry-After": "600" }],
    ] as const) {
      await withCms(
        (_url, response) => response.writeHead(status, headers).end("{}"),
        async () => {
          const answer = await probe("/status/gereed");
          assert.equal(answer?.status, 200);
          assert.equal(answer.headers.get("Cache-Control"), "no-store");
        },
      );
    }
  });

  test("that they can't, and why, when it is away or broken", async () => {
    process.env.CMS_API_URL = "http://127.0.0.1:1/api/v1";
    const away = await probe("/status/gereed");
    assert.equal(away?.status, 503);
    assert.match(await away.text(), /geen antwoord/);
    await withCms(
      (_url, response) => response.writeHead(500).end(),
      async () => assert.equal((await probe("/status/gereed"))?.status, 503),
    );
  });

  test("nothing at other addresses", async () => {
    assert.equal(await probe("/"), null);
    assert.equal(await probe("/status/"), null);
  });
});
