// The addresses that the pages ask, all of the host that served them.

/** The same address at the host that served this page: nobody else is asked, whatever a style says. */
export function ours(address) {
  const url = new URL(address, location.href);
  return url.protocol.startsWith("http") ? location.origin + url.pathname + url.search : address;
}

/** A document, or an error that bears the status. */
export async function json(address, signal) {
  const answer = await fetch(ours(address), { signal });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

/** An address with some parameters more, in place of its own; those without a value go. */
export function withParameters(address, parameters) {
  const url = new URL(ours(address), location.href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  return url.href;
}
