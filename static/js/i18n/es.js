/** Spanish. English text is the key. Where two screens share a key, the phone's word stands. */
import board from "./es_board.js";
import phone from "./es_phone.js";
import reach from "./es_reach.js";
import shell from "./es_shell.js";

export default { ...reach, ...board, ...phone, ...shell };
