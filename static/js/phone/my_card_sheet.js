/** How far my card is, and the next step one tap away. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Tally from "../components/tally.js";
import TallyWords from "../components/tally_words.js";
import { clockTime } from "../lib/format.js";
import { label, t } from "../lib/text.js";
import { stepsAwaited } from "../store/at_hand.js";
import { now } from "../store/state.js";
import { me, myTasks, nextTask } from "../store/view.js";
import NoSteps from "./no_steps.js";
import { soFar } from "./phases.js";
import { countsOf, forMe } from "./task_state.js";

/** @param {{incident: import("../lib/types.js").ViewRow}} props */
export default function MyCardSheet({ incident }) {
  const all = myTasks(incident.id);
  if (all.length === 0) return stepsAwaited(incident) ? html`<${NoSteps} work=${incident} />` : null;
  const tasks = soFar(all, incident.b.clocks, now.value);
  const { done, total } = countsOf(tasks, now.value);
  const next = nextTask(forMe(all, me.value));
  return html`<section class="sheet" aria-labelledby="mine">
    <div class="sheet__head"><h2 id="mine">${incident.b.kind === "exercise" ? t("My exercise card") : t("My card")}</h2>
      <p><b>${t("{done} of {total}", { done, total })}</b> ${t("done")}</p></div>
    <div class="sheet__body">
      <${Tally} tasks=${tasks} nextId=${next?.id ?? null} />
      <p class="words"><${TallyWords} tasks=${tasks} /></p>
      <a class="btn btn--main btn--wide" href=${next ? `/app/card#task-${next.id}` : "/app/card"}><span>${next ? nextWords(next.b) : t("Open my card")}</span><${Icon} name="chevron" turns=${true} /></a>
    </div>
  </section>`;
}

/** @param {any} b of a task */
const nextWords = (b) =>
  b.due_at ? t("Next: {code} {title}, by {time}", { code: b.code, title: plain(label(b.title)), time: clockTime(b.due_at) }) : t("Next: {code} {title}", { code: b.code, title: plain(label(b.title)) });

/** The first sentence, without its full stop, as ours goes on. @param {string} title */
const plain = (title) => title.split(/[.:?!]\s/)[0].replace(/\.$/, "");
