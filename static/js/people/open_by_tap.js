/** Whoever was here last and has no PIN goes on with a tap: recording never waits for a network. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { firstName } from "../components/place.js";
import { t } from "../lib/text.js";
import { comeBack } from "../store/lock.js";
import { leaveSignIn } from "./leave_sign_in.js";

/** @param {{face: import("../store/state.js").Face, onForgotten: () => void}} props */
export default function OpenByTap({ face, onForgotten }) {
  return html`<button type="button" class="btn btn--main btn--wide btn--tall" onClick=${() => comeBack(face.id).then(leaveSignIn, onForgotten)}>
      <${Icon} name="person" />${t("Go on as {name}", { name: firstName(face.name) })}</button>
    <p>${t("{name} has no PIN on this device. More, then Set a PIN.", { name: firstName(face.name) })}</p>`;
}
