/** Which screen a person may see at all: nobody before storage has been read, the sign-in, or the app. */
import { t } from "../lib/text.js";
import NoRole from "../phone/no_role.js";
import SignIn from "../phone/sign_in.js";
import { ready, route, session } from "../store/state.js";
import { me } from "../store/view.js";
import { html } from "./html.js";
import Mark from "./mark.js";

/** @param {{children?: any}} props */
export default function Gate({ children }) {
  if (!ready.value) return html`<main class="phone__main" id="main"><${Mark} big out /><p>${t("Opening. What is saved on this phone is here.")}</p></main>`;
  if (!session.value || route.value.name === "sign-in") return html`<${SignIn} />`;
  if (me.value.roles.length === 0 && me.value.units.length === 0) return html`<${NoRole} />`;
  return children;
}
