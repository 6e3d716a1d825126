// <lieudit-map layer="…" embed="…">: a map of Lieudit on another site. One frame, made when it comes near; no cookie,
// nothing kept, nobody else asked. Until the frame has greeted, and without it, the element's own content shows.

const options = {
  embed: "embed", bbox: "bbox", kind: "kind", theme: "theme", "map-style": "style", list: "list", contribute: "contribute",
};
const titles = { fr: "Carte de lieux et de souvenirs", en: "Map of places and memories" };
const firstHeight = 480;
const [least, most] = [120, 6000];
const patience = 12000; // How long a frame that has loaded may keep silent.

const page = (layer) => new URL(`embed/${encodeURIComponent(layer)}`, import.meta.url);

const nearby = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) target.show();
}, { rootMargin: "600px 0px" });

class LieuditMap extends HTMLElement {
  static observedAttributes = [...Object.keys(options), "layer", "lang", "title"];

  #frame;
  #own; // The slot through which the element's own content shows.
  #waiting;
  #listen = (event) => this.#told(event);

  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" }).append(this.#own = document.createElement("slot"));
    if (getComputedStyle(this).display === "inline") this.style.display = "block";
    addEventListener("message", this.#listen);
    nearby.observe(this);
  }

  disconnectedCallback() {
    removeEventListener("message", this.#listen);
    nearby.unobserve(this);
    this.#leave();
  }

  /** What is asked for otherwise is asked anew. */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#frame) return;
    if (name === "title") this.#frame.title = now ?? "";
    else this.#frame.src = this.address;
  }

  /** The page that the frame shows. */
  get address() {
    const address = page(this.getAttribute("layer") ?? "");
    for (const [attribute, name] of Object.entries(options)) {
      if (this.getAttribute(attribute)) address.searchParams.set(name, this.getAttribute(attribute));
    }
    const language = this.closest("[lang]")?.lang;
    if (language) address.searchParams.set("lang", language);
    return address.href;
  }

  /** Makes the frame, once. */
  show() {
    nearby.unobserve(this);
    if (this.#frame || !this.isConnected || !this.getAttribute("layer")) return;
    const frame = (this.#frame = document.createElement("iframe"));
    const language = this.closest("[lang]")?.lang.toLowerCase().split("-")[0];
    frame.title = this.title || titles[language] || titles.fr;
    frame.referrerPolicy = "no-referrer";
    // Only where people contribute is a place ever asked for.
    if (this.getAttribute("contribute") === "yes") frame.allow = "geolocation; clipboard-write";
    Object.assign(frame.style, { display: "block", width: "100%", height: `${firstHeight}px`, border: "0", colorScheme: "normal" });
    frame.addEventListener("load", () => {
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => this.#leave(), patience);
    });
    frame.src = this.address;
    this.shadowRoot.append(frame);
  }

  /** A frame that says nothing shows nothing that is ours: a closed map, or no way to get there. */
  #leave() {
    clearTimeout(this.#waiting);
    this.#frame?.remove();
    this.#frame = undefined;
    if (this.#own) this.#own.hidden = false;
  }

  #told({ origin, source, data }) {
    if (!this.#frame || source !== this.#frame.contentWindow || origin !== new URL(import.meta.url).origin) return;
    if (data?.lieudit !== "frame" || !Number.isFinite(data.height)) return;
    clearTimeout(this.#waiting);
    this.#own.hidden = true;
    this.#own.style.display = "none";
    this.#frame.style.height = `${Math.ceil(Math.min(most, Math.max(least, data.height)))}px`;
    if (!this.title && typeof data.title === "string" && data.title) this.#frame.title = data.title.slice(0, 300);
  }
}

if (!customElements.get("lieudit-map")) customElements.define("lieudit-map", LieuditMap);
