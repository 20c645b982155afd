/** Ends the server without cutting a reader off: what is asked already is answered, nothing new is taken. */
import type { Server } from "node:http";
import { log } from "./log.ts";

const PATIENCE = 20_000; // ms, below the 30 s after which containers are killed

/** Let `server` end at the first TERM or INT; `end` ends the process, with its exit code. */
export function stopGently(server: Server, end: (code: number) => void = process.exit, patience = PATIENCE): void {
  let stopping = false;
  server.prependListener("request", (_request, response) => {
    if (stopping) response.setHeader("Connection", "close");
    // A connection that was busy when we began to stop is closed as soon as it is not.
    response.once("close", () => {
      if (stopping) setImmediate(() => server.closeIdleConnections());
    });
  });
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    log("info", "Stopping: requests that run are finished.");
    const late = setTimeout(() => {
      log("warning", `Stopped with requests that still ran after ${patience / 1000} s.`);
      end(1);
    }, patience);
    server.close(() => {
      clearTimeout(late);
      end(0);
    });
    server.closeIdleConnections();
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
