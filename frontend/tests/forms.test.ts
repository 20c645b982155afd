import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bodyOf } from "../src/lib/forms.ts";
import { isForm, isOwn } from "../src/lib/posting.ts";
import { routeOf, type Route } from "../src/lib/route.ts";
import { json, withCms } from "./stub.ts";

const VIEW = { soort: "inhoud", taal: "nl", url: "/contact/", titel: "Contact" };
const FORM = "application/x-www-form-urlencoded";

function posted(body: string, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost/contact/", {
    method: "POST",
    body,
    headers: { "content-type": FORM, "content-length": String(body.length), host: "localhost", ...headers },
  });
}

async function answered(status: number, body: unknown): Promise<{ route: Route; sent: unknown; reader: unknown }> {
  let sent = "";
  let reader: unknown;
  let route: Route | undefined;
  await withCms(
    (url, response, request) => {
      if (!url.pathname.endsWith("/inzendingen")) return json(response, VIEW);
      reader = request.headers["reader-address"];
      request.on("data", (part) => (sent += String(part)));
      request.on("end", () => json(response, body, status));
    },
    async () => {
      const form = "formulier=7&stempel=12%3Aab&website=&veld-naam=Jan&veld-thema=a&veld-thema=b&anders=x";
      route = await routeOf(posted(form, { "x-forwarded-for": "192.0.2.1, 10.0.0.7" }));
    },
  );
  assert.ok(route);
  return { route, sent: sent ? JSON.parse(sent) : null, reader };
}

describe("a form", () => {
  test("is passed on with its answers, and the reader goes to the thanks", async () => {
    const { route, sent, reader } = await answered(201, { bedanktTekst: "Bedankt" });
    assert.deepEqual(sent, {
      antwoorden: { naam: ["Jan"], thema: ["a", "b"] },
      stempel: "12:ab",
      website: "",
      pagina: "/contact/",
    });
    assert.equal(reader, "10.0.0.7");
    assert.deepEqual(route, { outcome: "redirect", status: 303, location: "/contact/?verzonden=7#formulier-7" });
  });

  test("on a page with a password goes with the proof that the reader gave it", async () => {
    const proofs: unknown[] = [];
    await withCms(
      (url, response, request) => {
        if (url.pathname.endsWith("/inzendingen")) proofs.push(request.headers["toegangsbewijs"]);
        json(response, {}, 201);
      },
      async () => {
        await routeOf(posted("formulier=7", { cookie: "toegang=abc%3Adef" }));
        await routeOf(posted("formulier=7"));
      },
    );
    assert.deepEqual(proofs, ["abc:def", undefined]);
  });

  test("that came back is shown within its page, with the status of the CMS", async () => {
    for (const status of [400, 429] as const) {
      const { route } = await answered(status, { errors: [], melding: "Fout", weergave: VIEW });
      assert.equal(route.outcome, "form");
      assert.ok(route.outcome === "form");
      assert.deepEqual([route.status, route.view.titel], [status, "Contact"]);
    }
  });

  test("that the CMS does not know leaves the page as it is", async () => {
    const { route } = await answered(404, {});
    assert.equal(route.outcome, "page");
  });

  test("is no form without a number, and nothing is sent", async () => {
    assert.deepEqual(bodyOf(new URLSearchParams("x=1"), "/contact/").antwoorden, {});
    const asked = await withCms(
      (_url, response) => json(response, VIEW),
      async () => assert.equal((await routeOf(posted("formulier=../1"))).outcome, "page"),
    );
    assert.ok(asked.every((address) => !address.includes("inzendingen")));
  });

  test("is known by its method, its type and its size", () => {
    assert.ok(isForm(posted("a=1")));
    assert.ok(isForm(posted("a=1", { "content-type": `${FORM}; charset=UTF-8` })));
    assert.ok(!isForm(posted("{}", { "content-type": "application/json" })));
    assert.ok(!isForm(posted("a=1", { "content-length": "70000" })));
    assert.ok(!isForm(new Request("http://localhost/contact/")));
  });

  test("is taken from a page of this site only", () => {
    assert.ok(isOwn(posted("", { origin: "https://localhost" })));
    assert.ok(isOwn(posted("", { "sec-fetch-site": "same-origin" })));
    assert.ok(isOwn(posted("")));
    for (const headers of [{ origin: "https://elders.nl" }, { origin: "null" }, { "sec-fetch-site": "cross-site" }]) {
      assert.ok(!isOwn(posted("", headers as Record<string, string>)), JSON.stringify(headers));
    }
  });
});
