/** A CMS of a few lines, on a free port of this machine, for one test at a time. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const LAYOUT = {
  siteNaam: "Voorbeeldnetwerk",
  basisadres: "https://voorbeeld.nl",
  ondertitel: "",
  taal: "nl",
  home: { titel: "Home", url: "/" },
  menu: [],
  voet: [],
};

/** Run `use` while a CMS answers with `answer`; CMS_API_URL points to it. Gives what was asked, in order. */
export async function withCms(
  answer: (url: URL, response: ServerResponse, request: IncomingMessage) => void,
  use: () => Promise<void>,
): Promise<string[]> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://stub");
    asked.push(url.pathname + url.search);
    if (url.pathname === "/api/v1/navigatie") json(response, { ...LAYOUT, taal: url.searchParams.get("taal") });
    else answer(url, response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env.CMS_API_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  try {
    await use();
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return asked;
}

export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}
