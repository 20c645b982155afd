/** What Astro itself tells at run time, in the shape of `lib/log.ts`. Astro takes a logger in JavaScript only. */

// Colours of a terminal.
// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[0-9;]*m/g;

/** @returns A destination that writes warnings and errors, a line each. */
export default function astroLog() {
  return {
    /** @param {{ message: string, label: string | null, level: string }} event */
    write({ message, label, level }) {
      if (level !== "warn" && level !== "error") return;
      const line = { time: new Date().toISOString(), level: level === "warn" ? "warning" : level, source: label ?? "astro" };
      console.error(JSON.stringify({ ...line, message: message.replace(COLOURS, "") }));
    },
  };
}
