// The desk: signing in, the sections that a role has, and what they share. Each section is a module of its own,
// `desk-NAME.js`, that exports `title` (a word: "group.name") and `show(place, desk, rest)`; one that is missing or
// fails leaves the others be.

import { element, phrase, say as write } from "./markup.js";

const words = JSON.parse(document.body.dataset.words);
const language = document.documentElement.lang;
const part = (id) => document.getElementById(id);
const name = document.title;

/** Which sections a role has, in the order in which they stand. */
const sections = {
  curator: ["queue", "reports", "layers", "encounters", "exports", "imports", "partners", "people", "usage", "journal", "history"],
  operator: ["queue", "reports", "layers", "encounters", "exports", "imports", "partners", "people", "usage", "journal", "history"],
  partner: ["clearance", "history"],
};

/** What the server refuses, with its words: `status`, `problem` (problem+json), `faults` by JSON Pointer. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.errors?.map(({ detail }) => detail).filter(Boolean).join(" ") || problem.detail || words.desk.failed);
    Object.assign(this, { status, problem, code: problem.code, faults: problem.errors ?? [] });
  }
}

let modules = new Map();
let known = new Map();
let shown = 0;

// Asking

/** One request. {status, told}; status 0 where nobody answers. */
async function ask(method, path, body, headers = {}) {
  const fields = { "Accept": "application/json", "Accept-Language": language, ...headers };
  const isFile = body instanceof Blob;
  if (body !== undefined || method !== "GET") fields["Content-Type"] = isFile ? "application/octet-stream" : "application/json";
  try {
    const answer = await fetch(path, {
      method, headers: fields, body: body === undefined || isFile ? body : JSON.stringify(body),
      credentials: "same-origin", cache: "no-store", referrerPolicy: "no-referrer",
    });
    const text = await answer.text();
    return { status: answer.status, told: text ? JSON.parse(text) : {} };
  } catch {
    return { status: 0, told: { detail: words.desk.offline } };
  }
}

/** The same for sections: a session that is over is begun again in a dialog, so that nothing typed is lost. */
async function call(method, path, body, headers) {
  for (;;) {
    const { status, told } = await ask(method, path, body, headers);
    if (status === 401 && (await signInAgain())) continue;
    if (status === 0 || status >= 400) throw new Refusal(status, told);
    return told;
  }
}

/** What every section is given. */
export const desk = {
  role: "", layers: [], layer: undefined, words, language, session: undefined,
  get: (path) => call("GET", path),
  send: (method, path, body, headers) => call(method, path, body, headers),
  /** Says something politely, and lets it stand for a while. */
  say(text) {
    part("said").textContent = "";
    setTimeout(() => { part("said").textContent = text; });
    clearTimeout(desk.saying);
    desk.saying = setTimeout(() => { part("said").textContent = ""; }, 12_000);
  },
  /** Asks for a yes; false for a no and for Escape. */
  ask(text) {
    part("question-words").textContent = text;
    return answered(part("question"));
  },
  /** Goes to a fragment, such as "reports" or "queue/fabrique"; shows it anew when it is there already. */
  navigate(fragment) {
    if (location.hash.slice(1) === fragment) show();
    else location.hash = fragment;
  },
  /** Which layer is looked after now; sections remember it for each other. */
  choose(layer) {
    desk.layer = layer;
  },
};

// Dialogs

const waiting = new Map();

/**
 * Whether a dialog, opened now, is closed with a yes. The browser tells of a closing a frame later, when the dialog may
 * be open again: that word is about the question before, which has had its no.
 */
function answered(dialog) {
  waiting.get(dialog)?.(false);
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => waiting.set(dialog, resolve));
}

for (const dialog of [part("question"), part("again")]) {
  dialog.addEventListener("close", () => { if (!dialog.open) waiting.get(dialog)?.(dialog.returnValue === "yes"); });
}

// Signing in and out

async function signIn(token) {
  const { status, told } = await ask("POST", "/session", { token });
  if (status !== 200) return status === 401 ? words.desk.wrong : told.detail || words.desk.failed;
  // Whether the browser has kept the cookie shows only when it is sent back.
  const back = await ask("GET", "/session");
  if (back.status === 401) return words.desk.noCookie;
  if (back.status !== 200) return back.told.detail || words.desk.failed;
  take(back.told);
  return undefined;
}

function take(session) {
  Object.assign(desk, { session, role: session.role, layers: session.layers });
  if (!desk.layers.some(({ id }) => id === desk.layer)) desk.layer = desk.layers[0]?.id;
  const reach = session.partner?.name ?? (session.layer ? titleOf(session.layer) : words.desk.everything);
  write(part("who"), [session.label, words.desk[`role_${session.role}`], reach].filter(Boolean).join(" · "));
  part("leaving").hidden = false;
}

const titleOf = (id) => desk.layers.find((layer) => layer.id === id)?.title || id;

/** Whether somebody has signed in again. */
async function signInAgain() {
  if (!desk.session) {
    showDoor();
    return false;
  }
  if (part("again").open) return false;
  write(part("f-again"));
  part("again-token").value = "";
  const before = desk.session;
  if (!(await answered(part("again")))) return false;
  // Somebody else has other sections.
  if (desk.session.id !== before.id) open();
  return desk.session.id === before.id;
}

function showDoor(fault) {
  shown += 1;
  Object.assign(desk, { session: undefined, role: "", layers: [], layer: undefined });
  modules = new Map();
  part("place").replaceChildren();
  part("sections").replaceChildren();
  for (const id of ["sections", "who", "leaving", "trouble"]) part(id).hidden = true;
  part("who").textContent = "";
  part("heading").textContent = words.desk.title;
  document.title = name;
  part("token").value = "";
  write(part("f-token"), fault);
  part("door").hidden = false;
}

part("door").addEventListener("submit", async (event) => {
  event.preventDefault();
  const typed = part("token").value.trim();
  const fault = typed ? await signIn(typed) : words.desk.tokenNeeded;
  write(part("f-token"), fault);
  if (fault) return part("token").focus();
  part("token").value = "";
  await open();
  part("heading").focus();
});

part("again-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const typed = part("again-token").value.trim();
  const fault = typed ? await signIn(typed) : words.desk.tokenNeeded;
  write(part("f-again"), fault);
  if (fault) return part("again-token").focus();
  part("again-token").value = "";
  part("again").close("yes");
});
part("again-no").addEventListener("click", () => part("again").close("no"));

part("leave").addEventListener("click", async () => {
  await ask("DELETE", "/session");
  history.replaceState(null, "", location.pathname + location.search);
  showDoor();
  part("token").focus();
});

// Sections

/** Loads what the role has, and shows what the address names. */
async function open() {
  part("door").hidden = true;
  const names = sections[desk.role] ?? [];
  const loaded = await Promise.all(names.map(async (section) => {
    try {
      return [section, await import(`./desk-${section}.js`)];
    } catch {
      return undefined;
    }
  }));
  modules = new Map(loaded.filter(Boolean));
  known = new Map([...modules].map(([section, { title }]) => [section, wordOf(title)]));
  part("sections").replaceChildren(element("ul", {}, [...known].map(([section, title]) =>
    element("li", {}, element("a", { href: `#${section}`, "data-section": section }, title)))));
  part("sections").hidden = false;
  await show();
}

/** The word that a section names: "group.name", or a name of the group `desk`. */
const wordOf = (key) => {
  const [group, word] = key.includes(".") ? key.split(".") : ["desk", key];
  return words[group]?.[word] ?? key;
};

async function show({ isMoved = false } = {}) {
  if (!desk.session) return;
  const [asked, ...rest] = location.hash.slice(1).split("/").map(readable);
  const section = modules.has(asked) ? asked : modules.keys().next().value;
  if (!section) return write(part("trouble"), words.desk.nothing);
  const turn = (shown += 1);
  write(part("trouble"));
  for (const link of part("sections").querySelectorAll("a")) {
    if (link.dataset.section === section) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  part("heading").textContent = known.get(section);
  document.title = `${known.get(section)} · ${name}`;
  document.querySelector(".tongue a").hash = location.hash;
  // A place of its own, so that what comes late to another section is written nowhere.
  const place = element("div", { class: `desk-section desk-${section}` });
  part("place").replaceChildren(place);
  if (isMoved) part("heading").focus();
  try {
    await modules.get(section).show(place, desk, section === asked ? rest : []);
  } catch (error) {
    if (turn === shown) write(part("trouble"), error instanceof Refusal ? error.message : words.desk.failed);
    if (!(error instanceof Refusal)) console.error(error);
  }
}

function readable(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

addEventListener("hashchange", () => {
  const access = takeAccess();
  if (access && !desk.session) part("token").value = access;
  else if (location.hash !== "#contenu") show({ isMoved: true });
});

/** An invitation that was photographed holds the access: it leaves the address at once, and waits for a yes. */
function takeAccess() {
  const access = /^#access\/([0-9a-z]{26})$/.exec(location.hash)?.[1];
  if (access) history.replaceState(null, "", location.pathname + location.search);
  return access;
}

async function start() {
  const access = takeAccess();
  if (access) {
    showDoor();
    part("token").value = access;
    return part("door").querySelector("button").focus();
  }
  if (!("signed" in document.body.dataset)) return showDoor();
  const { status, told } = await ask("GET", "/session");
  if (status !== 200) return showDoor(status === 401 ? undefined : told.detail);
  take(told);
  return open();
}

// What a page holds that is left, nobody finds by going back.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
start();
