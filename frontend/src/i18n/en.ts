/** The frontend's own texts in English: the same as in Django's catalog. */
import type { Texts } from "./index.ts";

export const en: Texts = {
  skipToContent: "Skip to content",
  menu: "Menu",
  mainMenu: "Main menu",
  language: "Language",
  breadcrumbs: "Breadcrumbs",
  onThisPage: "On this page",
  aboutThisSite: "About this site",
  paging: "Pages",
  table: "Table",
  pictureBy: "Image:",
  lastUpdated: "Last updated on",
  display: "Appearance",
  displaySystem: "Same as your device",
  displayLight: "Light",
  displayDark: "Dark",
  toHome: "Go to the home page",
  missingTitle: "This page does not exist",
  missingText: "The page may have moved, or the address may be wrong. Check the address, or start again from the home page.",
  errorTitle: "Something went wrong",
  errorText: "The site could not show this page. It is not your fault. Try again in a few minutes.",
  unavailableTitle: "The site is temporarily unavailable",
  unavailableText: "It is not your fault. Please try again in a minute.",
};
