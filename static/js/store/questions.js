/** What leaders ask the server while they write or follow an update: numbers and names that no phone keeps. */
import { parts } from "./parts.js";

/** Whom an update would go to now. @param {string} incident @param {any} audience @returns {Promise<{people: number, units: Array<{unit: string, people: number}>}>} */
export const countAudience = (incident, audience) => parts.api.ask("/api/audience", { incident, audience });

/** People by a part of their name. @param {string} text @returns {Promise<Array<{id: string, name: string, units: string[], roles: string[]}>>} */
export const findPeople = async (text) => (await parts.api.ask(`/api/audience/people?q=${encodeURIComponent(text)}`)).people;

/** Who of a unit was reached. @param {string} broadcast @param {string} unit @returns {Promise<any[]>} */
export const peopleReached = async (broadcast, unit) => (await parts.api.ask(`/api/broadcasts/${encodeURIComponent(broadcast)}/reach/${encodeURIComponent(unit)}`)).people;
