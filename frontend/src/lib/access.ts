/** Private pages: the proofs that a reader gave their passwords, in one cookie of this site, and how to get one. */
import { ask } from "./api.ts";
import { readerOf } from "./posting.ts";

const COOKIE = "toegang";
const LASTS = 12 * 60 * 60; // seconds, as long as the API's proofs
// More than a page has above it; the oldest go first.
const MOST = 10;

/** What became of a password: the cookie that opens the page, or why it stays closed. */
export type Given = { cookie: string } | { refused: "wrong" | "often" } | null;

/** The proofs that a reader's browser sends, as the API takes them; "" for a reader like any other. */
export function proofsOf(request: Request): string {
  for (const pair of (request.headers.get("cookie") ?? "").split(";")) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === COOKIE && value) return decoded(value);
  }
  return "";
}

function decoded(value: string): string {
  try {
    const proofs = decodeURIComponent(value);
    // A header takes these characters and no others.
    return /^[\w:,.-]+$/.test(proofs) ? proofs : "";
  } catch {
    return "";
  }
}

/** Give the password of what stands at `pathname`; null where nothing with a password does. @throws Unavailable, Maintenance */
export async function givePassword(request: Request, pathname: string, password: string): Promise<Given> {
  const body = JSON.stringify({ pad: pathname, wachtwoord: password });
  const headers = { "Content-Type": "application/json", ...readerOf(request) };
  const response = await ask("/toegangsbewijzen", {}, { method: "POST", body, headers });
  if (response.status === 201) {
    const { bewijs } = (await response.json()) as { bewijs: string };
    const proofs = [...proofsOf(request).split(",").filter(Boolean), bewijs].slice(-MOST).join(",");
    return { cookie: cookieOf(request, proofs) };
  }
  await response.body?.cancel();
  if (response.status === 429) return { refused: "often" };
  return response.status === 403 ? { refused: "wrong" } : null;
}

function cookieOf(request: Request, proofs: string): string {
  const https = (request.headers.get("x-forwarded-proto") ?? new URL(request.url).protocol).startsWith("https");
  const attributes = ["Path=/", "HttpOnly", "SameSite=Lax", `Max-Age=${LASTS}`, ...(https ? ["Secure"] : [])];
  return [`${COOKIE}=${encodeURIComponent(proofs)}`, ...attributes].join("; ");
}
