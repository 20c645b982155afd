/** Passes media, documents and what programs read on from the CMS, so that a page asks nothing of another host. */
import { proofsOf } from "./access.ts";
import { PROOF_HEADER } from "./answers.ts";
import { API_TIMEOUT, apiUrl, cmsOrigin } from "./config.ts";
import { fetchAgain } from "./fetching.ts";
import { Maintenance, reasonOf, refuseMaintenance, reportAnswer, reportOutage, Unavailable } from "./outage.ts";

const DOCUMENTS = "/documenten/";
const FOLDERS = ["/media/", DOCUMENTS];
// What search engines, feed readers and browsers ask for by itself.
const NAMES = new Set([
  "/.well-known/security.txt",
  "/apple-touch-icon.png",
  "/favicon.ico",
  "/icon-192.png",
  "/icon-512.png",
  "/manifest.webmanifest",
  "/robots.txt",
  "/sitemap.xml",
]);
const PART_OF_SITEMAP = /^\/sitemap-\d{1,6}\.xml$/;
// Slugs between slashes, letters with accents as the address writes them.
const FEED = /^(?:\/[\w%-]+)*\/nieuw\.atom$/;
// What somebody found in the Kennisbank, or the matrix of priorities, as a table.
const TABLE = /^(?:\/[\w%-]+)+\/(?:publicaties|prioriteiten)\.csv$/;
// What a reader's browser asks of the API: how to go on with what somebody types.
const API_HERE = "/api/v1";
const COMPLETIONS = new Set(["/publicaties/aanvullingen", "/zoeken/aanvullingen"].map((path) => API_HERE + path));
// Slashes and dots in disguise could mean another path to the CMS than to us.
const DISGUISED = /%2f|%5c|%00|\\|\/\.\.?(?:\/|$)/i;
const REQUEST_HEADERS = [
  "accept",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "range",
];
const RESPONSE_HEADERS = [
  "accept-ranges",
  "cache-control",
  "content-disposition",
  "content-language",
  "content-length",
  "content-range",
  "content-security-policy",
  "content-type",
  "etag",
  "last-modified",
  "vary",
  "x-robots-tag",
];
// Wholly or partly there, not changed, or a condition or range that does not fit. Anything else is no file for the public.
const PASSED_STATUSES = new Set([200, 206, 304, 412, 416]);

/** Is this the address of a file in the CMS? */
export function isFile(pathname: string): boolean {
  return (
    FOLDERS.some((folder) => pathname.startsWith(folder)) ||
    NAMES.has(pathname) ||
    PART_OF_SITEMAP.test(pathname) ||
    FEED.test(pathname) ||
    TABLE.test(pathname) ||
    COMPLETIONS.has(pathname)
  );
}

/**
 * Give the file at a GET or HEAD's address as the CMS gives it; null where this reader finds none. Who gave the password of a
 * private page gets the documents that it shows.
 *
 * @throws Unavailable when the CMS does not answer in time, Maintenance when it is closed. Once it does, the file may take as long as it needs.
 */
export async function fileAt(request: Request): Promise<Response | null> {
  const { pathname, search } = new URL(request.url);
  if (!isFile(pathname) || DISGUISED.test(pathname)) return null;
  const url = (COMPLETIONS.has(pathname) ? apiUrl() + pathname.slice(API_HERE.length) : cmsOrigin() + pathname) + search;
  const proofs = pathname.startsWith(DOCUMENTS) ? proofsOf(request) : "";
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new Error(`no answer in ${API_TIMEOUT} ms`)), API_TIMEOUT);
  try {
    const answer = await fetchAgain(url, {
      method: request.method,
      headers: {
        ...picked(request.headers, REQUEST_HEADERS),
        ...(proofs ? { [PROOF_HEADER]: proofs } : {}),
        "accept-encoding": "identity",
      },
      redirect: "manual",
      signal: AbortSignal.any([patience.signal, request.signal]),
    });
    refuseMaintenance(answer);
    if (answer.status >= 500) throw new Error(`status ${answer.status}`);
    reportAnswer();
    if (PASSED_STATUSES.has(answer.status)) {
      return new Response(answer.body, { status: answer.status, headers: picked(answer.headers, RESPONSE_HEADERS) });
    }
    await answer.body?.cancel();
    return null;
  } catch (error) {
    if (error instanceof Maintenance) throw error;
    // A reader who left says nothing about the CMS.
    if (!request.signal.aborted) reportOutage(url, reasonOf(error));
    throw new Unavailable(url);
  } finally {
    clearTimeout(timer);
  }
}

function picked(headers: Headers, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
