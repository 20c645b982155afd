/** Pages with a password: asked for in a form, given to the API once, and opened by the proof in a cookie. */
import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { describe, test } from "node:test";
import { proofsOf } from "../src/lib/access.ts";
import { isForm, isOwn } from "../src/lib/posting.ts";
import { routeOf, type Route } from "../src/lib/route.ts";
import { json, withCms } from "./stub.ts";

const VIEW = { soort: "inhoud", taal: "nl", url: "/besloten/", titel: "Notulen" };
const CLOSED = { type: "x", title: "Wachtwoord nodig", status: 403, detail: "x", toegang: "wachtwoord", inlogadres: "" };

function form(body: string, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost/besloten/?x=1", {
    method: "POST",
    body,
    // As every browser sends it.
    headers: { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": String(body.length), ...headers },
  });
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  let text = "";
  for await (const piece of request) text += String(piece);
  return JSON.parse(text) as Record<string, string>;
}

async function given(status: number, request: Request): Promise<Route> {
  let route: Route | undefined;
  await withCms(
    (url, response) =>
      url.pathname.endsWith("/toegangsbewijzen")
        ? json(response, status === 201 ? { bewijs: "een:twee", geldigTot: "2026-12-01T00:00:00Z" } : {}, status)
        : json(response, CLOSED, 403),
    async () => {
      route = await routeOf(request);
    },
  );
  assert.ok(route);
  return route;
}

describe("a page with a password", () => {
  test("says so, and its answer says nothing of what stands there", async () => {
    await withCms(
      (_url, response) => json(response, CLOSED, 403),
      async () => {
        const route = await routeOf(new Request("http://localhost/en/besloten/?x=1"));
        assert.equal(route.outcome, "restricted");
        assert.ok(route.outcome === "restricted");
        assert.deepEqual(
          [route.status, route.language, route.refused, route.address],
          [403, "en", null, "/en/besloten/?x=1"],
        );
      },
    );
  });

  test("opens with the right password, by a cookie that scripts can't read", async () => {
    const route = await given(201, form("wachtwoord=welkom"));
    assert.ok(route.outcome === "opened");
    assert.equal(route.location, "/besloten/?x=1");
    assert.match(route.cookie, /^toegang=een%3Atwee; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/);
    const secure = await given(201, form("wachtwoord=welkom", { "X-Forwarded-Proto": "https" }));
    assert.ok(secure.outcome === "opened");
    assert.match(secure.cookie, /; Secure$/);
  });

  test("stays closed with a wrong one, or after too many", async () => {
    for (const [status, refused] of [
      [403, "wrong"],
      [429, "often"],
    ] as const) {
      const route = await given(status, form("wachtwoord=fout"));
      assert.ok(route.outcome === "restricted");
      assert.deepEqual([route.status, route.refused], [status, refused]);
    }
  });

  test("gets the password in what is sent, never in an address", async () => {
    let sent: Record<string, string> = {};
    const asked = await withCms(
      (_url, response, request) => {
        void bodyOf(request).then((body) => {
          sent = body;
          json(response, { bewijs: "een" }, 201);
        });
      },
      async () => void (await routeOf(form("wachtwoord=w%C3%A9lkom+1"))),
    );
    assert.deepEqual(sent, { pad: "/besloten/", wachtwoord: "wélkom 1" });
    assert.deepEqual(asked, ["/api/v1/toegangsbewijzen"]);
  });

  test("is asked for with the proofs of the cookie, and its answer is this reader's own", async () => {
    let header: string | string[] | undefined;
    await withCms(
      (_url, response, request) => {
        header = request.headers.toegangsbewijs;
        json(response, VIEW);
      },
      async () => {
        const headers = { Cookie: "x=1; toegang=een%3Atwee%2Cdrie" };
        const route = await routeOf(new Request("http://localhost/besloten/", { headers }));
        assert.ok(route.outcome === "page" && route.personal);
      },
    );
    assert.equal(header, "een:twee,drie");
  });
});

test("a cookie that could not be ours counts for nothing", () => {
  for (const cookie of ["", "toegang=", "toegang=%0d%0aX: 1", "toegang=%zz", "anders=een"]) {
    assert.equal(proofsOf(new Request("http://localhost/", { headers: { Cookie: cookie } })), "");
  }
});

test("a form of another site is not taken", () => {
  assert.ok(isForm(form("x=1")));
  assert.ok(!isForm(new Request("http://localhost/", { method: "POST", body: "{}" })));
  assert.ok(!isForm(form("x=1", { "Content-Length": String(64 * 1024 + 1) })), "larger than a form can be");
  assert.ok(!isForm(form("x=1", { "Content-Length": "" })), "of a size that nobody tells");
  for (const [headers, own] of [
    [{ origin: "http://localhost", host: "localhost" }, true],
    [{ origin: "https://elders.example", host: "localhost" }, false],
    [{ origin: "null", host: "localhost" }, false],
    [{ "sec-fetch-site": "cross-site" }, false],
    [{}, true],
  ] as const) {
    assert.equal(isOwn({ headers: new Headers(headers as Record<string, string>) } as Request), own);
  }
});
