import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const FRONTEND = fileURLToPath(new URL("..", import.meta.url));
const UNION = "        Blok: ";

describe("the check that the build begins with", () => {
  let folder = "";
  const check = (): { status: number | null; stdout: string } =>
    spawnSync(process.execPath, [join(FRONTEND, "node_modules/typescript/bin/tsc"), "--project", "tsconfig.contract.json", "--noEmit"], {
      cwd: folder,
      encoding: "utf8",
    });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "contract-"));
    cpSync(join(FRONTEND, "src/lib"), join(folder, "src/lib"), { recursive: true });
    cpSync(join(FRONTEND, "tsconfig.contract.json"), join(folder, "tsconfig.contract.json"));
    symlinkSync(join(FRONTEND, "node_modules"), join(folder, "node_modules"));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  test("passes with the types of blocks that the API has", () => {
    const done = check();
    assert.equal(done.status, 0, done.stdout);
  });

  test("fails when the API has a type of block that the frontend does not know", () => {
    const types = join(folder, "src/lib/api-types.d.ts");
    const text = readFileSync(types, "utf8");
    assert.ok(text.includes(UNION));
    writeFileSync(types, text.replace(UNION, `${UNION}{ type: "hologram"; id: string; html: string } | `));
    const done = check();
    assert.notEqual(done.status, 0);
    assert.match(done.stdout, /src\/lib\/blocks\.ts.*hologram/);
  });

  test("stands before the build itself", () => {
    const scripts = (JSON.parse(readFileSync(join(FRONTEND, "package.json"), "utf8")) as { scripts: { build: string } }).scripts;
    assert.match(scripts.build, /^tsc --project tsconfig\.contract\.json && /);
  });
});
