/** Spanish. English text is the key. Where two screens share a key, the phone's word stands. */
import alerts from "./es_alerts.js";
import board from "./es_board.js";
import command from "./es_command.js";
import conditions from "./es_conditions.js";
import duty from "./es_duty.js";
import own from "./es_own.js";
import paper from "./es_paper.js";
import phone from "./es_phone.js";
import planned from "./es_planned.js";
import plans from "./es_plans.js";
import reach from "./es_reach.js";
import recovery from "./es_recovery.js";
import shell from "./es_shell.js";
import triage from "./es_triage.js";
import wall from "./es_wall.js";
import workarounds from "./es_workarounds.js";

export default { ...alerts, ...reach, ...wall, ...workarounds, ...command, ...recovery, ...plans, ...planned, ...conditions, ...duty, ...triage, ...paper, ...board, ...own, ...phone, ...shell };
