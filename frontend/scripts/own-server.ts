/** Lets the build start `src/server.ts` in place of the adapter's own server. */
import type { AstroIntegration } from "astro";

export function ownServer(adapter: AstroIntegration): AstroIntegration {
  const whenConfigured = adapter.hooks["astro:config:done"];
  return {
    ...adapter,
    hooks: {
      ...adapter.hooks,
      "astro:config:done": (options) =>
        whenConfigured?.({
          ...options,
          setAdapter: (settings) =>
            options.setAdapter({ ...settings, serverEntrypoint: new URL("../src/server.ts", import.meta.url) }),
        }),
    },
  };
}
