/** Which cards lie ready on this phone for the person. */
import { label } from "../lib/text.js";
import { me, row, rowsOf } from "../store/view.js";

/** The person's cards, by plan; a leader without a unit card sees none. */
export const myCards = () =>
  rowsOf("card").filter(({ b }) => me.value.roles.includes(b.role)).sort((a, b) => (planTitle(a) < planTitle(b) ? -1 : 1));

/** @param {{b: any}} card */
export const planTitle = ({ b }) => label(row("plan", b.plan)?.b.title ?? b.plan);
