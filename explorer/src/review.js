// What a reader puts right: verdicts on claims and entities, in the words of `kg build --corrections`.

import { h } from "./dom.js";
import { label, t } from "./i18n.js";
import { search } from "./search.js";

const SLOTS = { accept: "status", reject: "status", resubject: "subject", reobject: "object", retype: "type", rename: "name", same: "pair", different: "pair" };

/** The verdicts given, by what they decide: a second one on the same thing takes the place of the first. */
export class Verdicts extends Map {
  /** Notes a verdict on `item` (an IRI); `other` is what the verdict needs beside it, `names` what a reader of the file sees. */
  give(item, verdict, names, other = "", shown = other) {
    super.set(Verdicts.key(item, verdict, other), { item, verdict, other, shown, names });
  }

  /** Takes back what `give` noted. */
  take({ item, verdict, other }) {
    this.delete(Verdicts.key(item, verdict, other));
  }

  /** The verdicts on one claim or entity. */
  on(item) {
    return [...this.values()].filter((given) => given.item === item);
  }

  static key(item, verdict, other) {
    const slot = SLOTS[verdict];
    return `${item} ${slot}${slot === "pair" ? ` ${other}` : ""}`;
  }
}

let boxes = 0;

/** A search box in which the reader chooses an entity. */
function entityBox(words, data, choose) {
  const list = h("ul", { id: `choice-${++boxes}`, role: "listbox", hidden: true });
  const input = h("input", { type: "search", role: "combobox", "aria-label": words, placeholder: words, "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off" });
  search(input, list, data, choose);
  return h("span", { className: "search" }, input, list);
}

function givenList(item, context, redraw) {
  const noted = context.state.verdicts.on(item).filter(({ verdict }) => SLOTS[verdict] !== "status");
  return noted.map((given) => h("span", { className: "given" }, `${t(given.verdict)} ${given.shown} `,
    h("button", { type: "button", "aria-label": `${t("undo")} ${t(given.verdict)}`, onclick: () => {
      context.state.verdicts.take(given);
      context.reviewed();
      redraw();
    } }, "×")));
}

/** Under a claim: right, wrong, or with another subject or object. */
export function claimReview(claim, context) {
  const { data, state, reviewed } = context;
  const names = [claim.subject.label, claim.p, claim.object?.label ?? ""];
  const box = h("div", { className: "verdict" });
  const give = (verdict, node = null) => {
    state.verdicts.give(claim.iri, verdict, names, node?.iri, node?.label);
    reviewed();
    draw();
  };
  const status = () => state.verdicts.get(Verdicts.key(claim.iri, "accept"))?.verdict;
  const button = (verdict) => h("button", { type: "button", "aria-pressed": String(status() === verdict), onclick: () => {
    if (status() === verdict) {
      state.verdicts.take({ item: claim.iri, verdict });
      reviewed();
      draw();
    } else give(verdict);
  } }, t(verdict));
  const change = (verdict) => h("button", { type: "button", onclick: (event) => {
    const choice = entityBox(t(verdict), data, (node) => give(verdict, node));
    event.target.replaceWith(choice);
    choice.firstChild.focus();
  } }, t(verdict));
  const draw = () => box.replaceChildren(button("accept"), button("reject"), change("resubject"), ...(claim.object ? [change("reobject")] : []), ...givenList(claim.iri, context, draw));
  draw();
  return box;
}

/** Under an entity: another name or type, one with another entity or not. */
export function entityReview(node, context) {
  const { data, state, reviewed } = context;
  const box = h("div", { className: "verdict" });
  const give = (verdict, other, shown) => {
    if (!other) return;
    state.verdicts.give(node.iri, verdict, [node.label, "", ""], other, shown);
    reviewed();
    draw();
  };
  const draw = () => {
    const name = h("input", { type: "text", "aria-label": t("rename"), value: node.label });
    const type = h("select", { "aria-label": t("retype"), onchange: () => give("retype", type.value, label(data.types[type.value])) },
      h("option", { value: "" }, t("retype")),
      Object.keys(data.types).filter((code) => code !== node.type).map((code) => h("option", { value: code }, label(data.types[code]))));
    const pair = (verdict) => entityBox(t(verdict), data, (other) => other !== node && give(verdict, other.iri, other.label));
    box.replaceChildren(
      h("form", { onsubmit: (event) => {
        event.preventDefault();
        if (name.value.trim() !== node.label) give("rename", name.value.trim());
      } }, name, h("button", { type: "submit" }, t("rename"))),
      type, pair("same"), pair("different"), ...givenList(node.iri, context, draw));
  };
  draw();
  return h("details", { className: "review" }, h("summary", {}, t("correct")), box);
}
