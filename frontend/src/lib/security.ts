/** The security headers of every answer, equal to those that Django gives (cms/security.py and cms/settings/base.py). */

// The players of the platforms whose videos may be shown. They load after a reader's click only.
const PLAYERS: Readonly<Record<string, string>> = {
  "youtube.com": "https://www.youtube-nocookie.com",
  "vimeo.com": "https://player.vimeo.com",
};

function players(hosts: string): string[] {
  return hosts.split(",").flatMap((host) => PLAYERS[host.trim()] ?? []);
}

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self'",
  `frame-src ${players(process.env.VIDEO_HOSTS || Object.keys(PLAYERS).join()).join(" ")}`,
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join("; ");

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
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": REFUSED_FEATURES.map((feature) => `${feature}=()`).join(", "),
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "SAMEORIGIN",
};

/** Add the headers, except where the answer has a stricter one of its own, as a document has. */
export function secure(response: Response): Response {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  return response;
}
