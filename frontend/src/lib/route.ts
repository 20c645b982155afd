/** What an address gives, computed once: all data of the answer, or the answer itself. Components only read it. */
import { languageOf } from "../i18n/index.ts";
import { givePassword, proofsOf } from "./access.ts";
import { freshLayoutIn, layoutIn, NOTHING_NEAR, pageAt } from "./api.ts";
import type { Layout, Missing, PageView, Restricted } from "./contract.ts";
import { fileAt, isFile } from "./files.ts";
import type { Freshness } from "./freshness.ts";
import { sendForm } from "./forms.ts";
import { Maintenance, Unavailable } from "./outage.ts";
import { type Draft, draftAt, isDraft, opensOnce } from "./preview.ts";
import { withTrailingSlash } from "./paths.ts";

export type Route =
  | {
      outcome: "page";
      status: 200;
      language: string;
      layout: Layout;
      view: PageView;
      personal: boolean;
      fresh: (Freshness | null)[];
    }
  | {
      outcome: "restricted";
      status: 401 | 403 | 429;
      language: string;
      layout: Layout;
      restricted: Restricted;
      refused: "wrong" | "often" | null;
      address: string;
    }
  | { outcome: "opened"; location: string; cookie: string }
  | { outcome: "form"; status: 400 | 429; language: string; layout: Layout; view: PageView; retryAfter: string | null }
  | { outcome: "file"; response: Response }
  | { outcome: "redirect"; status: 301 | 302 | 303; location: string }
  | { outcome: "draft"; status: 200; language: string; draft: Draft }
  | { outcome: "refused"; status: 403; language: string }
  | { outcome: "missing"; status: 404; language: string; layout: Layout; missing: Missing }
  | { outcome: "maintenance"; status: 503; language: string; retryAfter: string }
  | { outcome: "unavailable"; status: 503; language: string };

/** Give what a GET or HEAD of `request` gives, or a form or password that is posted. Of its address only path and query count. */
export async function routeOf(request: Request): Promise<Route> {
  const { pathname, search } = new URL(request.url);
  const slashed = isFile(pathname) || isDraft(pathname) ? null : withTrailingSlash(pathname);
  if (slashed) return { outcome: "redirect", status: 301, location: slashed + search };
  const language = languageOf(pathname);
  try {
    if (request.method === "HEAD" && opensOnce(pathname)) return { outcome: "refused", status: 403, language };
    if (isDraft(pathname)) return await draftRoute(pathname, language);
    if (request.method === "POST") return await postRoute(request, pathname, search, language);
    return isFile(pathname) ? await fileRoute(request, language) : await pageRoute(request, pathname, search, language);
  } catch (error) {
    if (error instanceof Maintenance) {
      return { outcome: "maintenance", status: 503, language, retryAfter: error.retryAfter };
    }
    if (error instanceof Unavailable) return { outcome: "unavailable", status: 503, language };
    throw error;
  }
}

async function fileRoute(request: Request, language: string): Promise<Route> {
  const response = await fileAt(request);
  return response ? { outcome: "file", response } : missing(language, await layoutIn(language), NOTHING_NEAR);
}

async function postRoute(request: Request, pathname: string, search: string, language: string): Promise<Route> {
  const given = new URLSearchParams(await request.text());
  return given.has("formulier")
    ? await formRoute(request, given, pathname, search, language)
    : await passwordRoute(request, given, pathname, search, language);
}

async function formRoute(
  request: Request,
  given: URLSearchParams,
  pathname: string,
  search: string,
  language: string,
): Promise<Route> {
  const sent = await sendForm(request, given, pathname);
  if (sent === null) return await pageRoute(request, pathname, search, language);
  if ("form" in sent) {
    const location = `${pathname}?verzonden=${sent.form}#formulier-${sent.form}`;
    return { outcome: "redirect", status: 303, location };
  }
  const { view, status, retryAfter } = sent;
  return { outcome: "form", status, language: view.taal, layout: await layoutIn(language), view, retryAfter };
}

async function passwordRoute(
  request: Request,
  posted: URLSearchParams,
  pathname: string,
  search: string,
  language: string,
): Promise<Route> {
  const password = posted.get("wachtwoord") ?? "";
  const given = password ? await givePassword(request, pathname, password) : null;
  if (given && "cookie" in given) return { outcome: "opened", location: pathname + search, cookie: given.cookie };
  const route = await pageRoute(request, pathname, search, language);
  if (route.outcome !== "restricted" || given === null) return route;
  return { ...route, refused: given.refused, status: given.refused === "often" ? 429 : 403 };
}

async function pageRoute(request: Request, pathname: string, search: string, language: string): Promise<Route> {
  const proofs = proofsOf(request);
  // No page has an empty part in its address.
  const page = pathname.includes("//") ? { missing: NOTHING_NEAR } : pageAt(pathname, search, proofs);
  const [found, { layout, fresh }] = await Promise.all([page, freshLayoutIn(language)]);
  if ("missing" in found) return missing(language, layout, found.missing);
  if ("restricted" in found) {
    const { restricted } = found;
    const status = restricted.status === 401 ? 401 : 403;
    return { outcome: "restricted", status, language, layout, restricted, refused: null, address: pathname + search };
  }
  const { answer } = found;
  if (answer.soort === "doorverwijzing") {
    return { outcome: "redirect", status: answer.permanent ? 301 : 302, location: answer.naar };
  }
  return {
    ...{ outcome: "page", status: 200, language: answer.taal, layout, view: answer, personal: proofs !== "" },
    fresh: [found.fresh, fresh],
  };
}

function missing(language: string, layout: Layout, help: Missing): Route {
  return { outcome: "missing", status: 404, language, layout, missing: help };
}

/** A code leads to the draft that it opens; what a code or key does not open is refused, whatever the reason. */
async function draftRoute(pathname: string, language: string): Promise<Route> {
  const found = await draftAt(pathname);
  if (found === null) return { outcome: "refused", status: 403, language };
  if (typeof found === "string") return { outcome: "redirect", status: 303, location: found };
  return { outcome: "draft", status: 200, language: found.view.taal, draft: found };
}
