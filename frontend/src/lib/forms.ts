/** Passes a form that a reader sends to a page's own address on to the CMS, which checks and keeps it. */
import { proofsOf } from "./access.ts";
import { PROOF_HEADER } from "./answers.ts";
import { ask } from "./api.ts";
import type { PageView, SubmissionProblem } from "./contract.ts";
import { readerOf } from "./posting.ts";

const FIELD = "veld-";

/** A form that was taken in, one that came back within its page, or null: no form that this page shows. */
export type Sent = { form: string } | { view: PageView; status: 400 | 429; retryAfter: string | null } | null;

/** Send the form of the page at `pathname`. @throws Unavailable, Maintenance */
export async function sendForm(request: Request, given: URLSearchParams, pathname: string): Promise<Sent> {
  const form = given.get("formulier") ?? "";
  if (!/^\d{1,18}$/.test(form)) return null;
  const proofs = proofsOf(request);
  // Asking again is safe: the CMS counts the same form once.
  const response = await ask(`/formulieren/${form}/inzendingen`, {}, {
    method: "POST",
    body: JSON.stringify(bodyOf(given, pathname)),
    headers: {
      ...{ "Content-Type": "application/json", ...readerOf(request) },
      ...(proofs && { [PROOF_HEADER]: proofs }),
    },
  });
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
