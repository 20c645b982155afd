/** Astro as a server of its own: every page is rendered per request from the delivery API, nothing is prerendered. */
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import node from "@astrojs/node";
import { defineConfig, passthroughImageService } from "astro/config";
import { fingerprint } from "./scripts/fingerprint.ts";
import { ownServer } from "./scripts/own-server.ts";
import { packed } from "./scripts/packed.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const shared = here("../cms/static/cms");
const KIBIBYTE = 1024;

export default defineConfig({
  output: "server",
  // Without streaming a component that fails gives the error page, not half a page.
  adapter: ownServer(node({ mode: "standalone", bodySizeLimit: 64 * KIBIBYTE, experimentalDisableStreaming: true })),
  integrations: [packed()],
  // At run time HOST and PORT win.
  server: { host: "127.0.0.1", port: 4321 },
  // The route decides about slashes, with Django's rule.
  trailingSlash: "ignore",
  session: false,
  devToolbar: { enabled: false },
  // The built server tells the log in JSON; people read what the commands say.
  ...(process.argv.includes("build") && { logger: { entrypoint: new URL("src/astro-log.js", import.meta.url) } }),
  // Wagtail makes the renditions.
  image: { service: passthroughImageService() },
  build: { inlineStylesheets: "never" },
  security: {
    // No forwarded host is trusted: all addresses are root-relative, or come from the API.
    allowedDomains: [],
    // The middleware refuses all that is not reading, with our own answer; whoever lets a form through checks its origin there.
    checkOrigin: false,
    actionBodySizeLimit: 64 * KIBIBYTE,
    serverIslandBodySizeLimit: 64 * KIBIBYTE,
  },
  // `dist` holds all that it needs, so it runs without node_modules. Not for `astro dev`, which can't bundle CommonJS packages.
  vite: {
    plugins: [{ name: "whole-dist", apply: "build", config: () => ({ ssr: { noExternal: true } }) }],
    // The one stylesheet, font and scripts of both renderings: `@static` in tsconfig.json.
    define: { "import.meta.env.MADE": JSON.stringify(fingerprint([here("src"), shared], [here("package-lock.json")])) },
    server: { fs: { allow: [".", shared] } },
    // As files of their own, whatever their size: the content security policy takes none that stand in the page.
    build: { assetsInlineLimit: 0, cssMinify: false },
    // A stylesheet stands beside its font and pictures, also below a path of its own (BASE_PATH).
    experimental: { renderBuiltUrl: (name, { hostType }) => (hostType === "css" ? `./${basename(name)}` : undefined) },
  },
});
