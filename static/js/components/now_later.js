/** What Now shows beside the card and the updates, fetched with the screens: the first screen does not wait for it. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { html } from "./html.js";

const RETRY_MS = 5_000;
const parts = () => import("../phone/now_more.js");
const shown = signal(/** @type {typeof import("../phone/now_more.js")|null} */ (null));

/** Before the card: what waits for an answer. @param {{incident: import("../lib/types.js").ViewRow}} props */
export const NowAbove = ({ incident }) => part("Above", incident);

/** After the card. @param {{incident: import("../lib/types.js").ViewRow}} props */
export const NowBelow = ({ incident }) => part("Below", incident);

/** @param {"Above"|"Below"} name @param {import("../lib/types.js").ViewRow} incident */
function part(name, incident) {
  useEffect(fetchParts, []);
  return shown.value && html`<${shown.value[name]} incident=${incident} />`;
}

/** Goes on trying, as in a downtime a part may be missing at first. */
function fetchParts() {
  if (!shown.value) parts().then((found) => void (shown.value = found), () => setTimeout(fetchParts, RETRY_MS));
}
