/** Striped bar of a leader's screen without contact: what is shown is from then. */
import Icon from "../components/icon.js";
import { lapsed } from "../components/lapsed.js";
import { html } from "../components/html.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { contact } from "../store/state.js";
import { isFresh } from "./contact_words.js";

export function StaleBar() {
  const { last_heard_at: heard } = contact.value;
  return html`
    <div role="status">
      ${!isFresh() && html`
        <section class="alone" aria-label=${t("No contact")}>
          <${Icon} name="alone" />
          <p><b>${heard ? t("No contact since {time}", { time: clockTime(heard) }) : t("No contact")}</b>${lapsed.value ? t("Check before you rely on it.") : t("What you see is from then, not from now.")} ${t("Call the units, send runners. Updates wait until you are in contact.")}</p>
        </section>
      `}
    </div>
  `;
}
