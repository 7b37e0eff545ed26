/** Spanish. English text is the key. */
import phone from "./es_phone.js";
import shell from "./es_shell.js";

export default { ...phone, ...shell };
