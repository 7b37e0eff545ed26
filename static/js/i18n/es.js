/** Spanish. English text is the key. Where two screens share a key, the phone's word stands. */
import alerts from "./es_alerts.js";
import board from "./es_board.js";
import phone from "./es_phone.js";
import shell from "./es_shell.js";

export default { ...alerts, ...board, ...phone, ...shell };
