/** The delivery API's types that components read, under short names. */
export interface Link {
  titel: string;
  url: string;
  taal?: string | null;
}

export interface Picture {
  src: string;
  srcset: string;
  sizes: string;
  breedte: number;
  hoogte: number;
  alt: string;
  bron: string;
}

export interface Card {
  titel: string;
  url: string;
  inleiding: string;
  label: string;
  kenmerken: string[];
  afbeelding?: Picture | null;
  taal?: string | null;
}

export interface TextPart {
  tekst: string;
  url?: string | null;
  taal?: string | null;
}

export interface FileLink {
  titel: string;
  url: string;
  bestandstype: string;
  grootte: number;
  grootteTekst: string;
  taal?: string | null;
  datum?: string | null;
}

interface BaseSection {
  sleutel: string;
  titel: string;
  inleiding: string;
  meer?: Link | null;
}

export type Section = BaseSection &
  (
    | { soort: "blokken"; blokken: { type: string; id: string; html: string }[] }
    | { soort: "tekst"; html: string }
    | { soort: "kaarten"; kaarten: Card[]; leegTekst: string }
    | { soort: "koppelingen"; groepen: { titel: string; koppelingen: Link[] }[] }
    | { soort: "feiten"; feiten: { term: string; waarden: TextPart[][] }[] }
    | { soort: "zinnen"; zinnen: TextPart[][] }
    | { soort: "rollen"; rollen: { titel: string; html: string }[] }
    | { soort: "tabel"; kolommen: string[]; rijen: TextPart[][][]; leegTekst: string }
    | { soort: "bestanden"; bestanden: FileLink[] }
    | { soort: "oproep"; tekst: string; koppelingen: Link[] }
    | {
        soort: "lijst";
        formulierAdres: string;
        zoek?: string | null;
        zoekLabel: string;
        knopTekst: string;
        filters: { naam: string; label: string; keuzes: { waarde: string; label: string; gekozen: boolean }[] }[];
        wissen?: Link | null;
        samenvatting: string;
        kaarten: Card[];
        leegTekst: string;
        bladeren?: PageLinks | null;
      }
  );

export interface PageLinks {
  samenvatting: string;
  vorige?: Link | null;
  volgende?: Link | null;
}

/** The section of one kind. */
export type SectionOf<Kind extends Section["soort"]> = Extract<Section, { soort: Kind }>;

export interface PageView {
  soort: string;
  titel: string;
  label: string;
  inleiding: string;
  taal: string;
  url: string;
  beeld?: Picture | null;
  seo: { titel: string; omschrijving: string; afbeelding?: string | null };
  kruimelpad: Link[];
  vertalingen: { taal: string; naam: string; url: string; huidig: boolean }[];
  bijgewerktOp?: string | null;
  bijgewerktTekst: string;
  melding: string;
  meldingKoppeling?: Link | null;
  ingangen?: Link[];
  secties: Section[];
}

export interface Redirect {
  soort: "doorverwijzing";
  naar: string;
  permanent: boolean;
}

export interface Layout {
  siteNaam: string;
  basisadres: string;
  ondertitel: string;
  taal: string;
  home: Link;
  menu: Link[];
  voet: Link[];
}
