/** What is read aloud over the loudspeakers, line by line. Pure: words come from the caller's language. */
import { t } from "./text.js";

/**
 * @param {{exercise: boolean, incident: string, no: number, headline: string, orders: string[], next: string}} said
 * @returns {string[]} sentences; the number comes twice, as the first words of an announcement are missed
 */
export function overheadScript({ exercise, incident, no, headline, orders, next }) {
  const what = t("Update {no}.", { no });
  const play = exercise ? [t("Exercise, exercise, exercise.")] : [];
  return [
    ...play, t("Attention please. {incident}.", { incident }), what, sentence(headline), ...orders.map(sentence),
    ...(next ? [t("The next update comes at {time}.", { time: next })] : []), t("I repeat: {what}", { what }), sentence(headline), ...play,
  ];
}

/** @param {string} words */
const sentence = (words) => (/[.!?]$/.test(words) ? words : `${words}.`);
