/** Texts that are ready to be sent: their places are filled from the incident. Pure. */

/** @typedef {{incident: string, services: string, no: number, since: string, next: string, phone: string}} Places */

/** What is not known keeps its name, so that the author sees the gap. @param {string} text @param {Places} places */
export const filled = (text, places) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => (/** @type {any} */ (places)[name] === undefined || /** @type {any} */ (places)[name] === "" ? whole : String(/** @type {any} */ (places)[name])));

/**
 * The fields of a draft that a text fills.
 * @param {any} b body of a `ready_text` row @param {Places} places @param {Array<{id: string, b: any}>} units of the incident
 * @returns {any}
 */
export function draftOfText(b, places, units) {
  const lines = (/** @type {string[]|undefined} */ list) => (list ?? []).map((one) => filled(one, places)).join("\n");
  const types = b.audience?.unit_types;
  const roles = b.audience?.roles ?? null;
  const of = types ? units.filter((unit) => types.includes(unit.b.type)).map(({ id }) => id) : [];
  return {
    headline: filled(b.headline, places), what_down: lines(b.what_down), affected: filled(b.affected ?? "", places), stage: b.stage,
    do_now: lines(b.do_now), do_not: lines(b.do_not), ...(b.works?.length ? { works: lines(b.works) } : {}), ack: b.ack,
    to: types ? "units" : roles ? "roles" : "all", units: of, roles: roles ?? [],
  };
}
