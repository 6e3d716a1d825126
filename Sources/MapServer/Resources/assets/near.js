// "Near me": where the visitor is stays in this page. What asks the server uses `tileCentre` of places.js instead.

/** Where the device says that it is, as [longitude, latitude]; nothing keeps it. */
function position() {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) reject(new Error("no geolocation"));
    else navigator.geolocation.getCurrentPosition(resolve, reject, { maximumAge: 60000, timeout: 15000 });
  }).then(({ coords }) => [coords.longitude, coords.latitude]);
}

/**
 * Makes the button work.
 * @param changed called with the position, or with undefined when the visitor wants it no more.
 */
export function tieNear(button, list, words, changed) {
  button.hidden = !navigator.geolocation;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", async () => {
    const isOn = button.getAttribute("aria-pressed") === "true";
    button.disabled = true;
    if (!isOn) list.say(words.locating);
    const here = isOn ? undefined : await position().catch(() => undefined);
    button.disabled = false;
    button.focus({ preventScroll: true });
    if (!isOn && !here) return list.say(words.nearRefused);
    button.setAttribute("aria-pressed", String(!isOn));
    button.textContent = isOn ? words.near : words.nearOff;
    await changed(here);
  });
}
