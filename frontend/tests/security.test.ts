import assert from "node:assert/strict";
import { describe, test } from "node:test";

type Security = typeof import("../src/lib/security.ts");

/** The policy's directive that begins with `name`, as the server starts with this setting. */
async function directive(name: string, hosts: string): Promise<string | undefined> {
  process.env.VIDEO_HOSTS = hosts;
  // Read at start: each setting needs a module of its own.
  const { secure } = (await import(`../src/lib/security.ts?${hosts}`)) as Security;
  const policy = secure(new Response("")).headers.get("Content-Security-Policy") ?? "";
  return policy.split("; ").find((part) => part.startsWith(name));
}

describe("a frame may hold", () => {
  test("the players of both platforms, unless told otherwise", async () => {
    assert.equal(await directive("frame-src", ""), "frame-src https://www.youtube-nocookie.com https://player.vimeo.com");
  });

  test("the players of the platforms in the setting only", async () => {
    assert.equal(await directive("frame-src", "vimeo.com"), "frame-src https://player.vimeo.com");
  });
});

test("media come from the site itself", async () => {
  assert.equal(await directive("media-src", "youtube.com,vimeo.com"), "media-src 'self'");
});
