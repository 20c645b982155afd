// Answers as the API does, at next to no cost: `node stub.mjs PORT ORIGIN`. It asks the API for each address once, and
// answers from memory from then on, with status 304 to who has the answer already.
import { createServer } from "node:http";

const [port, origin] = process.argv.slice(2);
const known = new Map();

async function learned(url) {
  const answer = await fetch(origin + url);
  const names = ["content-type", "etag", "cache-control", "api-version"];
  const headers = Object.fromEntries(names.map((name) => [name, answer.headers.get(name)]).filter(([, value]) => value));
  const learning = { status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) };
  if (answer.status === 200) known.set(url, learning);
  return learning;
}

createServer(async (request, response) => {
  const { status, headers, body } = known.get(request.url) ?? (await learned(request.url));
  if (headers.etag && request.headers["if-none-match"] === headers.etag) response.writeHead(304, headers).end();
  else response.writeHead(status, { ...headers, "content-length": body.length }).end(body);
}).listen(Number(port), "127.0.0.1");
