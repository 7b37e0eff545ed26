/** One entry: when, what, and how far it got. */
import { t } from "../lib/text.js";
import { codeOf, entryState, entryWhat } from "../phone/entry_words.js";
import { taskNow } from "../store/at_hand.js";
import Chip from "./chip.js";
import ClockTime from "./clock_time.js";
import { html } from "./html.js";

/** @param {{entry: import("../phone/entry_words.js").Entry, seen: boolean, onSeen: () => void}} props */
export default function EntryRow({ entry, seen, onSeen }) {
  const { icon, tone, words, say } = entryState(entry);
  const refused = entry.state === "not_accepted";
  const chip = html`<${Chip} icon=${icon} tone=${tone}>${words}<//>`;
  return html`<li class=${refused ? "entry entry--refused" : "entry"}><${ClockTime} at=${entry.at} />
    <div class="entry__body">
      ${refused && chip}
      <p class="entry__what">${entryWhat(entry)}</p>
      ${!refused && chip}
      ${say && html`<p class="entry__say">${say}</p>`}
      ${refused && !seen && html`<${Answers} entry=${entry} onSeen=${onSeen} />`}
    </div></li>`;
}

/** @param {{entry: import("../phone/entry_words.js").Entry, onSeen: () => void}} props */
function Answers({ entry, onSeen }) {
  const code = codeOf(entry);
  return html`<div class="row">
    ${code && html`<a class="btn" href=${`/app/card#task-${taskNow(entry.args.task)?.id}`}>${t("Open {code}", { code })}</a>`}
    <button type="button" class="btn btn--plain" onClick=${onSeen}>${t("I have seen this")}</button>
  </div>`;
}
