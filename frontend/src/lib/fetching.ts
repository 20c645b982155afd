/** One way to ask the CMS: a connection that broke under a question is no answer, so the question is asked again. */
import { frontendSecret } from "./config.ts";

// Readers come to the frontend by https. In production the CMS must hear so, or it sends the question itself there.
const READERS_USE_HTTPS = { "X-Forwarded-Proto": "https" };

/**
 * As `fetch`, for what may be asked twice. A server closes idle connections, at times just when we use one; that says nothing
 * about whether it works. A second failure, or the end of `signal`, is thrown.
 */
export async function fetchAgain(url: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
  const secret = frontendSecret();
  const own = { ...READERS_USE_HTTPS, ...(secret ? { "Frontend-Secret": secret } : {}) };
  const question = { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...own } };
  try {
    return await fetch(url, question);
  } catch (error) {
    if (init.signal.aborted) throw error;
    return await fetch(url, question);
  }
}
