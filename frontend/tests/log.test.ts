import assert from "node:assert/strict";
import { test } from "node:test";
import { log, loggable } from "../src/lib/log.ts";

test("an event is one line of JSON with time, level and message, also when it holds line ends", (context) => {
  const written = context.mock.method(console, "error", () => undefined);
  log("warning", "een\ntwee", { status: 503 });
  const line = String(written.mock.calls[0]?.arguments[0]);
  assert.ok(!line.includes("\n"));
  const { time, ...rest } = JSON.parse(line) as Record<string, unknown>;
  assert.deepEqual(rest, { level: "warning", message: "een\ntwee", status: 503 });
  assert.ok(!Number.isNaN(Date.parse(String(time))));
});

test("of an address neither what somebody searched for nor a key is told", () => {
  assert.equal(loggable("/kennisbank/?zoek=jan+jansen#x"), "/kennisbank/");
  assert.equal(loggable("/voorbeeld/abcDEF123"), "/voorbeeld/…");
  assert.equal(loggable("/meelezen/abcDEF123/?x=1"), "/meelezen/…");
  assert.equal(loggable("http://cms/api/v1/paginas/op-pad?pad=%2F"), "http://cms/api/v1/paginas/op-pad");
});
