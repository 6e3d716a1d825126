// A slider with two thumbs over the years of a layer, and the two fields that say the same.

/**
 * Ties the thumbs and the fields of the form's years together.
 * @param changed called when a year has been chosen: at once by the fields, when a thumb is let go by the slider.
 */
export function tieYears(fieldset, changed) {
  const slider = fieldset.querySelector(".slider");
  const [first, last] = slider.querySelectorAll("input");
  const fields = [...fieldset.querySelectorAll("[type=number]")];
  const [least, greatest] = [Number(first.min), Number(last.max)];
  slider.hidden = least >= greatest;

  /** The thumbs go where the fields say; an empty field is the end of the slider. */
  function follow() {
    const [from, to] = fields.map(({ value }) => value);
    first.value = from === "" ? least : from;
    last.value = to === "" ? greatest : to;
    paint();
  }

  function paint() {
    const part = (value) => `${((value - least) / (greatest - least)) * 100}%`;
    slider.style.setProperty("--first", part(first.value));
    slider.style.setProperty("--last", part(last.value));
    // The one that can still go somewhere lies on top.
    first.classList.toggle("on-top", Number(first.value) > (least + greatest) / 2);
  }

  function slid(thumb) {
    if (Number(first.value) > Number(last.value)) {
      if (thumb === first) first.value = last.value;
      else last.value = first.value;
    }
    fields[0].value = Number(first.value) === least ? "" : first.value;
    fields[1].value = Number(last.value) === greatest ? "" : last.value;
    paint();
  }

  for (const thumb of [first, last]) {
    thumb.addEventListener("input", () => slid(thumb));
    thumb.addEventListener("change", changed);
  }
  for (const field of fields) {
    field.addEventListener("input", follow);
    field.addEventListener("change", changed);
  }
  follow();
  return follow;
}
