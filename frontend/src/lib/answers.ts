/**
 * Answers of the API that may still be true. Each is asked for again every time, and given again only where the API says
 * that nothing has changed (304): never old, and cheap for both sides.
 */
import { fetchAgain } from "./fetching.ts";

/** Takes the proofs of passwords to the CMS. */
export const PROOF_HEADER = "Toegangsbewijs";

const TOLD = ["cache-control", "cache-tag", "etag"];

interface Kept {
  body: string;
  headers: Record<string, string>;
}

/** How many answers, and how many characters of them together. */
export const MOST = 500;
export const MOST_CHARACTERS = 20_000_000;

const kept = new Map<string, Kept>();
let characters = 0;

/**
 * As `fetchAgain`: an answer of status 200 that anybody gets may come from memory. What somebody sends, or sees because
 * of a password, never does.
 */
export async function revalidated(url: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
  const headers = new Headers(init.headers);
  if ((init.method ?? "GET") !== "GET" || headers.has(PROOF_HEADER)) return await fetchAgain(url, init);
  const known = kept.get(url);
  if (known?.headers.etag) headers.set("If-None-Match", known.headers.etag);
  const response = await fetchAgain(url, { ...init, headers });
  if (known && response.status === 304) {
    // The tags come with the whole answer only.
    const answer = { body: known.body, headers: { ...known.headers, ...toldBy(response) } };
    remember(url, answer);
    return whole(url, answer);
  }
  forget(url);
  if (response.status !== 200 || !response.headers.has("etag") || !isPublic(response)) return response;
  const answer = { body: await response.text(), headers: toldBy(response) };
  remember(url, answer);
  return whole(url, answer);
}

/** What is kept: how many answers, and their characters. */
export function size(): { answers: number; characters: number } {
  return { answers: kept.size, characters };
}

/** Does anybody get this answer? */
export function isPublic(response: Response): boolean {
  return /(^|[\s,])public([\s,]|$)/.test(response.headers.get("cache-control") ?? "");
}

/** Keep an answer as the one that was asked for last; those asked for longest ago make room. */
function remember(url: string, answer: Kept): void {
  forget(url);
  if (answer.body.length > MOST_CHARACTERS / 10) return;
  kept.set(url, answer);
  characters += answer.body.length;
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST && characters <= MOST_CHARACTERS) break;
    forget(oldest);
  }
}

function forget(url: string): void {
  characters -= kept.get(url)?.body.length ?? 0;
  kept.delete(url);
}

function toldBy(response: Response): Record<string, string> {
  return Object.fromEntries([...response.headers].filter(([name]) => TOLD.includes(name)));
}

function whole(url: string, { body, headers }: Kept): Response {
  const response = new Response(body, { headers: { "Content-Type": "application/json", ...headers } });
  return Object.defineProperty(response, "url", { value: url });
}
