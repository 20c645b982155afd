/** Drafts: a code or key in the address becomes what may be shown, asked of the CMS from server to server. Nothing is kept. */
import { API_TIMEOUT, apiUrl, frontendSecret } from "./config.ts";
import type { Layout, PageView } from "./contract.ts";
import { loggable } from "./log.ts";
import { reasonOf, refuseMaintenance, reportOutage, Unavailable } from "./outage.ts";

export interface Draft {
  view: PageView;
  layout: Layout;
  /** Wagtail's user bar; empty for who reads along. */
  bar: string;
  /** Origin of the editor whose panel holds the preview; empty for who reads along. */
  editor: string;
}

type Question = { code: string } | { sessie: string } | { meeleeslink: string };

// 256 bits in the alphabet of addresses, so that no page's own address is taken for one.
const ADDRESS = /^\/(voorbeeld\/openen|voorbeeld|meelezen)\/([\w-]{43})\/?$/;

/** Does this address open a draft once? Then only a reader may ask for it, no program that looks whether a link works. */
export function opensOnce(pathname: string): boolean {
  return ADDRESS.exec(pathname)?.[1] === "voorbeeld/openen";
}

/** Is this an address that shows a draft? */
export function isDraft(pathname: string): boolean {
  return ADDRESS.test(pathname);
}

/**
 * Give where a code leads, or the draft that a key opens; null where it opens nothing (any more).
 *
 * @throws Unavailable or Maintenance, as every question to the CMS.
 */
export async function draftAt(pathname: string): Promise<Draft | string | null> {
  const [, kind, key = ""] = ADDRESS.exec(pathname) ?? [];
  if (kind === "voorbeeld/openen") {
    const given = await ask<{ sessie: string }>({ code: key });
    return given && `/voorbeeld/${given.sessie}/`;
  }
  const given = await ask<{ weergave: PageView; navigatie: Layout; balk: string; redactie: string }>(
    kind === "meelezen" ? { meeleeslink: key } : { sessie: key },
  );
  return given && { view: given.weergave, layout: given.navigatie, bar: given.balk, editor: given.redactie };
}

/** Ask once: a code opens once, so asking again after a broken connection could only refuse a reader who did nothing wrong. */
async function ask<Given>(question: Question): Promise<Given | null> {
  const url = `${apiUrl()}/voorbeeld`;
  const secret = frontendSecret();
  try {
    const response = await fetch(url, {
      method: "POST",
      // As in fetching.ts: readers come by https.
      headers: {
        "Content-Type": "application/json",
        "X-Forwarded-Proto": "https",
        ...(secret ? { "Frontend-Secret": secret } : {}),
      },
      body: JSON.stringify(question),
      redirect: "error",
      signal: AbortSignal.timeout(API_TIMEOUT),
    });
    refuseMaintenance(response);
    if (response.status === 403) return null;
    if (!response.ok) throw new Error(`status ${response.status}`);
    return (await response.json()) as Given;
  } catch (error) {
    if (error instanceof Error && error.name === "Maintenance") throw error;
    reportOutage(loggable(url), reasonOf(error));
    throw new Unavailable(url);
  }
}
