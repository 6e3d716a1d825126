// In a frame of no origin, as sites make that trust nobody, the map library's worker takes itself to be of another
// origin than the page, and the two hear only their own kind: each message is given the origin that its reader expects.

const Plain = globalThis.Worker;

globalThis.Worker = class extends Plain {
  constructor(...details) {
    super(...details);
    this.addEventListener("message", ({ data }) => {
      if (data?.origin) data.origin = location.origin;
    });
  }

  postMessage(message, options) {
    super.postMessage(message?.origin ? { ...message, origin: self.origin } : message, options);
  }
};
