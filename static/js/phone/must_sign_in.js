/** The server no longer takes this person's entries without a new sign-in. They are kept; say so, and show the way. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { firstName } from "../components/place.js";
import { t } from "../lib/text.js";
import { contact, people, session } from "../store/state.js";
import { me } from "../store/view.js";

export default function MustSignIn() {
  const due = people.value.some((face) => face.id === session.value?.user.id && face.due && face.waiting > 0);
  if (!due) return null;
  const values = { n: contact.value.waiting, name: firstName(me.value.name) };
  return html`<${Note} icon="lock" tone="late" lead=${t("{name}, sign in again", values)}>
    <p>${values.n === 1 ? t("The server asks who you are before it takes your entry. It is kept here until then.") : t("The server asks who you are before it takes your {n} entries. They are kept here until then.", values)}</p>
    <a class="btn" href="/app/sign-in"><${Icon} name="person" />${t("Sign in")}</a>
  <//>`;
}
