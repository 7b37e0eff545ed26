/** Spanish. English text is the key. Where two screens share a key, the phone's word stands. */
import board from "./es_board.js";
import duty from "./es_duty.js";
import phone from "./es_phone.js";
import planned from "./es_planned.js";
import recovery from "./es_recovery.js";
import shell from "./es_shell.js";
import triage from "./es_triage.js";

export default { ...recovery, ...planned, ...duty, ...triage, ...board, ...phone, ...shell };
