/** Astro as a server of its own: every page is rendered per request from the delivery API, nothing is prerendered. */
import node from "@astrojs/node";
import { defineConfig, passthroughImageService } from "astro/config";
import { ownServer } from "./scripts/own-server.ts";
import { sharedStatic } from "./scripts/shared-static.ts";

const KIBIBYTE = 1024;

export default defineConfig({
  output: "server",
  // Without streaming a component that fails gives the error page, not half a page.
  adapter: ownServer(node({ mode: "standalone", bodySizeLimit: 64 * KIBIBYTE, experimentalDisableStreaming: true })),
  integrations: [sharedStatic()],
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
  vite: { plugins: [{ name: "whole-dist", apply: "build", config: () => ({ ssr: { noExternal: true } }) }] },
});
