import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Layout, PageView } from "../src/lib/contract.ts";
import { absolute, currentState, withTrailingSlash } from "../src/lib/paths.ts";

const link = (url: string) => ({ titel: url, url, taal: null });

describe("a page's address", () => {
  test("gets the slash that it ends in", () => {
    assert.equal(withTrailingSlash("/themas/ondermijning"), "/themas/ondermijning/");
    assert.equal(withTrailingSlash("/en"), "/en/");
    assert.equal(withTrailingSlash("/s%C3%BAdwest"), "/s%C3%BAdwest/");
  });

  test("stays as it is when it ends in a slash", () => {
    assert.equal(withTrailingSlash("/"), null);
    assert.equal(withTrailingSlash("/themas/"), null);
  });

  test("is no file's name, and never another host", () => {
    for (const other of ["/plan.pdf", "//evil.example", "/a//b", "/%2Fevil.example", "/%5Cevil.example", "/%E0%A4%A"]) {
      assert.equal(withTrailingSlash(other), null, other);
    }
  });
});

test("a menu entry is current on its own page and on pages below it, not because of the home page", () => {
  const view = { url: "/themas/zorg/", kruimelpad: [link("/"), link("/themas/")] } as PageView;
  assert.equal(currentState(link("/themas/zorg/"), view), "page");
  assert.equal(currentState(link("/themas/"), view), "true");
  assert.equal(currentState(link("/"), view), undefined);
  assert.equal(currentState(link("/themas/"), undefined), undefined);
});

test("a full address has the site's own host, not the one that the reader asked", () => {
  const layout = { basisadres: "https://voorbeeld.nl" } as Layout;
  assert.equal(absolute(layout, "/themas/"), "https://voorbeeld.nl/themas/");
  assert.equal(absolute(layout, "https://elders.example/x"), "https://elders.example/x");
});
