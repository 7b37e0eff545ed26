/** A long list comes to the screen piece by piece: what is in sight at once, then a few rows with each frame, so that no tap waits for the rest. */
import { useEffect, useState } from "preact/hooks";

/** More than a phone shows. */
const FIRST = 8;
/** A card is short, and who opens it wants to tap; the list of a whole unit has hundreds. */
const more = (/** @type {number} */ room) => (room < 40 ? 6 : 24);

/**
 * How many rows are drawn by now; it grows until it is `total`.
 * @param {number} total @param {boolean} atOnce somebody is led to a row of the list, wherever it stands
 */
export function useRoom(total, atOnce) {
  const [room, grow] = useState(FIRST);
  useEffect(() => {
    if (room >= total) return;
    const turn = setTimeout(() => grow(room + more(room)));
    return () => clearTimeout(turn);
  }, [room, total]);
  return atOnce ? Math.max(room, total) : Math.min(room, total);
}

/**
 * How many rows each part of a list draws when all of them together draw `room`: the first parts first.
 * @param {number[]} sizes @param {number} room
 */
export function shared(sizes, room) {
  let left = room;
  return sizes.map((size) => {
    const own = Math.min(size, left);
    left -= own;
    return own;
  });
}
