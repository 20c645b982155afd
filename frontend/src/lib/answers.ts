/**
 * Answers of the API that may still be true. Each is asked for again every time, and given again only where the API says
 * that nothing has changed (304): never old, and cheap for both sides.
 */
import { fetchAgain } from "./fetching.ts";

/** Takes the proofs of passwords to the CMS. */
export const PROOF_HEADER = "Toegangsbewijs";

interface Kept {
  etag: string;
  body: string;
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
  if (known) headers.set("If-None-Match", known.etag);
  const response = await fetchAgain(url, { ...init, headers });
  if (known && response.status === 304) {
    remember(url, known);
    return whole(url, known.body);
  }
  forget(url);
  const etag = response.headers.get("etag");
  if (response.status !== 200 || !etag || !isPublic(response)) return response;
  const body = await response.text();
  remember(url, { etag, body });
  return whole(url, body);
}

/** What is kept: how many answers, and their characters. */
export function size(): { answers: number; characters: number } {
  return { answers: kept.size, characters };
}

function isPublic(response: Response): boolean {
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

function whole(url: string, body: string): Response {
  const response = new Response(body, { headers: { "Content-Type": "application/json" } });
  return Object.defineProperty(response, "url", { value: url });
}
