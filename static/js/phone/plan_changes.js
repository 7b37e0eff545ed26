/** What has changed on my cards: before and now side by side, and "I have read it". Works without a network. */
import Chip from "../components/chip.js";
import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { roleTitle } from "../components/place.js";
import { quietNotes } from "../components/quiet_notes.js";
import { newsOf, planNews } from "../lib/plan_news.js";
import { label, t } from "../lib/text.js";
import { record } from "../store/actions.js";
import { entries, me, row, rowsOf } from "../store/view.js";
import { changedWords, linesWords, WHAT } from "./plan_change_words.js";

/** Whether this person has said so, on record or on this phone. @param {string} plan @param {string} version */
const readState = (plan, version) => {
  const own = entries.value.find(({ kind, args, state }) => kind === "plan.read" && args.plan === plan && args.version === version && state !== "not_accepted");
  if (row("plan_read", `read:${plan}`)?.b.version === version || own?.state === "on_record") return "record";
  return own ? "saved" : "";
};

const unread = () => planNews(rowsOf("plan"), rowsOf("card"), me.value.roles, (plan, version) => readState(plan, version) !== "");

export default function PlanChanges() {
  const all = rowsOf("plan").filter(({ b }) => b.replaces).map((plan) => newsOf(plan, rowsOf("card"), me.value.roles)).filter(({ cards }) => cards.length > 0);
  const open = unread().map(({ plan }) => plan);
  const sorted = [...all].sort((a, b) => Number(open.includes(b.plan)) - Number(open.includes(a.plan)));
  return html`<${Frame}><main class="phone__main" id="main"><h1 class="title">${t("What changed on my cards")}</h1>
    ${sorted.length === 0 && html`<${Note} icon="info">${t("Nothing has changed on your cards.")}<//>`}
    ${sorted.map((news) => html`<${Plan} key=${news.plan + news.version} news=${news} />`)}
    <a class="btn btn--plain" href="/app/card">${t("My cards")}</a></main><//>`;
}

/** @param {{news: import("../lib/plan_news.js").News}} props */
function Plan({ news }) {
  const state = readState(news.plan, news.version);
  return html`<section class="sheet" aria-label=${label(news.title)}><div class="sheet__head"><h2>${label(news.title)}</h2></div>
    ${news.cards.map(({ role, card, lines }) => html`<div class="sheet__body" key=${role}><h3>${card === "removed" ? t("The card {role} is gone", { role: roleTitle(role) }) : linesWords(lines.length, roleTitle(role))}</h3>
      ${lines.map((line) => html`<${Line} key=${line.code} line=${line} />`)}</div>`)}
    <div class="sheet__body" role="status">${state === "" && html`<button type="button" class="btn btn--main btn--wide" onClick=${() => record("plan.read", { plan: news.plan, version: news.version })}><${Icon} name="check" />${t("I have read what changed")}</button>`}
      ${state === "saved" && html`<p><${Chip} tone="saved" icon="saved">${t("Read. Saved on this phone")}<//></p>`}
      ${state === "record" && html`<p><${Chip} tone="record" icon="check">${t("Read. On record")}<//></p>`}</div>
  </section>`;
}

/** @param {{line: import("../lib/plan_news.js").Line}} props */
function Line({ line }) {
  const [words, tone, icon] = WHAT[line.what];
  const pairs = line.words.map(changedWords).filter((one) => one !== null);
  const rest = line.words.length - pairs.length;
  const titled = line.words.some(({ name }) => name === "title");
  return html`<div class="change"><h4>${line.code} <${Chip} tone=${tone} icon=${icon}>${words()}<//></h4>
    ${!titled && html`<p>${line.what === "removed" ? html`<del>${label(line.title)}</del>` : label(line.title)}</p>`}
    ${pairs.map((pair) => html`<div key=${pair.name}>${pair.name !== "title" && html`<small>${pair.words}</small>`}<div class="change__pair"><div class="change__was"><small>${t("before")}</small><p><del>${pair.was || "–"}</del></p></div>
      <div class="change__now"><small>${t("now")}</small><p><ins>${pair.now || "–"}</ins></p></div></div></div>`)}
    ${rest > 0 && html`<p>${t("Other details of this step have changed too.")}</p>`}</div>`;
}

/** While nothing is down, what changed is worth a look. */
function ChangesNote() {
  const news = unread();
  if (news.length === 0) return null;
  const lines = news.flatMap(({ cards }) => cards).reduce((sum, card) => sum + card.lines.length, 0);
  return html`<${Note} icon="eye" tone="way" lead=${lines === 1 ? t("1 line of your cards has changed") : t("{n} lines of your cards have changed", { n: lines })}><a class="btn" href="/app/changes">${t("Read what changed")}</a><//>`;
}

quietNotes.value = [...quietNotes.value, ChangesNote];
