/**
 * Build the one stylesheet of both renderings from `design/`, and copy the font and the icons beside it, into `cms/static/cms/`.
 *
 * The component sheets of NL Design System offer many variants and thousands of tokens. What no template uses and what no token
 * of ours fills is left out: a declaration without its token would be invalid anyway. `--check` writes nothing and fails on drift.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { browserslistToTargets, bundle, transform } from "lightningcss";

const frontend = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const root = resolve(frontend, "..");
const output = join(root, "cms/static/cms");
const fontPackage = join(frontend, "node_modules/@fontsource-variable/figtree");
const VENDOR_CLASS = /\b(?:nl|utrecht)-[a-z][\w-]*/g;

const OPTIONAL_KEYS = new Set(["from", "fallback"]);
const targets = browserslistToTargets(["chrome 111", "edge 111", "firefox 113", "safari 16.4", "ios_saf 16.4"]);

/** All files under `folder` with one of the `extensions`. */
function* files(folder, extensions) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path, extensions);
    else if (extensions.some((extension) => entry.name.endsWith(extension))) yield path;
  }
}

/** The templates of all Django apps in the repository. */
function* templates() {
  for (const app of readdirSync(root)) {
    const folder = join(root, app, "templates");
    if (existsSync(folder)) yield* files(folder, [".html"]);
  }
}

/** The classes of component sheets that the Django templates name; the frontend mirrors those templates. */
function vendorClassesInUse() {
  const used = new Set();
  for (const path of templates()) {
    for (const [name] of readFileSync(path, "utf8").matchAll(VENDOR_CLASS)) {
      used.add(name);
      // `nl-heading--level-{{ level }}`: the template ends the name, so keep every variant.
      if (name.endsWith("-")) used.add(`${name}*`);
    }
  }
  return used;
}

function isUsed(name, used) {
  if (!/^(?:nl|utrecht)-/.test(name) || used.has(name)) return true;
  for (const candidate of used) if (candidate.endsWith("*") && name.startsWith(candidate.slice(0, -1))) return true;
  return false;
}

/** Can this selector match, as far as its vendor classes say? Alternatives in `:is()` and `:where()` each count. */
function canMatch(selector, used) {
  return selector.every((part) => {
    if (part.type === "class") return isUsed(part.name, used);
    if (part.type === "pseudo-class" && (part.kind === "where" || part.kind === "is")) {
      return part.selectors.some((alternative) => canMatch(alternative, used));
    }
    return true;
  });
}

/** Fill `tokens` in: an unknown variable becomes its fallback, or makes the whole value unusable (null). */
function resolveTokens(tokens, known) {
  const result = [];
  for (const token of tokens) {
    if (token.type === "var") {
      const name = token.value.name.ident;
      const fallback = token.value.fallback ? resolveTokens(token.value.fallback, known) : null;
      if (known.has(name)) result.push(withoutEmptyKeys({ ...token, value: { ...token.value, fallback } }));
      else if (fallback) result.push(...fallback);
      else return null;
    } else if (token.type === "function") {
      const inner = resolveTokens(token.value.arguments, known);
      if (!inner) return null;
      result.push({ ...token, value: { ...token.value, arguments: inner } });
    } else result.push(token);
  }
  return result;
}

/** The parser gives what a variable does not have as null, which it does not take back. */
function withoutEmptyKeys(node) {
  if (Array.isArray(node)) return node.map(withoutEmptyKeys);
  if (node === null || typeof node !== "object") return node;
  const entries = Object.entries(node).filter(([key, value]) => !(OPTIONAL_KEYS.has(key) && value === null));
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutEmptyKeys(value)]));
}

function variablesIn(code) {
  return new Set(Array.from(code.matchAll(/var\(\s*(--[\w-]+)/g), (match) => match[1]));
}

function customPropertiesIn(code) {
  return new Set(Array.from(code.matchAll(/[{;]\s*(--[\w-]+)\s*:/g), (match) => match[1]));
}

/** Drop what cannot take effect, until nothing changes: values without a token, then tokens without a reader. */
function prune(code, used) {
  for (let before = ""; before !== code; ) {
    before = code;
    const known = customPropertiesIn(code);
    const read = variablesIn(code);
    code = transform({
      filename: "site.css",
      code: Buffer.from(code),
      minify: true,
      visitor: {
        Rule: {
          style(rule) {
            const selectors = rule.value.selectors.filter((selector) => canMatch(selector, used));
            if (selectors.length === rule.value.selectors.length) return undefined;
            return selectors.length ? withoutEmptyKeys({ ...rule, value: { ...rule.value, selectors } }) : [];
          },
        },
        Declaration(declaration) {
          if (declaration.property === "custom") {
            // Properties that the parser does not know, as `content`, come by here too.
            const { name, value } = declaration.value;
            if (name.startsWith("--") && !read.has(name)) return [];
            const resolved = resolveTokens(value, known);
            return resolved ? { property: "custom", value: { name, value: resolved } } : [];
          }
          if (declaration.property === "unparsed") {
            const value = resolveTokens(declaration.value.value, known);
            return value ? { property: "unparsed", value: { ...declaration.value, value } } : [];
          }
          return undefined;
        },
      },
    }).code.toString();
  }
  return code;
}

function buildStylesheet() {
  const bundled = bundle({ filename: join(frontend, "design/site.css"), minify: true });
  const pruned = prune(bundled.code.toString(), vendorClassesInUse());
  const lowered = transform({ filename: "site.css", code: Buffer.from(pruned), minify: true, targets });
  return `/* Built from frontend/design by \`npm run css\`; component sheets: NL Design System and Gemeente Utrecht, EUPL-1.2 */\n${lowered.code}\n`;
}

/** The script without its comments and indentation: whole lines only, so no word of code changes. */
function buildScript(source) {
  const lines = source.replaceAll(/^\s*\/\*\*[^]*?\*\/\n/gm, "").split("\n");
  return lines.map((line) => line.trim()).filter((line) => line && !line.startsWith("//")).join("\n") + "\n";
}

/** Every file that the build owns, with its content. */
function build() {
  const built = new Map([
    ["site.css", Buffer.from(buildStylesheet())],
    ["fonts/figtree-latin.woff2", readFileSync(join(fontPackage, "files/figtree-latin-wght-normal.woff2"))],
    ["fonts/LICENSE.txt", readFileSync(join(fontPackage, "LICENSE"))],
  ]);
  for (const path of files(join(frontend, "design"), [".svg", ".js", ".png", ".ico"])) {
    const content = readFileSync(path);
    const name = relative(join(frontend, "design"), path).replace(/^static[\\/]/, "");
    built.set(name, name.endsWith(".js") ? Buffer.from(buildScript(content.toString())) : content);
  }
  return built;
}

const check = process.argv.includes("--check");
const stale = [];
for (const [name, content] of build()) {
  const path = join(output, name);
  if (existsSync(path) && readFileSync(path).equals(content)) continue;
  stale.push(name);
  if (check) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
if (check && stale.length) {
  console.error(`Out of date in cms/static/cms: ${stale.join(", ")}. Run \`npm run css\` in frontend/ and commit the result.`);
  process.exit(1);
}
const stylesheet = readFileSync(join(output, "site.css"));
console.log(`site.css ${stylesheet.length} bytes, ${gzipSync(stylesheet, { level: 9 }).length} gzipped; ${check ? "up to date" : `${stale.length} file(s) written`}`);
