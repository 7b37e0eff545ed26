/** What a colleague's phone has brought, fetched when there is such news: most phones never have any. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { html } from "./html.js";

const part = () => import("./brought.js");
const shown = signal(/** @type {import("preact").ComponentType<any>|null} */ (null));

/** @param {{news: import("../lib/status_rules.js").Status}} props */
export default function BroughtLater({ news }) {
  useEffect(() => {
    if (!shown.value) part().then((found) => void (shown.value = found.default), () => {});
  }, [news]);
  if (shown.value) return html`<${shown.value} news=${news} />`;
  return html`<section class="band" data-ground="night"><h1 class="band__title" id="what">${broughtWords(news)}</h1></section>`;
}

/** @param {import("../lib/status_rules.js").Status} news */
export const broughtWords = (news) => t("Status as of {time}, brought by a colleague’s phone", { time: clockTime(news.at) });
