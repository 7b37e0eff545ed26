/** My card, or the whole unit: the same codes, order and marks as the sheet of paper. */
import { useEffect, useMemo, useState } from "preact/hooks";

import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import IncidentLine from "../components/incident_line.js";
import { inSentence, roleTitle, unitName, unitShort } from "../components/place.js";
import HandedOn from "../components/handed_on.js";
import Progress from "../components/progress.js";
import StepOffers from "../components/step_offers.js";
import TaskDrawer from "../components/task_drawer.js";
import TaskList from "../components/task_list.js";
import { shared, useRoom } from "../components/use_room.js";
import { useTurn } from "../components/use_turn.js";
import { t } from "../lib/text.js";
import { route } from "../store/state.js";
import { atHand, firstNameOf, workOf } from "../store/at_hand.js";
import { me, myTasks, nextTask, row, unitTasks } from "../store/view.js";
import CardEnd from "./card_end.js";
import CardSwitch from "./card_switch.js";
import CardsAtHand from "./cards_at_hand.js";
import NoSteps from "./no_steps.js";
import { soFar } from "./phases.js";
import { complete } from "./task_acts.js";
import { forMe } from "./task_state.js";

/** @typedef {import("../lib/types.js").ViewRow} Task */

const TASK = "#task-";

export default function Card() {
  const { params } = route.value;
  const asked = params.incident && row("incident", params.incident);
  const incident = asked || (workOf(params.in) ?? (params.plan ? null : atHand.value));
  // Keyed by the plan: a declaration that takes in what the unit began goes on under the thumb.
  return incident ? html`<${RunningCard} key=${incident.b.plan} incident=${incident} />` : html`<${CardsAtHand} />`;
}

/** @param {{incident: Task}} props */
function RunningCard({ incident }) {
  const { unit, role } = route.value.params;
  const all = unit ? unitTasks(incident.id, unit) : myTasks(incident.id);
  const tasks = useMemo(() => (role ? all.filter(({ b }) => b.role === role) : all), [all, role]);
  const at = useTurn(tasks, incident.b.clocks);
  const [openedId, setOpened] = useState(/** @type {string|null} */ (null));
  const [shown, show] = useState(/** @type {{id: string, form: string}|null} */ (null));
  const nextId = nextTask(forMe(tasks, me.value))?.id ?? null;
  const hands = useHands({ tasks, nextId, openedId, setOpened, show });
  const room = useRoom(tasks.length, location.hash.startsWith(TASK));
  useEffect(() => showTask(location.hash), [location.hash]);
  const drawn = shown && tasks.find((task) => firstNameOf(task.id) === firstNameOf(shown.id));
  return html`<${Frame} alone=${false}>
    <${IncidentLine} />${tasks.length > 0 && html`<${Progress} tasks=${soFar(tasks, incident.b.clocks, at)} nextId=${nextId} at=${at} />`}
    <main class="phone__main phone__main--flush" id="main">
      <h1 class="sr">${headingOf(unit, tasks)}</h1>
      <${StepOffers} flush />
      <${CardSwitch} incident=${incident} unit=${unit} role=${role} />
      ${tasks.length === 0 ? html`<div class="phone__main"><${NoSteps} work=${incident} unit=${unit} /></div>` : html`<${Lists} tasks=${tasks} whole=${Boolean(unit) && !role} clocks=${incident.b.clocks} hands=${hands} room=${room} />`}
      ${room >= tasks.length && html`<${HandedOn} incident=${incident.id} unit=${unit} /><${CardEnd} incident=${incident} tasks=${tasks} />`}
    </main>
    ${drawn && html`<${TaskDrawer} key=${shown?.form} task=${drawn} start=${shown?.form} onClose=${() => show(null)} onFill=${() => (setOpened(drawn.id), show(null))} />`}
  <//>`;
}

/** What a tap does; the light falls on the row that is open, else on the next step. @param {any} props @returns {import("../components/task_list.js").Hands} */
function useHands({ tasks, nextId, openedId, setOpened, show }) {
  const opened = tasks.find((/** @type {Task} */ task) => openedId !== null && firstNameOf(task.id) === firstNameOf(openedId) && task.b.state === "open");
  const litId = opened?.id ?? nextId;
  return {
    nextId, litId,
    tick: (task) => {
      if (task.b.state !== "open" || task.b.waits?.length > 0 || task.b.held) return show({ id: task.id, form: "" });
      if (task.b.capture?.length > 0) return task.id === litId ? focusFields(task.id) : setOpened(task.id);
      void complete(task);
    },
    open: (task) => show({ id: task.id, form: "" }),
    help: (task) => show({ id: task.id, form: "help" }),
  };
}

/** A link may name a step; it is shown once the screen stands. @param {string} hash */
function showTask(hash) {
  if (!hash.startsWith(TASK)) return;
  requestAnimationFrame(() => document.getElementById(hash.slice(1))?.scrollIntoView({ block: "center" }));
}

/** The box of a step that asks for something leads to what it asks for. @param {string} id */
const focusFields = (id) => /** @type {HTMLElement|null|undefined} */ (document.getElementById(`task-${id}`)?.querySelector(".counts input, .counts button, .counts textarea"))?.focus();

/** @param {string|undefined} unit @param {Task[]} tasks */
function headingOf(unit, tasks) {
  if (unit) return t("Whole unit: {unit}", { unit: unitName(unit) });
  const first = tasks[0]?.b;
  return first ? t("My card: {role}, {unit}", { role: inSentence(roleTitle(first.role)), unit: unitShort(first.unit) }) : t("My card");
}

/** @param {{tasks: Task[], whole: boolean, clocks: Record<string, string>, hands: any, room: number}} props */
function Lists({ tasks, whole, clocks, hands, room }) {
  const keyOf = (/** @type {Task} */ { b }) => `${b.unit}|${b.role}`;
  const cards = [...new Set(tasks.map(keyOf))].map((key) => ({ key, own: tasks.filter((task) => keyOf(task) === key) }));
  if (cards.length < 2) return html`<${TaskList} tasks=${tasks} clocks=${clocks} hands=${hands} room=${room} />`;
  const name = (/** @type {any} */ b) => (whole ? roleTitle(b.role) : `${roleTitle(b.role)}, ${unitShort(b.unit)}`);
  const drawn = shared(cards.map(({ own }) => own.length), room);
  return cards.map(({ key, own }, i) => drawn[i] > 0 && html`<${TaskList} key=${key} tasks=${own} clocks=${clocks} hands=${hands} prefix=${name(own[0].b)} room=${drawn[i]} />`);
}
