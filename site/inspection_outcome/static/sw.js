// Answers from what a reader keeps on this phone where the network does not. Installed only when they keep something.
const PATIENCE = 4000; // milliseconds: then a page that is kept is shown rather than waited for

const open = stored => new Response(stored.body.pipeThrough(new DecompressionStream("gzip"))).json();

const kept = async request => {
  if (!await caches.has("kept")) return;
  const path = new URL(request.url).pathname;
  for (const stored of await (await caches.open("kept")).matchAll()) {
    const { home, files } = await open(stored).catch(() => ({ files: {} })); // one that is spoilt hides no other
    const found = files[path === "/" ? home : path] || files[`${path}/`];
    if (!found) continue;
    const headers = new Headers(stored.headers); // the rules for its scripts and styles among them
    ["Content-Length", "ETag"].forEach(name => headers.delete(name));
    headers.set("Content-Type", found.type);
    return new Response(found.text, { headers });
  }
};

const answer = async request => {
  const live = fetch(request);
  try {
    const first = await Promise.race([live, new Promise((_, late) => { setTimeout(late, PATIENCE); })]);
    if (first.status < 500) return first;
  } catch { /* no network, or too slow a one */ }
  return await kept(request).catch(() => {}) || live;
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", event => event.waitUntil(clients.claim()));
addEventListener("fetch", event => {
  const { request } = event, url = new URL(request.url);
  const ours = request.method === "GET" && url.origin === location.origin && !url.pathname.endsWith("/kept.gz");
  if (ours) event.respondWith(answer(request));
});
