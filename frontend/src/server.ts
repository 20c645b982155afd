/**
 * The server of the built frontend: that of @astrojs/node, whose answers all have the security headers.
 *
 * Stylesheet, script and font come straight from the build's folder, so the middleware never sees them.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { SECURITY_HEADERS } from "./lib/security.ts";

const autostart = process.env.ASTRO_NODE_AUTOSTART !== "disabled";
process.env.ASTRO_NODE_AUTOSTART = "disabled";
export const { handler, options, startServer } = await import("@astrojs/node/server.js");

if (autostart) {
  startServer().server.server.prependListener("request", (_request: IncomingMessage, response: ServerResponse) => {
    // What the app gives itself, as a document's stricter policy, wins over these.
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  });
}
