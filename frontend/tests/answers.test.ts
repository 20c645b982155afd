/** Answers are asked for every time, and given again only where the CMS says that nothing has changed. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { layoutIn, pageAt } from "../src/lib/api.ts";
import { MOST, MOST_CHARACTERS, size } from "../src/lib/answers.ts";
import { json, withCms } from "./stub.ts";

const PUBLIC = { "Content-Type": "application/json", "Cache-Control": "public, max-age=0, must-revalidate" };

interface Page {
  titel: string;
}

async function titleAt(path: string): Promise<string> {
  const found = await pageAt(path, "");
  assert.ok("answer" in found);
  return (found.answer as unknown as Page).titel;
}

describe("an answer of the CMS", () => {
  test("is asked for again each time, and told once while it stays the same", async () => {
    let title = "Zorg";
    const told: number[] = [];
    const asked = await withCms(
      (_url, response, request) => {
        const etag = `W/"${title}"`;
        const same = request.headers["if-none-match"] === etag;
        told.push(same ? 304 : 200);
        if (same) response.writeHead(304, { ...PUBLIC, ETag: etag }).end();
        else response.writeHead(200, { ...PUBLIC, ETag: etag }).end(JSON.stringify({ titel: title }));
      },
      async () => {
        assert.equal(await titleAt("/een/"), "Zorg");
        assert.equal(await titleAt("/een/"), "Zorg");
        title = "Jeugd";
        assert.equal(await titleAt("/een/"), "Jeugd");
        assert.equal(await titleAt("/een/"), "Jeugd");
      },
    );
    assert.deepEqual(told, [200, 304, 200, 304]);
    assert.equal(asked.length, 4);
  });

  test("that is no longer public is forgotten", async () => {
    let status = 200;
    await withCms(
      (_url, response) =>
        status === 200
          ? response.writeHead(200, { ...PUBLIC, ETag: 'W/"1"' }).end(JSON.stringify({ titel: "Besloten" }))
          : json(response, { status }, status),
      async () => {
        assert.equal(await titleAt("/twee/"), "Besloten");
        const before = size().answers;
        status = 404;
        assert.ok("missing" in (await pageAt("/twee/", "")));
        assert.equal(size().answers, before - 1);
      },
    );
  });

  test("for one reader, or without a name, is never kept", async () => {
    const before = size();
    const asked: (string | undefined)[] = [];
    for (const headers of [
      { "Cache-Control": "private, no-store", ETag: 'W/"1"' },
      { "Cache-Control": "public, max-age=0" },
      { ETag: 'W/"1"' },
    ]) {
      await withCms(
        (_url, response, request) => {
          asked.push(request.headers["if-none-match"]);
          response.writeHead(200, headers as Record<string, string>).end(JSON.stringify({ titel: "Eigen" }));
        },
        async () => {
          await titleAt("/drie/");
          await titleAt("/drie/");
        },
      );
    }
    assert.deepEqual(asked, new Array(6).fill(undefined));
    assert.deepEqual(size(), before);
  });

  test("makes room for others: memory has its limits", async () => {
    const body = JSON.stringify({ titel: "x".repeat(1000) });
    await withCms(
      (_url, response) => response.writeHead(200, { ...PUBLIC, ETag: 'W/"1"' }).end(body),
      async () => {
        for (let number = 0; number < MOST + 20; number += 1) await titleAt(`/vier/${String(number)}/`);
        assert.equal(size().answers, MOST);
        assert.ok(size().characters <= MOST_CHARACTERS);
        assert.ok(await layoutIn("nl"));
      },
    );
  });
});
