/** The delivery API's types that components read, by their names in the code. All are made from `openapi.json`. */
import type { components } from "./api-types.d.ts";

type Schemas = components["schemas"];

export type Answer = Schemas["PaginaOpPad"];
export type PageView = Schemas["Paginaweergave"];
export type HomeView = Schemas["Homepagina"];
/** What helps a reader on from an address where nothing stands. */
export type Missing = Pick<Schemas["Paginaprobleem"], "zoekwoorden" | "nabij">;
/** What it takes to see a page that not everybody may. */
export type Restricted = Schemas["Toegangsprobleem"];
export type Layout = Schemas["Navigatie"];
export type Section = PageView["secties"][number];
/** The section of one kind. */
export type SectionOf<Kind extends Section["soort"]> = Extract<Section, { soort: Kind }>;
export type Block = Schemas["Blok"];
export type Card = Schemas["Kaart"];
export type Link = Schemas["Koppeling"];
export type MenuItem = Schemas["Menuregel"];
export type FacetValue = Schemas["Facetkeuze"];
export type NumberedLink = Schemas["Koppeling met aantal"];
export type PageLinks = Schemas["Bladeren"];
export type Picture = Schemas["Afbeelding"];
export type ContentsEntry = Schemas["Inhoudsregel"];
export type DrawnLine = Schemas["Tekstregel"];
export type TextPart = Schemas["Tekstdeel"];
/** A form that came back: what is wrong, and the page with the form as it was filled in. */
export type SubmissionProblem = Schemas["Inzendingsprobleem"];
