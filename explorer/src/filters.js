// The filters: types, relation, area, dates, confidence, rival readings.

import { fill, h } from "./dom.js";
import { label, t } from "./i18n.js";
import { DEFAULTS } from "./state.js";

/** Draws the filters of the page for the present state. */
export function filters(element, data, { state, setFilter }) {
  const counts = new Map();
  for (const node of data.nodes) counts.set(node.type, (counts.get(node.type) ?? 0) + 1);
  const types = Object.keys(data.types).filter((type) => counts.has(type));
  const { filter } = state;
  const field = (key, control) => h("label", { className: "field" }, h("span", {}, t(key)), control);
  const toggle = (type) => {
    const chosen = new Set(filter.types ?? types);
    if (chosen.has(type)) chosen.delete(type);
    else chosen.add(type);
    setFilter({ types: chosen.size === types.length ? null : chosen });
  };
  const used = new Set(data.claims.map((claim) => claim.p));
  const areas = data.nodes
    .filter((node) => node.type === "PLACE" && node.level)
    .sort((a, b) => (a.code ?? "z").localeCompare(b.code ?? "z") || a.index - b.index);
  const option = (value, text, chosen) => h("option", { value, selected: value === chosen }, text);
  const day = (key) => h("input", { type: "text", inputMode: "numeric", placeholder: "2022-07", pattern: "\\d{4}(-\\d{2}){0,2}", value: filter[key],
    onchange: (event) => event.target.validity.valid && setFilter({ [key]: event.target.value }) });
  fill(
    element,
    h("fieldset", {}, h("legend", {}, t("types")), types.map((type) =>
      h("label", { className: "type", style: { "--type": data.types[type].color } },
        h("input", { type: "checkbox", checked: filter.types === null || filter.types.has(type), onchange: () => toggle(type) }),
        h("span", { className: "dot" }), label(data.types[type]), h("small", {}, String(counts.get(type)))))),
    field("relation", h("select", { onchange: (event) => setFilter({ predicate: event.target.value }) },
      option("", t("all"), filter.predicate),
      Object.keys(data.predicates).filter((name) => used.has(name)).map((name) => option(name, label(data.predicates[name]), filter.predicate)))),
    field("area", h("select", { onchange: (event) => setFilter({ area: event.target.value }) },
      option("", t("all"), filter.area), areas.map((node) => option(String(node.index), node.label, filter.area)))),
    h("div", { className: "pair" }, field("from", day("from")), field("to", day("to"))),
    field("confidence", h("input", { type: "range", min: "0", max: "1", step: "0.05", value: String(filter.confidence),
      "aria-valuetext": `${Math.round(filter.confidence * 100)}%`, onchange: (event) => setFilter({ confidence: Number(event.target.value) }) })),
    h("label", { className: "check" }, h("input", { type: "checkbox", checked: filter.candidates, onchange: (event) => setFilter({ candidates: event.target.checked }) }), t("candidates")),
    h("button", { type: "button", onclick: () => setFilter({ ...DEFAULTS }) }, t("reset")),
  );
}
