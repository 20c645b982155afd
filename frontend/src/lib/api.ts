/** Asks the delivery API. Knows addresses and failures, not what a page does with an answer. */
import { API_TIMEOUT, apiUrl } from "./config.ts";
import { PROOF_HEADER, revalidated } from "./answers.ts";
import type { Answer, Layout, Missing, Restricted } from "./contract.ts";
import { type Freshness, freshnessOf } from "./freshness.ts";
import { reasonOf, refuseMaintenance, reportAnswer, reportOutage, Unavailable } from "./outage.ts";

export type Found = { answer: Answer; fresh: Freshness | null } | { missing: Missing } | { restricted: Restricted };
export const NOTHING_NEAR: Missing = { zoekwoorden: "", nabij: [] };

/**
 * What stands at a path with its query, in one call; or what helps on when the public finds nothing there, or what it
 * takes to see it. `proofs` are those of passwords that this reader gave.
 */
export async function pageAt(pathname: string, search: string, proofs = ""): Promise<Found> {
  const headers: Record<string, string> = proofs ? { [PROOF_HEADER]: proofs } : {};
  const response = await ask("/paginas/op-pad", { pad: pathname + search }, { headers });
  if (response.status === 401 || response.status === 403) return { restricted: await body<Restricted>(response) };
  if (response.ok) return { answer: await body<Answer>(response), fresh: freshnessOf(response) };
  // An address that can't be one of a page gets an answer without help.
  const problem = await body<Partial<Missing>>(response);
  return { missing: { ...NOTHING_NEAR, zoekwoorden: problem.zoekwoorden ?? "", nabij: problem.nabij ?? [] } };
}

/** What stands around every page in `language`. */
export async function layoutIn(language: string): Promise<Layout> {
  return (await freshLayoutIn(language)).layout;
}

/** The same, with what the API says of its freshness. */
export async function freshLayoutIn(language: string): Promise<{ layout: Layout; fresh: Freshness | null }> {
  const response = await ask("/navigatie", { taal: language });
  if (!response.ok) throw unavailable(response.url, `status ${response.status}`);
  return { layout: await body<Layout>(response), fresh: freshnessOf(response) };
}

/** @throws Unavailable when there is no answer in time, or none about the request itself; Maintenance when closed. */
export async function ask(resource: string, query: Record<string, string>, init: RequestInit = {}): Promise<Response> {
  const question = new URLSearchParams(query).toString();
  const url = apiUrl() + resource + (question && `?${question}`);
  let response;
  try {
    response = await revalidated(url, {
      ...init,
      headers: { ...(init.headers as Record<string, string> | undefined), Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(API_TIMEOUT),
    });
  } catch (error) {
    throw unavailable(url, reasonOf(error));
  }
  refuseMaintenance(response);
  // Who tries too many passwords hears so; readers who only read are never too many.
  const tooOften = response.status === 429 && init.method !== "POST";
  if (response.status >= 500 || tooOften) throw unavailable(url, `status ${response.status}`);
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
