/** Asks the delivery API. Knows addresses and failures, not what a page does with an answer. */
import { API_TIMEOUT, apiUrl } from "./config.ts";
import { fetchAgain } from "./fetching.ts";
import type { Answer, Layout } from "./contract.ts";
import { reasonOf, reportAnswer, reportOutage, Unavailable } from "./outage.ts";

/** What stands at a path with its query, in one call; null when the public finds nothing there. */
export async function pageAt(pathname: string, search: string): Promise<Answer | null> {
  const response = await ask("/paginas/op-pad", { pad: pathname + search });
  return response.ok ? await body<Answer>(response) : null;
}

/** What stands around every page in `language`. */
export async function layoutIn(language: string): Promise<Layout> {
  const response = await ask("/navigatie", { taal: language });
  if (!response.ok) throw unavailable(response.url, `status ${response.status}`);
  return await body<Layout>(response);
}

/** @throws Unavailable when there is no answer in time, or none about the request itself. */
async function ask(resource: string, query: Record<string, string>): Promise<Response> {
  const url = `${apiUrl()}${resource}?${new URLSearchParams(query)}`;
  let response;
  try {
    response = await fetchAgain(url, {
      headers: { Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(API_TIMEOUT),
    });
  } catch (error) {
    throw unavailable(url, reasonOf(error));
  }
  if (response.status >= 500 || response.status === 429) throw unavailable(url, `status ${response.status}`);
  reportAnswer();
  return response;
}

async function body<Content>(response: Response): Promise<Content> {
  try {
    return (await response.json()) as Content;
  } catch (error) {
    throw unavailable(response.url, reasonOf(error));
  }
}

function unavailable(url: string, reason: string): Unavailable {
  reportOutage(`${url}: ${reason}`);
  return new Unavailable(url);
}
