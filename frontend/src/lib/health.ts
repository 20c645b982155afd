/** What a supervisor or load balancer asks, at the addresses that the CMS has too: does it run, and can it serve pages? */
import { apiUrl } from "./config.ts";
import { fetchAgain } from "./fetching.ts";
import { Maintenance, refuseMaintenance } from "./outage.ts";

const ALIVE = "/status/leeft";
const READY = "/status/gereed";
const PATIENCE = 2000; // ms: a probe itself waits no longer
const KEPT = 1000; // ms: however many probes there are, the API hears one a second

const NO_API = "De API van het CMS geeft geen antwoord.";

let asked: { at: number; obstacle: Promise<string> } | undefined;

/** Give the answer to a probe; null for every other address. */
export async function healthAt(pathname: string): Promise<Response | null> {
  if (pathname === ALIVE) return health("");
  if (pathname !== READY) return null;
  if (!asked || performance.now() - asked.at > KEPT) asked = { at: performance.now(), obstacle: obstacle() };
  return health(await asked.obstacle);
}

/** Why no page can be served; empty when all is well. A CMS that is closed for maintenance does answer. */
async function obstacle(): Promise<string> {
  try {
    const answer = await fetchAgain(`${apiUrl()}/instellingen`, {
      headers: { Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    await answer.body?.cancel();
    refuseMaintenance(answer);
    return answer.ok ? "" : NO_API;
  } catch (error) {
    return error instanceof Maintenance ? "" : NO_API;
  }
}

function health(reason: string): Response {
  const body = reason ? { status: "niet gereed", reden: reason } : { status: "in orde" };
  return Response.json(body, { status: reason ? 503 : 200, headers: { "Cache-Control": "no-store" } });
}
