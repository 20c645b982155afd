/** Passes a form that a reader sends to a page's own address on to the CMS, which checks and keeps it. */
import { API_TIMEOUT, apiUrl } from "./config.ts";
import type { PageView, SubmissionProblem } from "./contract.ts";
import { fetchAgain } from "./fetching.ts";
import { reasonOf, refuseMaintenance, reportAnswer, reportOutage, Unavailable } from "./outage.ts";

const FIELD = "veld-";

/** A form that was taken in, one that came back within its page, or null: no form that this page shows. */
export type Sent = { form: string } | { view: PageView; status: 400 | 429; retryAfter: string | null } | null;

/** Send the form of the page at `pathname`. @throws Unavailable, Maintenance */
export async function sendForm(given: URLSearchParams, reader: Headers, pathname: string): Promise<Sent> {
  const form = given.get("formulier") ?? "";
  if (!/^\d{1,18}$/.test(form)) return null;
  const response = await post(`/formulieren/${form}/inzendingen`, bodyOf(given, pathname), reader);
  if (response.status === 201) {
    await response.body?.cancel();
    return { form };
  }
  if (response.status !== 400 && response.status !== 429) {
    await response.body?.cancel();
    return null;
  }
  const problem = (await response.json()) as Partial<SubmissionProblem>;
  if (!problem.weergave) return null;
  return { view: problem.weergave, status: response.status, retryAfter: response.headers.get("retry-after") };
}

/** What the API takes, of the fields of the page. */
export function bodyOf(given: URLSearchParams, pathname: string): Record<string, unknown> {
  const answers: Record<string, string[]> = {};
  for (const [name, value] of given) {
    if (name.startsWith(FIELD)) (answers[name.slice(FIELD.length)] ??= []).push(value);
  }
  return {
    antwoorden: answers,
    stempel: given.get("stempel") ?? "",
    website: given.get("website") ?? "",
    pagina: pathname,
  };
}

async function post(resource: string, body: unknown, headers: Headers): Promise<Response> {
  const url = apiUrl() + resource;
  // The proxy in front of us tells who the reader is.
  const reader = headers.get("x-forwarded-for");
  let response;
  try {
    // Asking again is safe: the CMS counts the same form once.
    response = await fetchAgain(url, {
      method: "POST",
      body: JSON.stringify(body),
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        ...(reader === null ? {} : { "X-Forwarded-For": reader }),
      },
      redirect: "error",
      signal: AbortSignal.timeout(API_TIMEOUT),
    });
  } catch (error) {
    reportOutage(url, reasonOf(error));
    throw new Unavailable(url);
  }
  refuseMaintenance(response);
  if (response.status >= 500) {
    reportOutage(url, `status ${response.status}`);
    throw new Unavailable(url);
  }
  reportAnswer();
  return response;
}
