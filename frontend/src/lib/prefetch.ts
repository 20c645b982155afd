/**
 * Lets browsers that can do so fetch a page when a reader presses its link, before the click is whole. Not earlier: what was
 * fetched while a pointer rests on a link may be old when it is shown, and asks much for what nobody reads.
 */
const ADDRESS = "/prefetch.json";
const MEDIA_TYPE = "application/speculationrules+json";
const NO_PAGES = ["admin", "api", "documenten", "media", "meelezen", "static", "voorbeeld"];

/** Give the rules, where they stand; null at every other address. */
export function prefetchRulesAt(pathname: string, base: string): Response | null {
  if (pathname !== ADDRESS) return null;
  const others = [...NO_PAGES.map((folder) => `${base}/${folder}/*`), `${base}/*.*`];
  const where = { and: [{ href_matches: `${base}/*` }, { not: { href_matches: others } }] };
  const rules = { prefetch: [{ where, eagerness: "conservative" }] };
  return new Response(JSON.stringify(rules), {
    headers: { "Content-Type": MEDIA_TYPE, "Cache-Control": "public, max-age=86400" },
  });
}

/** Name the rules in the answer with a page that everybody may see. */
export function nameRules(answer: Response, base: string): void {
  if (answer.status === 200 && answer.headers.get("Content-Type")?.startsWith("text/html")) {
    answer.headers.set("Speculation-Rules", `"${base}${ADDRESS}"`);
  }
}
