/** Rules about addresses, the same as Django's. */
import type { Layout, Link, MenuItem, PageView } from "./contract.ts";

// A page's address: slugs between slashes. "//host" and a file's name are none.
const PAGE_WITHOUT_SLASH = /^(?:\/[\p{L}\p{N}_-]+)+$/u;

/** The address with the slash that a page's address ends in; null when it has one already, or can't be a page. */
export function withTrailingSlash(pathname: string): string | null {
  try {
    return PAGE_WITHOUT_SLASH.test(decodeURI(pathname)) ? `${pathname}/` : null;
  } catch {
    return null;
  }
}

/** The `aria-current` of a menu entry: "page" on the page itself, "true" on one below it and on a group that holds it. */
export function currentState(entry: Link | MenuItem, view: PageView | undefined): "page" | "true" | undefined {
  if (!view) return undefined;
  if ("onderliggend" in entry && entry.onderliggend.length > 0) {
    return entry.onderliggend.some((child) => currentState(child, view)) ? "true" : undefined;
  }
  if (entry.url === view.url) return "page";
  return view.kruimelpad.slice(1).some((crumb) => crumb.url === entry.url) ? "true" : undefined;
}

/** The full public address of a root-relative one. */
export function absolute(layout: Layout, url: string): string {
  return url.startsWith("/") ? layout.basisadres + url : url;
}
