/** The screens are there as soon as the person is known; who has walked on meanwhile is not called back. */
import { go } from "../store/actions.js";

export const leaveSignIn = () => {
  if (location.pathname === "/app/sign-in") go("/app/");
};
