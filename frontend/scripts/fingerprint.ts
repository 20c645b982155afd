/** A fingerprint of all that a page is made of here, so that a page of another build is not taken for the same. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Give the fingerprint of files and of folders with all that is in them: the same for the same sources, on every machine. */
export function fingerprint(folders: string[], files: string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders) {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const path of entries.map((entry) => join(entry.parentPath, entry.name)).sort()) {
      hash.update(path.slice(folder.length)).update(readFileSync(path));
    }
  }
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("base64url");
}
