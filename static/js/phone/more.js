/** Who am I, how does this app look and speak, what does this phone promise, and the way out. */
import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { setLanguage } from "../components/language.js";
import { roleTitle, unitName } from "../components/place.js";
import RadioRow from "../components/radio_row.js";
import { chooseTheme, theme } from "../components/theme.js";
import OtherDevice from "../components/other_device.js";
import { language, t } from "../lib/text.js";
import { carried, contact, session } from "../store/state.js";
import { isLeader, may, me } from "../store/view.js";
import Addresses from "./addresses.js";
import Alerts from "./alerts.js";
import MustSignIn from "./must_sign_in.js";
import SignOut from "./sign_out.js";
import SwitchPerson from "./switch_person.js";
import ThisPhone from "./this_phone.js";

export default function More() {
  return html`<${Frame}>
    <main class="phone__main" id="main">
      <h1 class="title">${me.value.name}</h1>
      <${MustSignIn} /><${OtherDevice} />
      <${Who} />
      <section class="sheet"><ul>
        <${Link} href="/app/shift" icon="person" title=${t("My shift")} meta=${t("who holds what, hand over")} />
        <${Link} href="/app/changes" icon="eye" title=${t("What changed on my cards")} meta=${t("to read before it is needed")} />
        <${Link} href="/app/entries" icon="record" title=${t("My entries")} meta=${contact.value.waiting > 0 ? t("{n} wait for the server", { n: contact.value.waiting }) : t("all on record")} />
        <${Link} href="/app/hand-over-entries" icon="qr" title=${t("Give my entries to a colleague’s phone")} meta=${t("when this phone has no contact")} />
        <${Link} href="/app/carry" icon="mobile" title=${t("Take a colleague’s entries")} meta=${carryMeta()} />
        <${Link} href="/app/pass-status" icon="eye" title=${t("Status from phone to phone")} meta=${t("signed by the hospital")} />
        <${Link} href="/app/what-if" icon="down" title=${t("What if it is down?")} meta=${t("what your unit does instead")} />
        ${(isLeader.value || me.value.standby.length > 0) && html`<${Link} href="/app/command" icon="unit" title=${t("Incident command")} meta=${t("positions, objectives, periods")} />`}
        ${isLeader.value && html`<${Link} href="/app/card" icon="card" title=${t("My card")} meta=${t("the steps of your role")} />`}
        <${Link} href="/app/paper" icon="pen" title=${t("Type a sheet back in")} meta=${t("what was written on paper")} />
        <${Link} href=${`/packets?unit=${me.value.units[0] ?? ""}`} icon="printer" title=${t("Print packet")} meta=${t("cards, log, numbers and poster of a unit")} />
        ${may("plans.approve") && html`<${Link} href="/office/plans" icon="pen" title=${t("Plans")} meta=${t("drafts, versions, who has read them")} />`}
        ${isLeader.value && html`<${Link} href="/screens" icon="tablet" title=${t("Screens on walls")} meta=${t("a code for a wallboard")} />`}
        <${Link} href="/" icon="info" title=${t("Public status")} meta=${t("what everybody may read")} />
      </ul></section>
      <section class="sheet" aria-labelledby="look"><div class="sheet__head"><h2 id="look">${t("Language and look")}</h2></div><div class="sheet__body">
        <${RadioRow} label=${t("Language")} value=${language()} onChange=${setLanguage} choices=${[{ value: "en", words: "English" }, { value: "es", words: "Español" }]} />
        <${RadioRow} label=${t("Look")} value=${theme.value} onChange=${chooseTheme} choices=${[{ value: "system", words: t("As the phone") }, { value: "light", words: t("Light") }, { value: "dark", words: t("Dark") }]} />
      </div></section>
      <${Alerts} />
      <${ThisPhone} />
      <${Addresses} />
      <${SwitchPerson} />
      <${SignOut} />
    </main>
  <//>`;
}

function Who() {
  const { places, units } = me.value;
  return html`<section class="sheet" aria-labelledby="roles"><div class="sheet__head"><h2 id="roles">${t("Roles and units")}</h2></div><div class="sheet__body"><dl class="deal">
    <div><dt>${t("Name")}</dt><dd>${me.value.name}<small>${session.value?.user.username}</small></dd></div>
    ${places.map((place) => html`<div key=${`${place.unit}${place.role}`}><dt>${t("Role")}</dt><dd>${roleTitle(place.role)}<small>${unitName(place.unit)}${"since" in place ? ` · ${t("on duty")}` : ""}</small></dd></div>`)}
    ${places.length === 0 && units.map((unit) => html`<div key=${unit}><dt>${t("Unit")}</dt><dd>${unitName(unit)}</dd></div>`)}
    <div><dt>${t("Site")}</dt><dd>${session.value?.site?.name}${session.value?.site?.demo ? html`<small>${t("DEMO: nothing here is real")}</small>` : ""}</dd></div>
  </dl></div></section>`;
}

function carryMeta() {
  const n = carried.value.filter(({ state }) => state === "carrying").reduce((sum, { count }) => sum + count, 0);
  return n > 0 ? t("{n} wait for the server", { n }) : t("and carry them to where there is contact");
}

/** @param {{href: string, icon: string, title: string, meta: string}} props */
function Link({ href, icon, title, meta }) {
  return html`<li><a class="msg" href=${href}><${Icon} name=${icon} /><span><span class="msg__title">${title}</span><span class="msg__meta">${meta}</span></span><${Icon} name="chevron" turns=${true} /></a></li>`;
}
