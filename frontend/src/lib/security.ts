/** The security headers of every answer, equal to those that Django gives (cms/security.py and cms/settings/base.py). */

import { isDraft } from "./preview.ts";

// The players of the platforms whose videos may be shown. They load after a reader's click only.
const PLAYERS: Readonly<Record<string, string>> = {
  "youtube.com": "https://www.youtube-nocookie.com",
  "vimeo.com": "https://player.vimeo.com",
};

function players(hosts: string): string[] {
  return hosts.split(",").flatMap((host) => PLAYERS[host.trim()] ?? []);
}

/** @param editor Origin whose scripts, styles and icons a draft may load, and in whose frame it may stand. */
function contentSecurityPolicy(editor = ""): string {
  const own = editor ? `'self' ${editor}` : "'self'";
  const drawn = editor ? `${own} data:` : own;
  return [
    "default-src 'none'",
    `script-src ${own}`,
    `style-src ${own}`,
    `img-src ${drawn}`,
    `font-src ${drawn}`,
    `connect-src ${own}`,
    "media-src 'self'",
    `frame-src ${players(process.env.VIDEO_HOSTS || Object.keys(PLAYERS).join()).join(" ")}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${own}`,
  ].join("; ");
}

const REFUSED_FEATURES = [
  "accelerometer",
  "browsing-topics",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "usb",
];

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": contentSecurityPolicy(),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": REFUSED_FEATURES.map((feature) => `${feature}=()`).join(", "),
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "SAMEORIGIN",
};

/** The headers of a draft: for nobody to keep, and in the frame of the editor's panel. `editor` is an origin, or empty. */
export function draftHeaders(editor: string): Record<string, string> {
  // Django tells it, but nothing else than an origin may come into a policy.
  const origin = /^https?:\/\/[\w.:[\]-]+$/.test(editor) ? editor : "";
  return {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": contentSecurityPolicy(origin),
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
  };
}

/** The headers that every answer at this address gets. X-Frame-Options knows no other origins, so drafts have the policy alone. */
export function headersAt(pathname: string): Readonly<Record<string, string>> {
  if (!isDraft(pathname)) return SECURITY_HEADERS;
  return Object.fromEntries(Object.entries(SECURITY_HEADERS).filter(([name]) => name !== "X-Frame-Options"));
}

/** Add the headers, except where the answer has a stricter one of its own, as a document has. */
export function secure(response: Response, pathname = "/"): Response {
  for (const [name, value] of Object.entries(headersAt(pathname))) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  return response;
}
