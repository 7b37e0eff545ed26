/** htm bound to Preact: the one way markup is written in the app. */
import htm from "htm";
import { h } from "preact";

export const html = htm.bind(h);
