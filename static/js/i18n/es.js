/** Spanish. English text is the key. */
import phone from "./es_phone.js";

export default { ...phone };
