import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import { routeOf, type Route } from "../src/lib/route.ts";
import { json, withCms } from "./stub.ts";

const VIEW = { soort: "thema", taal: "nl", url: "/themas/zorg/", titel: "Zorg en veiligheid" };
const routeAt = (path: string): Promise<Route> => routeOf(new Request(`http://localhost${path}`));

function silence(context: TestContext): { lines: () => string[] } {
  const log = context.mock.method(console, "error", () => undefined);
  return { lines: () => log.mock.calls.map((call) => String(call.arguments[0])) };
}

describe("an address", () => {
  test("is asked again when the connection breaks under the question", async () => {
    let broken = false;
    await withCms(
      (_url, response, request) => {
        if (broken) return json(response, VIEW);
        broken = true;
        request.socket.destroy();
      },
      async () => assert.equal((await routeAt("/themas/zorg/")).outcome, "page"),
    );
    assert.ok(broken);
  });

  test("gives the page and what stands around it, each asked once, the query included", async () => {
    const asked = await withCms(
      (_url, response) => json(response, VIEW),
      async () => {
        const route = await routeAt("/kennisbank/?thema=zorg&pagina=2");
        assert.equal(route.outcome, "page");
        assert.equal(route.outcome === "page" && route.view.titel, VIEW.titel);
      },
    );
    assert.deepEqual(asked.sort(), [
      "/api/v1/navigatie?taal=nl",
      "/api/v1/paginas/op-pad?pad=%2Fkennisbank%2F%3Fthema%3Dzorg%26pagina%3D2",
    ]);
  });

  test("without its last slash leads to the one with, its query kept, before anything is asked", async () => {
    const asked = await withCms(
      (_url, response) => json(response, VIEW),
      async () => {
        assert.deepEqual(await routeAt("/themas/zorg?x=1"), {
          outcome: "redirect",
          status: 301,
          location: "/themas/zorg/?x=1",
        });
      },
    );
    assert.deepEqual(asked, []);
  });

  test("of a file gets no slash", async () => {
    const asked = await withCms(
      (_url, response) => response.end("tekst"),
      async () => assert.equal((await routeAt("/documenten/7/leesmij")).outcome, "file"),
    );
    assert.deepEqual(asked, ["/documenten/7/leesmij"]);
  });

  test("of a feed that a page does not have is missing, in the language of the address", async () => {
    await withCms(
      (_url, response) => response.writeHead(404).end("niets"),
      async () => {
        const route = await routeAt("/en/about/nieuw.atom");
        assert.equal(route.outcome, "missing");
        assert.equal(route.outcome === "missing" && route.language, "en");
      },
    );
  });

  test("that moved leads on, for good or for now", async () => {
    for (const [permanent, status] of [
      [true, 301],
      [false, 302],
    ] as const) {
      await withCms(
        (_url, response) => json(response, { soort: "doorverwijzing", naar: "/themas/", permanent }),
        async () => assert.deepEqual(await routeAt("/oud/"), { outcome: "redirect", status, location: "/themas/" }),
      );
    }
  });

  test("where nothing stands is missing, with the menu of its language and what helps on", async () => {
    const help = { zoekwoorden: "nothing", nabij: [{ titel: "Nothing new", url: "/en/nothing-new/", taal: null }] };
    await withCms(
      (_url, response) => json(response, { status: 404, ...help, zoekadres: "/en/search/" }, 404),
      async () => {
        const route = await routeAt("/en/nothing/");
        assert.equal(route.outcome, "missing");
        assert.equal(route.outcome === "missing" && route.layout.taal, "en");
        assert.deepEqual(route.outcome === "missing" && route.missing, help);
      },
    );
  });

  test("that can't be one of a page is missing too, without help", async () => {
    await withCms(
      (_url, response) => json(response, { status: 404 }, 404),
      async () => {
        for (const path of ["/a%00b/", "//a//b/"]) {
          const route = await routeAt(path);
          assert.deepEqual(route.outcome === "missing" && route.missing, { zoekwoorden: "", nabij: [] }, path);
        }
      },
    );
  });
});

describe("when the CMS", () => {
  test("is away, every address is unavailable in its language; one line tells so, and one that it is back", async (context) => {
    const { lines } = silence(context);
    process.env.CMS_API_URL = "http://127.0.0.1:1/api/v1";
    for (const [path, language] of [
      ["/", "nl"],
      ["/en/", "en"],
      ["/de/themen/", "de"],
      ["/media/images/a.jpg", "nl"],
    ]) {
      assert.deepEqual(await routeAt(path ?? "/"), { outcome: "unavailable", status: 503, language });
    }
    assert.equal(lines().length, 1);
    assert.match(lines()[0] ?? "", /does not answer: http:\/\/127\.0\.0\.1:1\//);
    await withCms(
      (_url, response) => json(response, VIEW),
      async () => assert.equal((await routeAt("/")).outcome, "page"),
    );
    assert.equal(lines().length, 2);
    assert.match(lines()[1] ?? "", /answers again/);
  });

  test("has an error of its own, or answers with something else than JSON, a page is unavailable", async (context) => {
    silence(context);
    for (const [status, body] of [
      [500, "oops"],
      [429, "slow down"],
      [200, "<html>"],
    ] as const) {
      await withCms(
        (_url, response) => response.writeHead(status).end(body),
        async () => assert.equal((await routeAt("/")).outcome, "unavailable", String(status)),
      );
    }
  });

  test("is closed for maintenance, every address says so for as long as the CMS does, and no outage is told", async (context) => {
    const { lines } = silence(context);
    for (const path of ["/", "/en/themes/", "/documenten/7/plan.pdf"]) {
      await withCms(
        (_url, response) => response.writeHead(503, { "Retry-After": "600" }).end("{}"),
        async () => {
          const language = path.startsWith("/en/") ? "en" : "nl";
          assert.deepEqual(await routeAt(path), { outcome: "maintenance", status: 503, language, retryAfter: "600" });
        },
      );
    }
    assert.deepEqual(lines(), []);
  });

  test("is away without saying for how long, that is no maintenance", async (context) => {
    silence(context);
    await withCms(
      (_url, response) => response.writeHead(503).end(),
      async () => assert.equal((await routeAt("/")).outcome, "unavailable"),
    );
  });

  test("takes longer than the limit, a page is unavailable", async (context) => {
    silence(context);
    context.mock.method(AbortSignal, "timeout", () => AbortSignal.abort(new DOMException("too late", "TimeoutError")));
    await withCms(
      () => undefined,
      async () => assert.equal((await routeAt("/")).outcome, "unavailable"),
    );
  });
});
