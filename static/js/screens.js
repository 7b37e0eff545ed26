/** Which screen a route shows. Imported at once, never later: a screen that is fetched on demand is missing in a downtime. */
import Advance from "./board/advance.js";
import Board from "./board/board.js";
import Compose from "./board/compose.js";
import Declare from "./board/declare.js";
import Reach from "./board/reach.js";
import Broadcast from "./phone/broadcast.js";
import Card from "./phone/card.js";
import Entries from "./phone/entries.js";
import Help from "./phone/help.js";
import Door from "./phone/door.js";
import More from "./phone/more.js";
import Now from "./phone/now.js";
import Runner from "./phone/runner.js";
import SignIn from "./phone/sign_in.js";
import Updates from "./phone/updates.js";

const SCREENS = /** @type {Record<string, import("preact").ComponentType>} */ ({
  now: Now, card: Card, updates: Updates, broadcast: Broadcast, help: Help, entries: Entries, more: More, "sign-in": SignIn,
  board: Board, declare: Declare, compose: Compose, advance: Advance,
  reach: Reach, runner: Runner, door: Door,
});

/** @param {string} name of a route */
export const screenFor = (name) => SCREENS[name] ?? Now;
