/** Spanish for the phone: its screens, the parts they share and what the store says. */
import card from "./es_card.js";
import device from "./es_device.js";
import now from "./es_now.js";
import people from "./es_people.js";
import relay from "./es_relay.js";
import state from "./es_state.js";

export default { ...state, ...now, ...card, ...people, ...device, ...relay };
