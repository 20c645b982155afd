/** Forms that a reader's browser sends to an address of the site. */

const LARGEST = 64 * 1024; // bytes

/** Is this a form as a browser sends it, of a size that a form can have? */
export function isForm(request: Request): boolean {
  const type = request.headers.get("content-type") ?? "";
  // Browsers always say it; without, a body could be of any size.
  const length = request.headers.get("content-length") ?? "";
  return (
    request.method === "POST" &&
    type.split(";")[0]?.trim().toLowerCase() === "application/x-www-form-urlencoded" &&
    /^\d+$/.test(length) &&
    Number(length) <= LARGEST
  );
}

/** Does it come from a page of this site? */
export function isOwn(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin !== null) return URL.canParse(origin) && new URL(origin).host === request.headers.get("host");
  return ["same-origin", "none"].includes(request.headers.get("sec-fetch-site") ?? "none");
}

/** For whom we pass a form on, as the proxy in front of us saw it: the CMS counts how often one reader tries. */
export function readerOf(request: Request): Record<string, string> {
  const seen = (request.headers.get("x-forwarded-for") ?? "").split(",").pop()?.trim() ?? "";
  return /^[\da-fA-F:.]+$/.test(seen) ? { "Reader-Address": seen } : {};
}
