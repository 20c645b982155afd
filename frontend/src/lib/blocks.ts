/**
 * How a block of the editor is shown, by its type. A type that the API adds is an error here, so the build refuses it, until
 * somebody has looked at it and named it.
 */
import type { Block } from "./contract.ts";

export function blockHtml(block: Block): string {
  switch (block.type) {
    // The CMS renders these, for both renderings.
    case "afbeelding":
    case "alinea":
    case "citaat":
    case "contact":
    case "download":
    case "formulier":
    case "kader":
    case "kerngetallen":
    case "kop":
    case "koppelingen":
    case "overzicht":
    case "paginakaarten":
    case "publicaties":
    case "stappen":
    case "tabel":
    case "tijdlijn":
    case "uitklapper":
    case "video":
      return block.html;
    default:
      return unknown(block);
  }
}

/** An API that is newer than this build: its HTML is complete by itself. */
function unknown(block: never): string {
  return (block as Block).html;
}
