import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { freshLayoutIn, pageAt } from "../src/lib/api.ts";
import { type Freshness, freshnessOf, headersOf, isKnown } from "../src/lib/freshness.ts";
import { withCms } from "./stub.ts";

const PUBLIC = "public, max-age=0, stale-while-revalidate=1";

function part(values: Partial<Freshness> = {}): Freshness {
  return { etag: 'W/"1"', cacheControl: PUBLIC, tags: ["pagina-1"], ...values };
}

describe("a page", () => {
  test("has a tag of its own, that changes with each answer it is made of and with the build", () => {
    const tags = [
      headersOf([part(), part()], "build"),
      headersOf([part({ etag: 'W/"2"' }), part()], "build"),
      headersOf([part(), part({ etag: 'W/"2"' })], "build"),
      headersOf([part(), part()], "other build"),
    ].map((headers) => headers?.ETag);
    assert.equal(new Set(tags).size, 4);
    assert.equal(headersOf([part(), part()], "build")?.ETag, tags[0]);
    assert.match(tags[0] ?? "", /^W\/"[\w-]{22}"$/);
  });

  test("tells caches what all its answers are about, and to keep it no longer than the shortest", () => {
    const headers = headersOf(
      [part({ cacheControl: "public, max-age=0, s-maxage=60" }), part({ cacheControl: "public, max-age=0, s-maxage=9", tags: ["menu-1", "pagina-1"] })],
      "build",
    );
    assert.equal(headers?.["Cache-Tag"], "pagina-1,menu-1");
    assert.equal(headers["Cache-Control"], "public, max-age=0, s-maxage=9");
    assert.equal(headers.Vary, "Cookie");
    assert.equal(headersOf([part(), part({ cacheControl: "public, s-maxage=60" })], "build")?.["Cache-Control"], PUBLIC);
  });

  test("is for nobody to keep where one of its answers is not everybody's", () => {
    assert.equal(headersOf([part(), null], "build"), null);
    assert.equal(headersOf([], "build"), null);
    const headers = { ETag: '"1"', "Cache-Control": "public" };
    assert.notEqual(freshnessOf(new Response("{}", { headers })), null);
    assert.equal(freshnessOf(new Response("{}", { headers: { ...headers, "Cache-Control": "private, no-store" } })), null);
    assert.equal(freshnessOf(new Response("{}", { headers: { "Cache-Control": "public" } })), null);
    assert.equal(freshnessOf(new Response("{}", { headers, status: 404 })), null);
  });

  test("is known to who names its tag, among others too", () => {
    const asking = (value: string): Request => new Request("http://x/", { headers: { "If-None-Match": value } });
    for (const value of ['W/"a"', '"a"', '"b", W/"a"', "*"]) assert.ok(isKnown(asking(value), 'W/"a"'), value);
    for (const value of ['W/"b"', "a", ""]) assert.ok(!isKnown(asking(value), 'W/"a"'), value);
    assert.ok(!isKnown(new Request("http://x/"), 'W/"a"'));
  });
});

test("an answer from memory tells as much of its freshness as the one that came whole", async () => {
  const headers = { "Content-Type": "application/json", "Cache-Control": PUBLIC, ETag: 'W/"7"' };
  const told: number[] = [];
  await withCms(
    (_url, response, request) => {
      const same = request.headers["if-none-match"] === headers.ETag;
      told.push(same ? 304 : 200);
      // A 304 has no tags, and may say another time.
      if (same) response.writeHead(304, { ...headers, "Cache-Control": "public, max-age=0, s-maxage=5" }).end();
      else response.writeHead(200, { ...headers, "Cache-Tag": "pagina-7, term-2" }).end('{"titel": "Zorg"}');
    },
    async () => {
      const [first, again] = [await pageAt("/zeven/", ""), await pageAt("/zeven/", "")];
      assert.ok("answer" in first && "answer" in again);
      assert.deepEqual(first.fresh, { etag: 'W/"7"', cacheControl: PUBLIC, tags: ["pagina-7", "term-2"] });
      assert.deepEqual(again.fresh, { ...first.fresh, cacheControl: "public, max-age=0, s-maxage=5" });
      // This menu tells nothing of itself.
      assert.equal((await freshLayoutIn("nl")).fresh, null);
    },
  );
  assert.deepEqual(told, [200, 304]);
});
