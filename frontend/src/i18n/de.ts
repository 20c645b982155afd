/** The frontend's own texts in German: the same as in Django's catalog. */
import type { Texts } from "./index.ts";

export const de: Texts = {
  skipToContent: "Zum Inhalt",
  menu: "Menü",
  mainMenu: "Hauptmenü",
  language: "Sprache",
  breadcrumbs: "Brotkrümelpfad",
  onThisPage: "Auf dieser Seite",
  aboutThisSite: "Über diese Website",
  paging: "Seiten",
  table: "Tabelle",
  pictureBy: "Bild:",
  lastUpdated: "Zuletzt aktualisiert am",
  display: "Darstellung",
  displaySystem: "Wie Ihr Gerät",
  displayLight: "Hell",
  displayDark: "Dunkel",
  toHome: "Zur Startseite",
  missingTitle: "Diese Seite gibt es nicht",
  missingText: "Vielleicht wurde die Seite verschoben oder die Adresse stimmt nicht ganz. Prüfen Sie die Adresse oder suchen Sie von der Startseite aus weiter.",
  errorTitle: "Etwas ist schiefgegangen",
  errorText: "Die Website konnte diese Seite nicht anzeigen. Das liegt nicht an Ihnen. Versuchen Sie es in ein paar Minuten noch einmal.",
  unavailableTitle: "Die Website ist vorübergehend nicht erreichbar",
  unavailableText: "Das liegt nicht an Ihnen. Versuchen Sie es in einer Minute erneut.",
};
