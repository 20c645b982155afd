/** What caches and browsers hear of a page: as much as the API said of the answers that it is made of. */
import { createHash } from "node:crypto";
import { isPublic } from "./answers.ts";

/** What the API says of one public answer. */
export interface Freshness {
  etag: string;
  cacheControl: string;
  tags: string[];
}

/** What the API says of an answer; null where not everybody gets it, or nothing tells when it changes. */
export function freshnessOf(response: Response): Freshness | null {
  const etag = response.headers.get("etag");
  if (!response.ok || !etag || !isPublic(response)) return null;
  const tags = (response.headers.get("cache-tag") ?? "").split(",").map((tag) => tag.trim());
  return { etag, cacheControl: response.headers.get("cache-control") ?? "", tags: tags.filter(Boolean) };
}

/**
 * Give the headers of a page made of these answers by this build of the frontend, `made`; null where one is not public.
 *
 * The page changes when an answer or the frontend does, and stays in caches in front as long as the answer that may stay
 * there shortest. The proof of a password, in a cookie, may give another page.
 */
export function headersOf(parts: readonly (Freshness | null)[], made: string): Record<string, string> | null {
  const known = parts.filter((part) => part !== null);
  if (known.length < parts.length || known.length === 0) return null;
  const digest = createHash("sha256").update(JSON.stringify([made, ...known.map((part) => part.etag)]));
  const [shortest] = known.map((part) => part.cacheControl).sort((one, other) => kept(one) - kept(other));
  const tags = [...new Set(known.flatMap((part) => part.tags))];
  return {
    "Cache-Control": shortest ?? "",
    ...(tags.length > 0 && { "Cache-Tag": tags.join(",") }),
    ETag: `W/"${digest.digest("base64url").slice(0, 22)}"`,
    Vary: "Cookie",
  };
}

/** Does the reader have the page with this tag already? */
export function isKnown(request: Request, etag: string): boolean {
  const asked = (request.headers.get("if-none-match") ?? "").split(",").map((each) => each.trim());
  const bare = (each: string): string => each.replace(/^W\//, "");
  return asked.includes("*") || asked.map(bare).includes(bare(etag));
}

/** How many seconds a cache in front may keep what has this header. */
function kept(cacheControl: string): number {
  return Number(/s-maxage=(\d+)/.exec(cacheControl)?.[1] ?? 0);
}
