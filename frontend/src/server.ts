/**
 * The server of the built frontend: that of @astrojs/node, whose answers all have the security headers, which stands below a
 * path if it has to, ends gently, and tells the log of requests if it has to.
 *
 * Stylesheet, scripts and font come straight from memory, so the middleware never sees them.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { assetsOf } from "./lib/assets.ts";
import { basePath, withoutBase } from "./lib/base.ts";
import { log, loggable } from "./lib/log.ts";
import { headersAt } from "./lib/security.ts";
import { stopGently } from "./lib/stopping.ts";

const autostart = process.env.ASTRO_NODE_AUTOSTART !== "disabled";
process.env.ASTRO_NODE_AUTOSTART = "disabled";
export const { handler, options, startServer } = await import("@astrojs/node/server.js");

const base = basePath();
const tellsRequests = process.env.LOG_REQUESTS === "1";

function prepare(request: IncomingMessage, response: ServerResponse): void {
  // What the app gives itself, as a document's stricter policy, wins over these.
  const path = request.url ?? "/";
  const pathname = (withoutBase(path, base) ?? path).split("?", 1)[0] ?? "/";
  for (const [name, value] of Object.entries(headersAt(pathname))) response.setHeader(name, value);
  if (tellsRequests) {
    const began = performance.now();
    response.once("close", () => {
      const more = { method: request.method ?? "", path: loggable(path), status: response.statusCode };
      log("info", "request", { ...more, ms: Math.round(performance.now() - began) });
    });
  }
  // Nothing stands outside the path, and the page of that name says so.
  if (base) request.url = withoutBase(path, base) ?? "/404";
}

if (autostart) {
  process.on("uncaughtException", (error) => {
    log("error", error.stack ?? String(error));
    process.exit(1);
  });
  const { server } = startServer().server;
  // The build puts this file beside the folder `client`.
  const answered = assetsOf(fileURLToPath(new URL("../client", import.meta.url)));
  const pages = server.listeners("request") as RequestListener[];
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    prepare(request, response);
    if (!answered(request, response)) pages.forEach((listener) => listener(request, response));
  });
  server.once("listening", () => log("info", `Listening on port ${(server.address() as AddressInfo).port}.`));
  stopGently(server);
}
