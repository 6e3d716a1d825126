// Who looks after what: invited with an access of their own, for one layer and for a time, and shown out again.

import { element, phrase, say } from "./markup.js";
import { qrCode } from "./receipt.js";

export const title = "deskPeople.title";

const months = 6;

export async function show(place, desk) {
  const people = new People(place, desk);
  await people.load();
}

class People {
  constructor(place, desk) {
    Object.assign(this, { desk, words: desk.words.deskPeople });
    this.list = element("ul", { class: "desk-people-list" });
    this.given = element("div", { "aria-live": "polite" });
    this.place = place;
  }

  async load() {
    const isOperator = this.desk.role === "operator";
    const [{ tokens }, { partners }] = await Promise.all([
      this.desk.get("/tokens"), isOperator ? this.desk.get("/partners") : { partners: [] },
    ]);
    this.partners = partners.filter(({ closed }) => !closed);
    this.place.append(
      element("p", { class: "lede" }, this.words.lede), this.given, this.form(),
      element("h2", {}, this.words.who), this.list);
    this.draw(tokens);
  }

  draw(tokens) {
    const good = tokens.filter(({ good: isGood }) => isGood);
    const over = tokens.length - good.length;
    this.list.replaceChildren(...good.map((token) => this.line(token)));
    if (over) this.list.append(element("li", { class: "desk-hint" }, phrase(this.words[over === 1 ? "overOne" : "over"], { count: over })));
  }

  line(token) {
    const { words, desk } = this;
    const name = token.label || words[`role_${token.role}`];
    return element("li", { class: "desk-card desk-person", "data-token": token.id },
      element("div", {},
        element("p", { class: "desk-title" }, element("bdi", {}, name), token.own && ` (${words.you})`),
        element("p", { class: "desk-hint" }, [words[`role_${token.role}`], this.reach(token), this.until(token)].filter(Boolean).join(" · "))),
      element("button", { type: "button", class: "desk-grave", click: () => this.revoke(token, name) },
        words.revoke, element("span", { class: "desk-unseen" }, ` ${name}`)));
  }

  reach({ role, layer, partner }) {
    if (role === "partner") return this.partners.find(({ id }) => id === partner)?.name ?? partner?.slice(0, 8);
    return layer ? this.desk.layers.find(({ id }) => id === layer)?.title || layer : this.desk.words.desk.everything;
  }

  until({ expires }) {
    // The first moment at which it opens nothing; the day before is its last.
    return expires ? phrase(this.words.until, { day: new Date(new Date(expires) - 1000).toLocaleDateString(this.desk.language, { dateStyle: "long" }) }) : this.words.forGood;
  }

  form() {
    const { words, desk } = this;
    const { session } = desk;
    const roles = desk.role === "operator" ? ["curator", "partner", "operator"] : ["curator"];
    const role = element("select", { id: "p-role", change: () => shown() }, roles.map((value) => element("option", { value }, words[`role_${value}`])));
    const layer = element("select", { id: "p-layer" },
      desk.layers.map(({ id, title: name }) => element("option", { value: id, selected: id === desk.layer }, name || id)),
      !session.layer && element("option", { value: "" }, desk.words.desk.everything));
    const partner = element("select", { id: "p-partner" }, this.partners.map(({ id, name }) => element("option", { value: id }, name)));
    const label = element("input", { id: "p-label", type: "text", maxlength: "80", dir: "auto", autocomplete: "off", "aria-describedby": "h-p-label" });
    const expires = element("input", { id: "p-expires", type: "date", "aria-describedby": "h-p-expires" });
    expires.value = this.usualEnd(session.expires);
    const fault = element("p", { class: "desk-fault", id: "f-people", role: "alert", hidden: true });
    const field = (node, name, hint) => element("p", { class: "desk-field" }, element("label", { for: node.id }, name),
      hint && element("span", { class: "desk-hint", id: `h-${node.id}` }, hint), node);
    const [layerField, partnerField] = [field(layer, desk.words.desk.layer), field(partner, words.partner)];
    const shown = () => {
      layerField.hidden = role.value !== "curator";
      partnerField.hidden = role.value !== "partner";
    };
    shown();
    return element("form", { class: "desk-card desk-invite", novalidate: true, "aria-describedby": "f-people", submit: async (event) => {
      event.preventDefault();
      say(fault);
      const body = { role: role.value, label: label.value.trim() };
      if (role.value === "curator" && layer.value) body.layer = layer.value;
      if (role.value === "partner") body.partner = partner.value;
      if (expires.value) body.expires = expires.value;
      try {
        this.give(await desk.send("POST", "/tokens", body));
        label.value = "";
        this.draw((await desk.get("/tokens")).tokens);
      } catch (error) {
        if (!error.problem) throw error;
        say(fault, error.message);
      }
    } },
    element("h2", {}, words.invite),
    roles.length > 1 ? field(role, words.role) : false,
    layerField, partnerField, field(label, words.label, words.labelHint), field(expires, words.expires, words.expiresHint),
    fault,
    element("p", { class: "desk-acts" }, element("button", { type: "submit", class: "desk-go" }, words.doInvite)));
  }

  /** Half a year, or less where one's own access ends before. */
  usualEnd(own) {
    const date = new Date();
    date.setMonth(date.getMonth() + months);
    const last = own && new Date(new Date(own) - 1000);
    const end = last && last < date ? last : date;
    return [end.getFullYear(), end.getMonth() + 1, end.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  }

  /** The access, this once. */
  give(token) {
    const { words } = this;
    const heading = element("h2", { tabindex: "-1" }, phrase(words.given, { name: token.label || words[`role_${token.role}`] }));
    const news = element("span", { class: "desk-hint", role: "status" });
    const close = () => {
      this.given.replaceChildren();
      this.place.querySelector("#p-label")?.focus();
    };
    this.given.replaceChildren(element("article", { class: "desk-ticket" },
      heading,
      element("p", {}, words.once),
      element("p", { class: "desk-secret", translate: "no" }, token.token),
      qrCode(`${token.desk}#access/${token.token}`, words.qr),
      element("p", { class: "desk-hint" }, phrase(words.how, { address: token.desk.replace(/^https?:\/\//, "") })),
      element("p", { class: "desk-acts" },
        navigator.clipboard && element("button", { type: "button", click: async () => {
          await navigator.clipboard.writeText(token.token);
          say(news, words.copied);
        } }, words.copy),
        element("button", { type: "button", click: () => print() }, words.print),
        element("button", { type: "button", class: "desk-go", id: "given-done", click: close }, words.done), news)));
    heading.focus();
  }

  async revoke(token, name) {
    if (!(await this.desk.ask(phrase(this.words[token.own ? "revokeOwn" : "reallyRevoke"], { name })))) return;
    try {
      await this.desk.send("DELETE", `/tokens/${encodeURIComponent(token.id)}`);
    } catch (error) {
      if (!error.problem) throw error;
      this.desk.say(error.message);
      return;
    }
    if (token.own) return void location.reload();
    const line = this.list.querySelector(`[data-token="${CSS.escape(token.id)}"]`);
    const next = line?.nextElementSibling?.querySelector("button") ?? this.place.querySelector("#p-label");
    line?.remove();
    this.desk.say(phrase(this.words.revoked, { name }));
    next?.focus();
  }
}
