// Keeps the pages of those who contribute, and what they are made of, for when there is no network. Nothing that
// anybody has typed passes here: only what is read with GET, and of that only pages and assets.

const store = "lieudit-contribute-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const isOurs = ({ method, url }) => {
  const { origin, pathname } = new URL(url);
  return method === "GET" && origin === self.location.origin && /^\/(contribute|assets)\/|^\/favicon\.ico$/.test(pathname);
};

/** From the network while there is one, so that a page is never older than it must be. */
async function answer(request) {
  const cache = await caches.open(store);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(request, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  if (isOurs(event.request)) event.respondWith(answer(event.request));
});

/** What the page has loaded before this began to listen. */
self.addEventListener("message", (event) => {
  const addresses = event.data.filter((url) => isOurs({ method: "GET", url }));
  event.waitUntil(caches.open(store).then((cache) => Promise.allSettled(addresses.map((url) => cache.add(url)))));
});
