/** One way to ask the CMS: a connection that broke under a question is no answer, so the question is asked again. */

/**
 * As `fetch`, for a GET or HEAD. A server closes idle connections, at times just when we use one; that says nothing
 * about whether it works. A second failure, or the end of `signal`, is thrown.
 */
export async function fetchAgain(url: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal.aborted) throw error;
    return await fetch(url, init);
  }
}
