// Times in a reader's words.

/** An EDTF date (level 0 or 1) in French; what is not understood stays as it is. */
export function timeInWords(edtf) {
  const [start, end] = edtf.split("/").map((text) => (/^(\.\.)?$/.test(text) ? "" : partInWords(text)));
  if (start === undefined || (end === undefined && edtf.includes("/"))) return edtf;
  if (end === undefined) return start;
  return end === "" ? `depuis ${start}` : start === "" ? `jusqu’à ${end}` : `${start} – ${end}`;
}

function partInWords(text) {
  const [, year, month, day, doubt] = /^(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?([?~%]?)$/.exec(text) ?? [];
  if (!year) return undefined;
  const seasons = { 21: "printemps", 22: "été", 23: "automne", 24: "hiver" };
  const isMonth = month >= 1 && month <= 12;
  const years = `${doubt ? "les " : ""}années ${year.slice(0, 3)}0`;
  const words = [
    { "?": "peut-être", "~": "vers", "%": "peut-être vers" }[doubt],
    isMonth && day > 0 && (+day === 1 ? "1er" : +day),
    isMonth ? new Date(2000, month - 1).toLocaleDateString("fr", { month: "long" }) : seasons[month],
    year.endsWith("XX") ? `${+year.slice(0, 2) + 1}e siècle` : year.endsWith("X") ? years : +year,
  ];
  return words.filter(Boolean).join(" ");
}
