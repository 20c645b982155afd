import assert from "node:assert/strict";
import { test } from "node:test";
import { nameRules, prefetchRulesAt } from "../src/lib/prefetch.ts";

interface Rules {
  prefetch: { where: { and: [{ href_matches: string }, { not: { href_matches: string[] } }] }; eagerness: string }[];
}

test("pages are fetched early when their link is pressed, files and drafts never", async () => {
  const answer = prefetchRulesAt("/prefetch.json", "/netwerk");
  assert.equal(answer?.headers.get("Content-Type"), "application/speculationrules+json");
  const [rule] = ((await answer.json()) as Rules).prefetch;
  assert.equal(rule?.eagerness, "conservative");
  const [pages, others] = rule.where.and;
  assert.equal(pages.href_matches, "/netwerk/*");
  for (const folder of ["voorbeeld", "documenten"]) assert.ok(others.not.href_matches.includes(`/netwerk/${folder}/*`));
  assert.equal(prefetchRulesAt("/themas/", ""), null);
});

test("the rules are named with pages only", () => {
  const named = (status: number, type: string): string | null => {
    const answer = new Response("", { status, headers: { "Content-Type": type } });
    nameRules(answer, "");
    return answer.headers.get("Speculation-Rules");
  };
  assert.equal(named(200, "text/html; charset=utf-8"), '"/prefetch.json"');
  assert.equal(named(404, "text/html"), null);
  assert.equal(named(200, "application/pdf"), null);
});
