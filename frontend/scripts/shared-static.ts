/**
 * Gives the frontend the built stylesheet, script, font and marks of `cms/static/cms`, at the address that Django uses: `/static/cms/`.
 *
 * There is one source: the copy in `.astro/public` is made anew at each start and build.
 */
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

const source = fileURLToPath(new URL("../../cms/static/cms", import.meta.url));

export function sharedStatic(): AstroIntegration {
  return {
    name: "shared-static",
    hooks: {
      "astro:config:setup": ({ config, command, updateConfig, addWatchFile }) => {
        const publicDir = new URL(".astro/public/", config.root);
        updateConfig({ publicDir });
        if (command === "preview") return;
        const folder = fileURLToPath(publicDir);
        rmSync(folder, { recursive: true, force: true });
        cpSync(source, join(folder, "static/cms"), { recursive: true });
        for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
          if (entry.isFile()) addWatchFile(join(entry.parentPath, entry.name));
        }
      },
    },
  };
}
