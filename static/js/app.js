/** Entry of the app on the phone. */
import { register } from "./sw/register.js";

await register({ now: () => performance.now(), app: () => null, updateReady: () => {}, open: () => {}, pushed: () => {} });
