/** Tells the log when the CMS stops answering and when it is back: one line each, not one a request. */
import { log, loggable } from "./log.ts";

/** The CMS gave no usable answer. */
export class Unavailable extends Error {
  override name = "Unavailable";
}

/** The CMS says that it is closed for maintenance, and after how many seconds to ask again. That is no outage. */
export class Maintenance extends Error {
  override name = "Maintenance";

  retryAfter: string;

  constructor(retryAfter: string) {
    super("closed for maintenance");
    this.retryAfter = retryAfter;
  }
}

/** @throws Maintenance when the answer says so: only then a 503 tells how long it will last. */
export function refuseMaintenance(response: Response): void {
  const retryAfter = response.headers.get("retry-after");
  if (response.status === 503 && retryAfter !== null && /^\d{1,6}$/.test(retryAfter)) throw new Maintenance(retryAfter);
}

let since: Date | undefined;

/** @param url What was asked, `reason` why there was no answer. */
export function reportOutage(url: string, reason: string): void {
  if (since) return;
  since = new Date();
  log("error", `The CMS does not answer: ${loggable(url)}: ${reason}. Pages get status 503 until it is back.`);
}

export function reportAnswer(): void {
  if (!since) return;
  const seconds = Math.round((Date.now() - since.getTime()) / 1000);
  since = undefined;
  log("info", `The CMS answers again, after ${seconds} s.`);
}

/** Why a request failed, in a few words: the cause of "fetch failed" is in its `cause`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message || cause.name;
}
