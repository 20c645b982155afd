/**
 * Stylesheet, scripts and font of the built site, straight from memory: packed where the browser takes that, and kept by it for
 * a year, as their names change with what is in them.
 *
 * They are read once, so a new build beside a running server takes nothing away from it. A page that a cache in front kept from
 * before the last build names a file that is there no more: it gets that file's successor, which nobody keeps.
 */
import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";

const FOLDER = "/_astro/";
const KEPT = "public, max-age=31536000, immutable";
const NOT_KEPT = "no-cache";
const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};
// Best first, with the ending of such a file.
const PACKINGS = { br: ".br", gzip: ".gz" };
// `site.-E2KmPQ_.css`: between the dots stands what changes with each build.
const NAME = /^([\w-]+)\.[\w-]+\.(\w+)$/;

interface Asset {
  type: string;
  plain: Buffer;
  packed: [encoding: string, body: Buffer][];
}

/** Give the function that answers a request for one of the files below `client`, and says whether it did. */
export function assetsOf(client: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const folder = join(client, FOLDER);
  const names = readdirSync(folder);
  const assets = new Map<string, Asset>();
  const successors = new Map<string, Asset>();
  for (const name of names) {
    const [, stem, ending = ""] = NAME.exec(name) ?? [];
    const type = TYPES[ending];
    if (!stem || !type) continue;
    const packed = Object.entries(PACKINGS).filter(([, ending]) => names.includes(name + ending));
    const asset: Asset = {
      type,
      plain: readFileSync(join(folder, name)),
      packed: packed.map(([encoding, ending]) => [encoding, readFileSync(join(folder, name + ending))]),
    };
    assets.set(name, asset);
    successors.set(`${stem}.${ending}`, asset);
  }

  return (request, response) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    if (!path.startsWith(FOLDER) || !["GET", "HEAD"].includes(request.method ?? "")) return false;
    const name = path.slice(FOLDER.length);
    const current = assets.get(name);
    const asset = current ?? successors.get(name.replace(NAME, "$1.$2"));
    if (!asset) return false;
    const accepted = encodingsOf(request);
    const [encoding, body] = asset.packed.find(([each]) => accepted.has(each)) ?? ["", asset.plain];
    response.writeHead(200, {
      "Content-Type": asset.type,
      "Content-Length": body.length,
      "Cache-Control": current ? KEPT : NOT_KEPT,
      ...(asset.packed.length > 0 && { Vary: "Accept-Encoding" }),
      ...(encoding && { "Content-Encoding": encoding }),
    });
    response.end(request.method === "HEAD" ? undefined : body);
    return true;
  };
}

/** The packings that the reader's program takes: those it names, unless at weight 0. */
function encodingsOf(request: IncomingMessage): Set<string> {
  const named = String(request.headers["accept-encoding"] ?? "").split(",");
  return new Set(
    named.flatMap((each) => {
      const [name, ...parameters] = each.split(";").map((part) => part.trim().toLowerCase());
      return !name || parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter)) ? [] : [name];
    }),
  );
}
