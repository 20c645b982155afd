/** The frontend's own texts per language. All other text comes from the API. */
import { de } from "./de.ts";
import { en } from "./en.ts";
import { nl } from "./nl.ts";

export type Texts = Record<keyof typeof nl, string>;

/** The language at the root of the site; others stand under a prefix. */
export const DEFAULT_LANGUAGE = "nl";

const TEXTS: ReadonlyMap<string, Texts> = new Map([
  ["nl", nl],
  ["en", en],
  ["de", de],
]);

/** The texts in `language`; Dutch where the frontend does not know that language. */
export function texts(language: string): Texts {
  return TEXTS.get(language) ?? nl;
}

/** The language of an address, by its prefix ("/en/…"). Never by a cookie or a header. */
export function languageOf(pathname: string): string {
  const prefix = pathname.split("/")[1] ?? "";
  return TEXTS.has(prefix) && prefix !== DEFAULT_LANGUAGE ? prefix : DEFAULT_LANGUAGE;
}

/** The home page of a language, when the API is away and cannot tell. */
export function homeOf(language: string): string {
  return language === DEFAULT_LANGUAGE ? "/" : `/${language}/`;
}

/** A date ("2026-11-23") as Django writes it in each language: "23 november 2026". */
export function dateText(isoDate: string, language: string): string {
  const date = new Date(`${isoDate}T00:00:00Z`);
  const month = date.toLocaleDateString(language, { month: "long", timeZone: "UTC" });
  const day = language === "de" ? `${date.getUTCDate()}.` : date.getUTCDate();
  return `${day} ${month} ${date.getUTCFullYear()}`;
}
