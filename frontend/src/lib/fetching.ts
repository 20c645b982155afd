/** One way to ask the CMS: a connection that broke under a question is no answer, so the question is asked again. */

// Readers come to the frontend by https. In production the CMS must hear so, or it sends the question itself there.
const READERS_USE_HTTPS = { "X-Forwarded-Proto": "https" };

/**
 * As `fetch`, for a GET or HEAD. A server closes idle connections, at times just when we use one; that says nothing
 * about whether it works. A second failure, or the end of `signal`, is thrown.
 */
export async function fetchAgain(url: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
  const question = { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...READERS_USE_HTTPS } };
  try {
    return await fetch(url, question);
  } catch (error) {
    if (init.signal.aborted) throw error;
    return await fetch(url, question);
  }
}
