/** The log: one event a line, as JSON on standard error. It tells nothing of readers: no address, no query, no token. */

export type Level = "info" | "warning" | "error";

export function log(level: Level, message: string, more: Readonly<Record<string, string | number>> = {}): void {
  console.error(JSON.stringify({ time: new Date().toISOString(), level, message, ...more }));
}

// What stands below these is a key to something that is not public.
const SECRET = /(\/(?:voorbeeld|meelezen)\/).+/;

/** The part of an address that may stand in the log. A query may hold what somebody searched for. */
export function loggable(address: string): string {
  const [path = ""] = address.split(/[?#]/, 1);
  return path.replace(SECRET, "$1…");
}
