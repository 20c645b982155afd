/** Asks the delivery API. Knows addresses and failures, not what a page does with an answer. */
import { API_TIMEOUT, apiUrl } from "./config.ts";
import { fetchAgain } from "./fetching.ts";
import type { Answer, Layout, Missing } from "./contract.ts";
import { reasonOf, refuseMaintenance, reportAnswer, reportOutage, Unavailable } from "./outage.ts";

export type Found = { answer: Answer } | { missing: Missing };
export const NOTHING_NEAR: Missing = { zoekwoorden: "", nabij: [] };

/** What stands at a path with its query, in one call; or what helps on when the public finds nothing there. */
export async function pageAt(pathname: string, search: string): Promise<Found> {
  const response = await ask("/paginas/op-pad", { pad: pathname + search });
  if (response.ok) return { answer: await body<Answer>(response) };
  // An address that can't be one of a page gets an answer without help.
  const problem = await body<Partial<Missing>>(response);
  return { missing: { ...NOTHING_NEAR, zoekwoorden: problem.zoekwoorden ?? "", nabij: problem.nabij ?? [] } };
}

/** What stands around every page in `language`. */
export async function layoutIn(language: string): Promise<Layout> {
  const response = await ask("/navigatie", { taal: language });
  if (!response.ok) throw unavailable(response.url, `status ${response.status}`);
  return await body<Layout>(response);
}

/** @throws Unavailable when there is no answer in time, or none about the request itself; Maintenance when closed. */
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
  refuseMaintenance(response);
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
  reportOutage(url, reason);
  return new Unavailable(url);
}
