// What somebody has answered so far, on their own device until the server has acknowledged it. A place stands in it
// only as coarsely as it will show.

const days = 30;
const millisecondsOfDay = 86_400_000;

/** A random key of 128 bits. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The draft of a layer: what was kept, or a new one. Nothing is stored before `keep` is called. */
export function draftOf(layer) {
  const name = `lieudit.draft.${layer}`;
  let content = read(name);
  const wasKept = content !== undefined;
  content ??= { key: newKey() };
  let keepsNothing = false;
  return {
    get content() { return content; },
    /** Whether there was one already. */
    wasKept,
    /** Whether the device refuses to keep anything; then the draft lives in this page only. */
    get keepsNothing() { return keepsNothing; },
    keep(changes) {
      content = { ...content, ...changes, day: Math.floor(Date.now() / millisecondsOfDay) };
      try {
        localStorage.setItem(name, JSON.stringify(content));
      } catch {
        keepsNothing = true;
      }
    },
    forget() {
      content = { key: newKey() };
      try {
        localStorage.removeItem(name);
      } catch {
        // There was nothing to forget.
      }
    },
  };
}

function read(name) {
  try {
    const text = localStorage.getItem(name);
    if (text === null) return undefined;
    const content = JSON.parse(text);
    const isFresh = Math.floor(Date.now() / millisecondsOfDay) - content.day <= days;
    if (isFresh && typeof content.key === "string" && content.key.length === 32) return content;
    localStorage.removeItem(name);
  } catch {
    // No storage, or not ours to read.
  }
  return undefined;
}
