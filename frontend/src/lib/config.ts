/** The environment variables of the frontend, read at run time: one build serves every environment. */

/** Address of the delivery API, without a slash at the end. */
export function apiUrl(): string {
  return (process.env.CMS_API_URL ?? "http://127.0.0.1:8000/api/v1").replace(/\/+$/, "");
}

/** Where media and documents come from; by default the API's own host. */
export function cmsOrigin(): string {
  return new URL(process.env.CMS_ORIGIN ?? apiUrl()).origin;
}

/** What tells the CMS that it is our own frontend that asks: the same FRONTEND_SECRET as there; "" without. */
export function frontendSecret(): string {
  return process.env.FRONTEND_SECRET ?? "";
}

/** How long the API may take to answer, in milliseconds. */
export const API_TIMEOUT = 5000;
