import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import { routeOf, type Route } from "../src/lib/route.ts";
import { draftHeaders, headersAt, secure } from "../src/lib/security.ts";
import { json, LAYOUT, withCms } from "./stub.ts";

const KEY = "k".repeat(43);
const SESSION = "s".repeat(43);
const DRAFT = { weergave: { soort: "inhoud", taal: "en", titel: "Concept" }, navigatie: LAYOUT, balk: "", redactie: "http://cms" };

const routeAt = (path: string): Promise<Route> => routeOf(new Request(`http://localhost${path}`));

describe("a draft", () => {
  test("opens by a code, which leads to a session of its own", async () => {
    const asked = await withCms(
      (_url, response) => json(response, { sessie: SESSION }),
      async () =>
        assert.deepEqual(await routeAt(`/voorbeeld/openen/${KEY}`), {
          outcome: "redirect",
          status: 303,
          location: `/voorbeeld/${SESSION}/`,
        }),
    );
    // No key stands in an address that others log.
    assert.deepEqual(asked, ["/api/v1/voorbeeld"]);
  });

  test("is not opened by a program that only looks whether the link works", async () => {
    const asked = await withCms(
      (_url, response) => json(response, { sessie: SESSION }),
      async () => {
        const route = await routeOf(new Request(`http://localhost/voorbeeld/openen/${KEY}`, { method: "HEAD" }));
        assert.equal(route.outcome, "refused");
      },
    );
    assert.deepEqual(asked, []);
  });

  test("is what the CMS gives for a session or for who reads along, and is asked for by POST", async () => {
    for (const [path, question] of [
      [`/voorbeeld/${SESSION}/`, { sessie: SESSION }],
      [`/meelezen/${KEY}/`, { meeleeslink: KEY }],
    ] as const) {
      let body = "";
      await withCms(
        (_url, response, request) => {
          assert.equal(request.method, "POST");
          request.on("data", (part: Buffer) => (body += part.toString()));
          request.on("end", () => json(response, DRAFT));
        },
        async () => {
          const route = await routeAt(path);
          assert.equal(route.outcome === "draft" && route.draft.view.titel, "Concept");
          assert.equal(route.outcome === "draft" && route.language, "en");
        },
      );
      assert.deepEqual(JSON.parse(body), question);
    }
  });

  test("is refused with 403 when the CMS refuses, never shown as the page that the public sees", async () => {
    for (const path of [`/voorbeeld/openen/${KEY}`, `/voorbeeld/${KEY}/`, `/meelezen/${KEY}/`]) {
      await withCms(
        (_url, response) => json(response, { status: 403 }, 403),
        async () => assert.deepEqual(await routeAt(path), { outcome: "refused", status: 403, language: "nl" }),
      );
    }
  });

  test("is unavailable when the CMS is away or answers otherwise", async (context: TestContext) => {
    context.mock.method(console, "error", () => undefined);
    process.env.CMS_API_URL = "http://127.0.0.1:1/api/v1";
    assert.equal((await routeAt(`/voorbeeld/${KEY}/`)).outcome, "unavailable");
    await withCms(
      (_url, response) => json(response, {}, 500),
      async () => assert.equal((await routeAt(`/voorbeeld/${KEY}/`)).outcome, "unavailable"),
    );
  });

  test("does not take the place of a page that is called so", async () => {
    await withCms(
      (_url, response) => json(response, { soort: "inhoud", taal: "nl", url: "/voorbeeld/plan/", titel: "Plan" }),
      async () => assert.equal((await routeAt("/voorbeeld/plan/")).outcome, "page"),
    );
  });
});

describe("the answer with a draft", () => {
  const answer = (editor: string): Headers =>
    secure(new Response("", { headers: draftHeaders(editor) }), `/voorbeeld/${KEY}/`).headers;

  test("is for nobody to keep or list, and tells no address on", () => {
    const headers = answer("http://cms.example:8000");
    assert.equal(headers.get("Cache-Control"), "private, no-store");
    assert.equal(headers.get("X-Robots-Tag"), "noindex, nofollow");
    assert.equal(headers.get("Referrer-Policy"), "no-referrer");
  });

  test("may stand in the editor's frame and load the editor's scripts, and those of no other", () => {
    const headers = answer("http://cms.example:8000");
    const policy = headers.get("Content-Security-Policy") ?? "";
    assert.match(policy, /frame-ancestors 'self' http:\/\/cms\.example:8000(?:;|$)/);
    assert.match(policy, /script-src 'self' http:\/\/cms\.example:8000;/);
    assert.ok(!policy.includes("unsafe"));
    assert.equal(headers.get("X-Frame-Options"), null);
    assert.match(answer("").get("Content-Security-Policy") ?? "", /frame-ancestors 'self'(?:;|$)/);
  });

  test("takes nothing but an origin into its policy", () => {
    for (const editor of ["*", "https://a.example; script-src *", "javascript:x", "https://a.example/pad"]) {
      assert.match(answer(editor).get("Content-Security-Policy") ?? "", /script-src 'self';/, editor);
    }
  });

  test("leaves every other address as it was", () => {
    assert.equal(headersAt("/voorbeeld/")["X-Frame-Options"], "SAMEORIGIN");
    assert.equal(secure(new Response(""), "/").headers.get("X-Frame-Options"), "SAMEORIGIN");
  });
});
