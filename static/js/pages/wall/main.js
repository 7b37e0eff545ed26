/** The wallboard: asks every few seconds, shows what it hears, and says in the largest letters when it hears nothing. */
import { render } from "preact";

import { html } from "../../components/html.js";
import es from "../../i18n/es.js";
import { now } from "../../lib/clock.js";
import { useZone } from "../../lib/format.js";
import { addLanguage, chooseLanguage } from "../../lib/text.js";
import Foot from "./foot.js";
import Live from "./live.js";
import Lost from "./lost.js";
import { hear, heard, inContact, news, sound, state, tick, ticks } from "./model.js";
import NewsBanner from "./news.js";
import { Poll } from "./poll.js";
import { ASK_EVERY_MS, placeAt } from "./rules.js";
import { allowTone } from "./tone.js";

const TICK_MS = 1_000;
const MINUTE_MS = 60_000;

const root = /** @type {HTMLElement} */ (document.querySelector("#wall"));
const { unit = "", place = "", build = "", tz = "UTC", address = "", qrSize = "1", qrPath = "" } = root.dataset;
const poll = new Poll(`${unit ? `/api/wall/${unit}` : "/api/wall"}?lang=${document.documentElement.lang}`);
/** The command centre's wall needs its room for the units, and everybody there has an account. */
const code = unit ? { address, size: qrSize, path: qrPath } : null;

async function ask() {
  const answer = await poll.ask();
  if (answer.kind === "refused") location.reload();
  if (answer.kind === "none") return tick();
  hear(answer.kind === "new" ? answer.state : null);
  if (state.value && state.value.build !== build) location.reload();
}

async function enableSound() {
  sound.value = await allowTone();
  // Both are extras: a television may know neither.
  await document.documentElement.requestFullscreen?.().catch(() => undefined);
  await navigator.wakeLock?.request("screen").catch(() => undefined);
}

function Wall() {
  const [x, y] = placeAt(ticks.value / MINUTE_MS);
  root.style.setProperty("--wall-x", `${x}vw`);
  root.style.setProperty("--wall-y", `${y}vw`);
  const shown = state.value;
  if (!inContact.value || shown === null) {
    return html`<${Lost} place=${place} state=${shown} since=${heard.value?.at ?? null} now=${now()} />`;
  }
  const foot = html`<${Foot} counts=${shown.counts} code=${code} sound=${sound.value} onSound=${enableSound} />`;
  return html`<${Live} place=${place} state=${shown} now=${now()} silentMs=${ticks.value - (heard.value?.steady ?? 0)} foot=${foot} />${news.value && html`<${NewsBanner} news=${news.value.news} />`}`;
}

addLanguage("es", es);
chooseLanguage([document.documentElement.lang]);
useZone(tz);
await ask();
root.replaceChildren();
render(html`<${Wall} />`, root);
setInterval(tick, TICK_MS);
setInterval(ask, ASK_EVERY_MS);
addEventListener("online", ask);
