/** Who is here now: by PIN, by a tap, or with name and password. Nobody is asked for more than their way in needs. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Mark from "../components/mark.js";
import Note from "../components/note.js";
import Toast from "../components/toast.js";
import { t } from "../lib/text.js";
import { contact, locked, people, session, shared } from "../store/state.js";
import KnownPeople, { entriesWords } from "./known_people.js";
import OpenByPin from "./open_by_pin.js";
import OpenByTap from "./open_by_tap.js";
import PasswordForm from "./password_form.js";
import StorageEmptied from "../phone/storage_emptied.js";

const OTHER = "other";

export default function SignIn() {
  const [picked, pick] = useState(/** @type {string|null} */ (null));
  const chosen = picked ?? locked.value ?? session.value?.user.id ?? "";
  const [forgot, forget] = useState("");
  const choose = (/** @type {string} */ id) => {
    pick(id);
    forget("");
  };
  return html`<${Head} />
    <main class="phone__main signin" id="main">
      <${StorageEmptied} />
      <div class="signin__who"><h1 class="title">${t("Who is here now?")}</h1><${KnownPeople} chosen=${chosen} onChoose=${choose} />
        ${people.value.length > 0 && chosen !== OTHER && html`<button type="button" class="btn btn--plain" onClick=${() => choose(OTHER)}>${t("Somebody else, with name and password")}</button>`}
      </div>
      <div class="signin__pin"><${WayIn} key=${chosen} chosen=${chosen} forgot=${forgot === chosen && chosen !== ""} onForgotten=${() => forget(chosen)} />
        <${Note} icon="lock" tone="plain">${entriesWords(people.value, chosen)}<//></div>
    </main><${Toast} above="1rem" />`;
}

function Head() {
  const place = session.value?.site?.name ?? (shared.value ? t("shared by the ward") : t("the light that stays on"));
  return html`<header class="top" data-ground="night">
    <p class="top__who"><${Mark} out=${contact.value.state === "alone"} /><span><b>Wardlight</b>${place}</span></p>
    <a class="contact" href="/"><span><b>${t("What is down?")}</b>${t("public status")}</span><${Icon} name="chevron" turns=${true} /></a>
  </header>`;
}

/** @param {{chosen: string, forgot: boolean, onForgotten: () => void}} props */
function WayIn({ chosen, forgot, onForgotten }) {
  const face = people.value.find(({ id }) => id === chosen);
  if (face && !forgot && face.opens === "pin") return html`<${OpenByPin} face=${face} onForgotten=${onForgotten} />`;
  if (face && !forgot && face.opens === "tap") return html`<${OpenByTap} face=${face} onForgotten=${onForgotten} />`;
  return html`<${PasswordForm} username=${face?.username ?? ""} />`;
}
