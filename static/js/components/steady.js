/** A part of a list that is drawn again only when a row of it, or what goes for all of them, is another one. */
import { Component } from "preact";

import { html } from "./html.js";

/**
 * @typedef {object} Props
 * @property {(props: any) => any} draw  the part as a component
 * @property {any} props  what it is drawn with
 * @property {unknown[]} list  its rows
 * @property {unknown[]} same  whatever else its picture depends on
 */

/** @extends {Component<Props>} */
export default class Steady extends Component {
  /** @param {Readonly<Props>} next */
  shouldComponentUpdate(next) {
    return !areSame(next.list, this.props.list) || !areSame(next.same, this.props.same);
  }

  /** @param {Readonly<Props>} props */
  render({ draw, props }) {
    return html`<${draw} ...${props} />`;
  }
}

/** @param {unknown[]} one @param {unknown[]} other */
const areSame = (one, other) => one.length === other.length && one.every((value, i) => value === other[i]);
