/** What Now shows below the card, fetched with the screens: the first screen does not wait for it. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { html } from "./html.js";

const RETRY_MS = 5_000;
const part = () => import("../phone/now_more.js");
const shown = signal(/** @type {import("preact").ComponentType<any>|null} */ (null));

/** @param {{incident: import("../lib/types.js").ViewRow}} props */
export default function NowLater({ incident }) {
  useEffect(fetchPart, []);
  return shown.value && html`<${shown.value} incident=${incident} />`;
}

/** Goes on trying, as in a downtime a part may be missing at first. */
function fetchPart() {
  if (!shown.value) part().then((found) => void (shown.value = found.default), () => setTimeout(fetchPart, RETRY_MS));
}
