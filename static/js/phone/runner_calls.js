/** On the first screen: somebody is needed who walks. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { t } from "../lib/text.js";
import { rowsOf } from "../store/view.js";

/** Routes of the incident that are not walked yet. @param {string} incident */
export const openRoutes = (incident) => rowsOf("runner_route").filter(({ b }) => b.incident === incident && b.state === "open" && left(b) > 0);

/** Doors that nobody was at yet. @param {any} b body of a route */
export const left = (b) => b.units.filter((/** @type {string} */ unit) => !b.reached?.[unit]).length;

/** @param {{incident: {id: string}}} props */
export default function RunnerCalls({ incident }) {
  return openRoutes(incident.id).map(({ id, b }) => html`
    <a key=${id} class="btn btn--wide btn--tall" href=${`/app/runner/${id}`}>
      <${Icon} name="runner" /><span>${t("A runner is needed: update {no} to {n} units", { no: b.no, n: left(b) })}</span><${Icon} name="chevron" turns=${true} /></a>`);
}
