// How a contribution leaves: once, however often it is tried, because every try bears the same key.

const language = document.documentElement.lang;

/**
 * {acceptance}, {problem} with what is wrong, or {isOffline: true} when nobody has answered.
 * @param embed the key of the embed through which it is given; undefined on a page of our own.
 */
export async function send({ layer, embed }, { key, body }) {
  let answer;
  try {
    answer = await fetch(`/collections/${encodeURIComponent(layer)}/items${embed ? `?embed=${embed}` : ""}`, {
      method: "POST", body, credentials: "omit", referrerPolicy: "no-referrer",
      headers: { "Content-Type": "application/geo+json", "Accept-Language": language, "Idempotency-Key": key },
    });
    const told = await answer.json();
    return answer.ok ? { acceptance: told } : { problem: told };
  } catch {
    // An answer cut off may have been yes: the same key asks again.
    return answer && answer.status < 500 && !answer.ok ? { problem: { detail: "" } } : { isOffline: true };
  }
}

/**
 * The language to name: the one that somebody has chosen; that of the page only where its letters are those of the words.
 * @param isChosen whether they have touched the question.
 */
export function tongueOf(text, chosen, isChosen) {
  if (isChosen || !chosen) return chosen;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters > 2 * latin ? "" : chosen;
}

/** The GeoJSON of the answers; what was left open is left out. */
export function bodyOf({ fields, place, when, isChild, tongue, encounter }) {
  const properties = {
    theme: fields.theme && [fields.theme], lang: tongue,
    kind: fields.kind, title: fields.title?.trim(), text: fields.text?.trim(), when, precision: place.precision,
    encounter, age_band: fields.age_band, author: isChild ? "" : fields.author?.trim(), invitation: fields.invitation?.trim(),
  };
  for (const name of Object.keys(properties)) if (!properties[name]) delete properties[name];
  properties.consent = fields.consent === "yes";
  properties.consents = { partners: fields.partners === "yes", licence: fields.licence || null };
  if (fields.consent_version) properties.consents.version = fields.consent_version;
  const geometry = place.at && { type: "Point", coordinates: place.at };
  return JSON.stringify({ type: "Feature", geometry: geometry || null, properties });
}

/** The field that a JSON Pointer of the server's means. */
export function fieldOf(pointer) {
  if (pointer.startsWith("/geometry")) return "place";
  if (pointer.endsWith("/consents/version")) return "consent";
  const name = pointer.split("/")[2] ?? "";
  const others = { age_band: "age", consents: "licence", kind: "title" };
  return others[name] ?? name;
}
