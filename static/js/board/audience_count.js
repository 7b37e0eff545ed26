/** How many people it goes to, asked from the server when the choice changes; without an answer nothing is claimed. */
import { useEffect, useState } from "preact/hooks";

import { html } from "../components/html.js";
import { audienceOf } from "../lib/compose_rules.js";
import { t } from "../lib/text.js";
import { countAudience } from "../store/questions.js";

const PAUSE_MS = 400;

/** @param {{draft: import("../lib/compose_rules.js").ComposeDraft, incident: string}} props */
export function AudienceCount({ draft, incident }) {
  const [count, show] = useState(/** @type {{people: number, units: any[]}|null} */ (null));
  const audience = JSON.stringify(audienceOf(draft));
  useEffect(() => {
    let gone = false;
    show(null);
    const timer = setTimeout(() => countAudience(incident, JSON.parse(audience)).then((found) => gone || show(found), () => {}), PAUSE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [audience, incident]);
  if (!count) return null;
  const units = count.units.filter(({ people }) => people > 0).length;
  return html`<b data-count>${count.people === 1 ? t("1 person.") : t("{people} people in {units} units.", { people: count.people, units })}</b>`;
}
