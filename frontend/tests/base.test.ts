import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { basePath, rebased, withBase, withoutBase } from "../src/lib/base.ts";

describe("below a path of its own", () => {
  test("what comes in loses the path, and is nothing outside it", () => {
    assert.equal(withoutBase("/netwerk/themas/?x=1", "/netwerk"), "/themas/?x=1");
    assert.equal(withoutBase("/netwerk", "/netwerk"), "/");
    assert.equal(withoutBase("/netwerk?x=1", "/netwerk"), "/?x=1");
    assert.equal(withoutBase("/netwerken/", "/netwerk"), null);
    assert.equal(withoutBase("/themas/", "/netwerk"), null);
  });

  test("addresses of this host get it, those of others do not", () => {
    const html =
      '<a href="/themas/">x</a><a href="https://elders.nl/a">x</a><a href="//elders.nl/">x</a><a href="#kop">x</a>' +
      '<img src="/media/a.webp" srcset="/media/a.webp 400w, /media/b.webp 800w"><form action="/zoeken/"></form>';
    assert.equal(
      rebased(html, "/netwerk"),
      '<a href="/netwerk/themas/">x</a><a href="https://elders.nl/a">x</a><a href="//elders.nl/">x</a><a href="#kop">x</a>' +
        '<img src="/netwerk/media/a.webp" srcset="/netwerk/media/a.webp 400w, /netwerk/media/b.webp 800w">' +
        '<form action="/netwerk/zoeken/"></form>',
    );
    assert.equal(withBase("/themas/", "/netwerk"), "/netwerk/themas/");
    assert.equal(withBase("https://elders.nl/", "/netwerk"), "https://elders.nl/");
  });

  test("a path that is none is refused at the start", (context) => {
    context.after(() => delete process.env.BASE_PATH);
    process.env.BASE_PATH = "netwerk";
    assert.throws(basePath, /BASE_PATH is "netwerk"/);
    process.env.BASE_PATH = "/netwerk/";
    assert.equal(basePath(), "/netwerk");
    process.env.BASE_PATH = "/";
    assert.equal(basePath(), "");
  });
});
