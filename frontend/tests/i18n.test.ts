import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { dateText, languageOf, texts } from "../src/i18n/index.ts";

/** A catalog of Django: Dutch text → translation. Only entries on one line, as the frontend's are. */
function catalog(language: string): Map<string, string> {
  const file = new URL(`../../cms/locale/${language}/LC_MESSAGES/django.po`, import.meta.url);
  const entries = readFileSync(file, "utf8").matchAll(/^msgid "(.+)"\nmsgstr "(.+)"$/gm);
  return new Map(Array.from(entries, ([, dutch = "", translated = ""]) => [dutch, translated]));
}

// Of pages that only the frontend has, and of the form for a password, whose words Django takes from Wagtail.
const OWN = /^(unavailable|password$|passwordWrong$|passwordOften$|errorWord$)/;

describe("texts", () => {
  for (const language of ["en", "de"]) {
    test(`are the same in ${language} as in Django's catalog`, () => {
      const translations = catalog(language);
      const shared = Object.entries(texts("nl")).filter(([key]) => !OWN.test(key));
      for (const [key, dutch] of shared) {
        assert.equal(texts(language)[key as keyof ReturnType<typeof texts>], translations.get(dutch), key);
      }
    });
  }

  test("are Dutch in a language that the frontend does not know", () => {
    assert.equal(texts("fr"), texts("nl"));
  });
});

test("the language of an address is its prefix, else Dutch", () => {
  assert.equal(languageOf("/en/themes/"), "en");
  assert.equal(languageOf("/de"), "de");
  assert.equal(languageOf("/"), "nl");
  assert.equal(languageOf("/nl/themas/"), "nl");
  assert.equal(languageOf("/energie/"), "nl");
  assert.equal(languageOf("/constructor/"), "nl");
});

test("a date has day, month in words and year, without leading zero", () => {
  assert.equal(dateText("2026-03-01", "nl"), "1 maart 2026");
  assert.equal(dateText("2026-03-01", "en"), "1 March 2026");
  assert.equal(dateText("2026-03-01", "de"), "1. März 2026");
});
