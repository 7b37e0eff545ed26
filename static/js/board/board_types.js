/**
 * What the parts of the board share.
 *
 * @typedef {import("../lib/board_rules.js").Shown} Shown
 * @typedef {import("../lib/board_rules.js").UnitLine} UnitLine
 * @typedef {{incident: Shown, broadcasts: Shown[], lines: UnitLine[], fresh: boolean, help: Shown[], events: Shown[]}} BoardFacts
 *   broadcasts newest first, lines trouble first; `fresh` false means that all of it is from the last contact
 */
export {};
