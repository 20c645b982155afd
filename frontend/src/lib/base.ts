/**
 * A frontend below a path of its own, as `/netwerk`. Routes, components and the CMS know nothing of it: the path is taken off
 * what comes in, and put before the addresses on this host in what goes out.
 */

/** The path below which the frontend stands, without a slash at the end; "" at the root of its host. */
export function basePath(): string {
  const path = (process.env.BASE_PATH ?? "").replace(/\/+$/, "");
  if (path && !/^(?:\/[\w-]+)+$/.test(path)) {
    throw new Error(`BASE_PATH is "${path}"; it must look like /netwerk: letters, digits and - between slashes.`);
  }
  return path;
}

/** The address without `base`; null where it is not below it. */
export function withoutBase(address: string, base: string): string | null {
  if (!address.startsWith(base)) return null;
  const rest = address.slice(base.length);
  if (rest === "" || rest.startsWith("?")) return `/${rest}`;
  return rest.startsWith("/") ? rest : null;
}

/** `base` before an address from the root of this host; other addresses as they are. */
export function withBase(address: string, base: string): string {
  return /^\/(?!\/)/.test(address) ? base + address : address;
}

const ADDRESSES = /(\s(?:href|src|action|poster|data-completions)=")(\/(?!\/)[^"]*")/g;
const SETS = /(\ssrcset=")([^"]*)"/g;

/** The document with `base` before all addresses from the root of this host. */
export function rebased(html: string, base: string): string {
  return html
    .replace(ADDRESSES, (_all, before: string, address: string) => before + base + address)
    .replace(SETS, (_all, before: string, set: string) => {
      const candidates = set.split(",").map((candidate) => withBase(candidate.trim(), base));
      return `${before}${candidates.join(", ")}"`;
    });
}
