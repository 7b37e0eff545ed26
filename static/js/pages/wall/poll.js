/** Asks the server what the wall shows, and tells whether it was the server that answered. */
import { hearServerTime, wallMs } from "../../lib/clock.js";

const DEADLINE_MS = 4_000;
const OURS = "X-Wardlight";
const NOW = "X-Wardlight-Now";

/**
 * @typedef {{kind: "same"|"refused"|"none"}|{kind: "new", state: import("./rules.js").WallState}} Answer
 *   same: nothing has changed; refused: this screen is not let in any more; none: no answer of our server
 */

export class Poll {
  #url;
  #tag = "";

  /** @param {string} url */
  constructor(url) {
    this.#url = url;
  }

  /** @returns {Promise<Answer>} */
  async ask() {
    const sent = wallMs();
    try {
      const headers = this.#tag ? { "If-None-Match": this.#tag } : undefined;
      const answer = await fetch(this.#url, { cache: "no-store", headers, signal: AbortSignal.timeout(DEADLINE_MS) });
      return await this.#read(answer, sent);
    } catch {
      return { kind: "none" };
    }
  }

  /** @param {Response} answer @param {number} sent @returns {Promise<Answer>} */
  async #read(answer, sent) {
    if (!answer.headers.has(OURS)) return { kind: "none" };
    if ([401, 403, 404].includes(answer.status)) return { kind: "refused" };
    if (answer.status !== 200 && answer.status !== 304) return { kind: "none" };
    hearServerTime(answer.headers.get(NOW) ?? "", sent, wallMs());
    if (answer.status === 304) return { kind: "same" };
    const state = await answer.json();
    this.#tag = answer.headers.get("ETag") ?? "";
    return { kind: "new", state };
  }
}
