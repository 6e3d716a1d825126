// Tells the page around this one how high it stands, so that a frame needs no bar of its own. Nothing else is told.

const secret = /[#&?]secret=(\w{1,64})/.exec(location.hash)?.[1]; // How WordPress knows its frames apart.
const patience = 4;
let told = 0;
let chases = 0;

function tell() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (!height || height === told) return;
  // A page that grows with its frame, as one whose style did not arrive may, would never come to an end.
  chases = height > told && innerHeight === told ? chases + 1 : 0;
  if (chases > patience) return;
  told = height;
  // To whomever: who may frame this page is named by its policy, and its height and title are no secret.
  parent.postMessage({ lieudit: "frame", height, title: document.title }, "*");
  if (secret) parent.postMessage({ message: "height", value: height, secret }, "*");
}

if (parent !== window) {
  new ResizeObserver(tell).observe(document.body);
  addEventListener("pageshow", () => {
    told = 0;
    tell();
  });
  tell();
}
