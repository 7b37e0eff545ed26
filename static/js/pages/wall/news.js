/** A new number fills the screen for a while: it is seen also where no tone can be heard, and said once to a screen reader. */
import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import { t } from "../../lib/text.js";

/** @param {{news: import("./rules.js").News[]}} props */
export default function NewsBanner({ news }) {
  return html`<div class="wall__news" role="alert">${news.map(({ incident, no }) => html`<p key=${incident.id}>
    <${Icon} name="bell" /><b>${incident.label} ${no ? t("Update {no}", { no }) : t("Declared")}</b>
    <span>${incident.kind === "exercise" ? `${t("EXERCISE")}: ` : ""}${no ? incident.update?.headline : incident.title}</span></p>`)}</div>`;
}
