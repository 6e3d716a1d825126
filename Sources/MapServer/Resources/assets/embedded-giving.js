// The way from a partner's frame to the form: within the frame where that works, else to a page of its own.

/** Frames of no origin keep nothing and send nothing as ours: there the form is a page of its own. */
export function contributeIn(page) {
  const way = page.querySelector(".give a");
  if (!way) return;
  if (self.origin === "null") {
    // A frame that forbids new windows does not say so: the address stands there in clear, too.
    page.querySelector(".give-at").hidden = false;
    way.rel = "noopener";
  } else if (way.dataset.here && parent !== window) {
    way.href = way.dataset.here;
    way.target = "_self";
  }
}
