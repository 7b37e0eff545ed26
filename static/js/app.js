/** Entry of the app on the phone: shows what storage holds, follows the address, keeps the app itself up to date. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import Boundary from "./components/boundary.js";
import DemoMark from "./components/demo_mark.js";
import { html } from "./components/html.js";
import { startLanguage } from "./components/language.js";
import Lapsed from "./components/lapsed.js";
import LiveRegion from "./components/live_region.js";
import { startTheme } from "./components/theme.js";
import UpdateBar from "./components/update_bar.js";
import { breath } from "./lib/breath.js";
import { wallMs } from "./lib/clock.js";
import { followLinks, keepPageNamed, moveToHeading } from "./router.js";
import { fetchScreens, screenFor } from "./screens.js";
import { go, tryNow } from "./store/actions.js";
import { start } from "./store/start.js";
import { route, session, update_ready } from "./store/state.js";
import { register } from "./sw/register.js";

const IN_CONTACT = ["live", "polling"];

/** @type {import("./sw/register.js").Updates | null} */
let updates = null;

function App() {
  const name = session.value ? route.value.name : "sign-in";
  const place = name + JSON.stringify(route.value.params);
  const arrived = useRef("");
  useLayoutEffect(() => {
    if (arrived.current && arrived.current !== place) moveToHeading();
    arrived.current = place;
  }, [place]);
  return html`
    <${DemoMark} /><${Lapsed} />
    <${UpdateBar} apply=${() => updates?.apply()} />
    <${Boundary} place=${place}><${screenFor(name)} key=${name} /><//>
    <${LiveRegion} />
  `;
}

function keepUpToDate() {
  const options = {
    now: wallMs,
    app: () => session.value?.app ?? null,
    updateReady: (/** @type {boolean} */ ready) => void (update_ready.value = ready),
    news: async () => IN_CONTACT.includes(await tryNow()),
    open: go,
    pushed: () => void tryNow(),
  };
  register(options).then((registered) => void (updates = registered));
  // The server lifts its hold, or raises the oldest version it understands, with an answer that changes `app`.
  effect(() => {
    if (session.value?.app) updates?.announce();
  });
}

await startLanguage();
startTheme();
// Before the store: a phone whose storage hangs must still get the worker that can repair it.
keepUpToDate();
await start();
await breath();
const root = /** @type {HTMLElement} */ (document.getElementById("app"));
root.replaceChildren();
followLinks(go);
keepPageNamed(root);
render(html`<${App} />`, root);
void fetchScreens();
