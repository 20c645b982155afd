/** Stands before every route: reading is all that the site offers, and every answer has the security headers. */
import { defineMiddleware } from "astro:middleware";
import { secure } from "./lib/security.ts";

export const onRequest = defineMiddleware(async ({ request }, next) => {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return secure(new Response("Method Not Allowed", { status: 405, headers: { Allow: "GET, HEAD" } }));
  }
  return secure(await next());
});
