/** Bring the plan's version in force into an incident that runs, with a reason that stands in the timeline. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import ReasonForm from "../components/reason_form.js";
import { t } from "../lib/text.js";
import { askServer } from "../store/actions.js";

const RUNNING = ["declared", "restored", "all_clear"];

/** @param {{incident: import("./board_types.js").Shown}} props */
export function Amend({ incident }) {
  const [said, say] = useState("");
  const [busy, work] = useState(false);
  if (!RUNNING.includes(incident.b.state)) return null;
  const amend = async (/** @type {string} */ reason) => {
    if (busy) return;
    work(true);
    say(await answerTo({ incident: incident.id, reason }));
    work(false);
  };
  return html`<details class="sheet"><summary class="fold"><${Icon} name="card" /><span>${t("The plan was changed?")}</span><${Icon} name="down-chevron" /></summary>
    <p class="sheet__body">${t("Steps that nobody has touched follow the version in force. What was done stays.")}</p>
    <${ReasonForm} label=${t("Why now?")} button=${t("Bring the new version in")} onSubmit=${amend} />
    <p class="sheet__body" role="status">${said}</p>
  </details>`;
}

/** @param {{incident: string, reason: string}} args @returns {Promise<string>} what the server said */
async function answerTo(args) {
  try {
    const result = await askServer("incident.amend", args);
    if (result.st === "ok") return t("The new version is in force here. The timeline says so.");
    return result.code === "same_version" ? t("This incident has it already.") : (result.msg ?? "");
  } catch {
    return t("No answer from the server. Try again when there is contact.");
  }
}
