const list = document.querySelector("#publicaties");
const { site, thema } = list.dataset;
const query = new URLSearchParams({ thema, sorteer: "nieuwste", paginaGrootte: "5", velden: "titel,url" });
const response = await fetch(`${site}/api/v1/publicaties?${query}`);
const { resultaten, detail } = await response.json();
if (!response.ok) list.textContent = detail;
for (const { titel, url } of resultaten ?? []) {
  const link = list.appendChild(document.createElement("li")).appendChild(document.createElement("a"));
  Object.assign(link, { href: new URL(url, site), textContent: titel });
}
