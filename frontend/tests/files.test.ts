import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileAt } from "../src/lib/files.ts";
import { withCms } from "./stub.ts";

const fetched = (path: string, init?: RequestInit): Promise<Response | null> =>
  fileAt(new Request(`http://localhost${path}`, init));

describe("a file of the CMS", () => {
  test("is passed on with what a browser needs to know of it, and without cookies", async () => {
    const asked = await withCms(
      (_url, response) =>
        response
          .writeHead(200, {
            "Content-Type": "application/pdf",
            "Content-Disposition": 'inline; filename="plan.pdf"',
            "Content-Security-Policy": "default-src 'none'",
            ETag: '"een"',
            "Set-Cookie": "sessie=1",
            Server: "intern",
          })
          .end("%PDF"),
      async () => {
        const file = await fetched("/documenten/7/plan.pdf?x=1");
        assert.equal(await file?.text(), "%PDF");
        assert.deepEqual(Object.keys(Object.fromEntries(file?.headers ?? [])).sort(), [
          "content-disposition",
          "content-security-policy",
          "content-type",
          "etag",
        ]);
      },
    );
    assert.deepEqual(asked, ["/documenten/7/plan.pdf?x=1"]);
  });

  test("may be asked for in part, or only if it changed, and never with the reader's cookies", async () => {
    await withCms(
      (_url, response, request) => {
        assert.equal(request.headers.range, "bytes=0-1");
        assert.equal(request.headers["if-none-match"], '"een"');
        assert.equal(request.headers.cookie, undefined);
        assert.equal(request.headers.authorization, undefined);
        response.writeHead(304).end();
      },
      async () => {
        const headers = { Range: "bytes=0-1", "If-None-Match": '"een"', Cookie: "a=1", Authorization: "Bearer x" };
        assert.equal((await fetched("/media/images/a.jpg", { headers }))?.status, 304);
      },
    );
  });

  test("of a private page goes to who gave its password, and only documents are asked for so", async () => {
    const sent: unknown[] = [];
    await withCms(
      (_url, response, request) => {
        sent.push(request.headers.toegangsbewijs, request.headers.cookie);
        response.writeHead(200, { "Cache-Control": "private, no-store" }).end("%PDF");
      },
      async () => {
        const headers = { Cookie: "a=1; toegang=een%3Atwee" };
        const file = await fetched("/documenten/7/plan.pdf", { headers });
        assert.equal(file?.headers.get("cache-control"), "private, no-store");
        await fetched("/media/images/a.jpg", { headers });
      },
    );
    assert.deepEqual(sent, ["een:twee", undefined, undefined, undefined]);
  });

  test("that is not public is not there: neither an error of the CMS nor its log-in page is passed on", async () => {
    for (const status of [301, 302, 401, 403, 404]) {
      await withCms(
        (_url, response) => response.writeHead(status, { Location: "/admin/login/" }).end("geheim"),
        async () => assert.equal(await fetched("/documenten/7/plan.pdf"), null, String(status)),
      );
    }
  });

  test("may be what search engines, feed readers and browsers ask for by itself", async () => {
    const paths = [
      "/sitemap.xml",
      "/sitemap-2.xml",
      "/robots.txt",
      "/.well-known/security.txt",
      "/favicon.ico",
      "/apple-touch-icon.png",
      "/icon-192.png",
      "/icon-512.png",
      "/manifest.webmanifest",
      "/nieuw.atom",
      "/en/nieuw.atom",
      "/themas/ondermijning/nieuw.atom",
      "/themas/%C3%A9%C3%A9n/nieuw.atom",
      "/kennisbank/nieuw.atom?thema=ondermijning&zoek=boa",
      "/en/knowledge-base/publicaties.csv?jaar=2026",
      "/gemeenten/prioriteiten/prioriteiten.csv?district=twente",
      "/api/v1/publicaties/aanvullingen?zoek=le",
      "/api/v1/zoeken/aanvullingen?taal=en&zoek=le",
    ];
    const asked = await withCms(
      (_url, response) =>
        response.writeHead(200, { "Content-Type": "text/plain", ETag: '"een"', "Last-Modified": "gisteren" }).end("x"),
      async () => {
        for (const path of paths) {
          const file = await fetched(path);
          assert.equal(await file?.text(), "x", path);
          assert.equal(file?.headers.get("last-modified"), "gisteren");
        }
      },
    );
    assert.deepEqual(asked, paths);
  });

  test("is only that, and what stands under media or documents: no other address reaches the CMS", async () => {
    const asked = await withCms(
      (_url, response) => response.end("beheer"),
      async () => {
        for (const path of [
          "/admin/",
          "/static/cms/site.css",
          "/media",
          "/mediatheek/",
          "/media/../admin/",
          "/media/%2e%2e/admin/",
          "/media/..%2fadmin/",
          "/media/..%5cadmin/",
          "/documenten/x%00y",
          "/sitemap.xml/admin/",
          "/sitemap-x.xml",
          "/.well-known/change-password",
          "/anders.atom",
          "/publicaties.csv",
          "/admin/publicaties.csv/x",
          "/api/v1/paginas?x=/nieuw.atom",
          "/api/v1/publicaties",
          "/api/v1/publicaties/aanvullingen/x",
          "/api/v1/zoeken",
          "/admin%2fnieuw.atom",
          "//evil.example/nieuw.atom",
        ]) {
          assert.equal(await fetched(path), null, path);
        }
      },
    );
    assert.deepEqual(asked, []);
  });
});
