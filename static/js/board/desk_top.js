/** Top of the desk: where to go, how fresh this is, who is here. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Mark from "../components/mark.js";
import { label, t } from "../lib/text.js";
import { session } from "../store/state.js";
import { may, row } from "../store/view.js";
import { contactWords } from "./contact_words.js";

export function DeskTop() {
  const { fresh, state, age } = contactWords();
  const user = session.value?.user;
  const role = user?.roles[0] ? label(row("role", user.roles[0])?.b.title ?? user.roles[0]) : "";
  return html`
    <header class="desk__top" data-ground="night">
      <a class="brand" href="/app/"><${Mark} out=${!fresh} /><b>Wardlight</b></a>
      <nav class="desk__nav" aria-label=${t("Command")}>
        <a href="/app/board" aria-current="page">${t("Board")}</a>
        <a href="/app/command">${t("Command")}</a>
        <a href="/app/reach">${t("Reach")}</a>
        <a href="/app/updates">${t("Updates")}</a>
        <a href="/app/">${t("Now")}</a>
        <a href="/app/entries">${t("My entries")}</a>
        ${may("incident.declare") && html`<a href="/app/declare">${t("Declare")}</a>`}
        <a href="/app/more">${t("More")}</a>
      </nav>
      <p class=${fresh ? "contact contact--live" : "contact contact--stale"}><span><b>${state}</b> ${age}</span><${Icon} name=${fresh ? "live" : "alone"} /></p>
      ${user && html`<p class="desk__who"><b>${user.name}</b> ${role}</p>`}
    </header>
  `;
}
