/** Keeps one broken screen from taking the app with it; going elsewhere repairs it. */
import { Component } from "preact";

import { t } from "../lib/text.js";
import { html } from "./html.js";

/** @extends {Component<{place: string, children?: any}, {broken: boolean}>} */
export default class Boundary extends Component {
  state = { broken: false };

  /** @param {unknown} reason */
  componentDidCatch(reason) {
    console.error("screen.broken", reason);
    this.setState({ broken: true });
  }

  /** @param {{place: string}} before */
  componentDidUpdate(before) {
    if (this.state.broken && before.place !== this.props.place) this.setState({ broken: false });
  }

  render() {
    return this.state.broken ? html`<${Broken} />` : this.props.children;
  }
}

function Broken() {
  return html`
    <main class="phone__main" id="main">
      <h1 class="title">${t("This page cannot be shown")}</h1>
      <p>${t("What is saved on this phone is kept. Go on with the paper card.")}</p>
      <a class="btn" href="/app/">${t("Back to Now")}</a>
      <a class="btn" href="/app/entries">${t("My entries")}</a>
    </main>
  `;
}
