/** An account without a role or unit: there is nothing to do here yet, and the way to what everybody may read. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Mark from "../components/mark.js";
import { deskPhone, telLink } from "../components/place.js";
import { t } from "../lib/text.js";
import { go, signOut } from "../store/actions.js";
import { session } from "../store/state.js";

export default function NoRole() {
  const phone = deskPhone();
  const leave = async () => {
    await signOut();
    go("/app/sign-in");
  };
  return html`<header class="top" data-ground="night"><p class="top__who"><${Mark} /><span><b>Wardlight</b>${session.value?.user.name}</span></p></header>
    <main class="phone__main" id="main">
      <h1 class="title">${t("You have no role or unit yet")}</h1>
      <p>${t("Ask your charge nurse or the service desk to add you. Until then, the public status says what is down and what to do.")}</p>
      <a class="btn btn--main btn--wide" href="/"><span>${t("Read the public status")}</span><${Icon} name="chevron" turns=${true} /></a>
      ${phone && html`<a class="btn btn--wide" href=${telLink(phone)}><${Icon} name="phone" />${t("Call {phone}", { phone })}</a>`}
      <button type="button" class="btn btn--plain" onClick=${leave}>${t("Sign out")}</button>
    </main>`;
}
