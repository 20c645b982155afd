/** Stands before every route: probes, reading as all that the site offers, forms aside, and the headers of every answer. */
import { defineMiddleware } from "astro:middleware";
import { basePath, rebased, withBase } from "./lib/base.ts";
import { healthAt } from "./lib/health.ts";
import { nameRules, prefetchRulesAt } from "./lib/prefetch.ts";
import { isForm, isOwn } from "./lib/posting.ts";
import { isDraft } from "./lib/preview.ts";
import { secure } from "./lib/security.ts";

const base = basePath();

export const onRequest = defineMiddleware(async ({ request, url: { pathname } }, next) => {
  if (isForm(request)) {
    const answer = isOwn(request) ? await next() : new Response("Forbidden", { status: 403 });
    return secure(base ? await below(base, answer) : answer, pathname);
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return secure(new Response("Method Not Allowed", { status: 405, headers: { Allow: "GET, HEAD" } }));
  }
  const answer = (await healthAt(pathname)) ?? prefetchRulesAt(pathname, base) ?? (await next());
  if (!isDraft(pathname)) nameRules(answer, base);
  return secure(base ? await below(base, answer) : answer, pathname);
});

/** The answer with the addresses that a reader's browser needs, of a frontend below a path. */
async function below(base: string, answer: Response): Promise<Response> {
  const location = answer.headers.get("Location");
  if (location) answer.headers.set("Location", withBase(location, base));
  if (!answer.headers.get("Content-Type")?.startsWith("text/html")) return answer;
  return new Response(rebased(await answer.text(), base), answer);
}
