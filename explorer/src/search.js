// The search box: a combobox with a list of entities, worked by mouse or keyboard.

import { find } from "./data.js";
import { fill, h } from "./dom.js";
import { label, t } from "./i18n.js";

/** Wires the search box of the page; `open(node)` is called for the one chosen. */
export function search(input, list, data, open) {
  let found = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (node) => {
    input.value = node.label;
    close();
    open(node);
  };
  const show = () => {
    found = find(data.nodes, input.value).slice(0, 30);
    active = found.length ? 0 : -1;
    render();
  };
  const render = () => {
    const items = found.map((node, index) =>
      h("li", { id: `${list.id}-${index}`, role: "option", "aria-selected": String(index === active), onmousedown: (event) => {
        event.preventDefault();
        choose(node);
      } }, h("span", { className: "dot", style: { "--type": data.types[node.type].color } }), node.label, h("small", {}, label(data.types[node.type]))));
    fill(list, items.length ? items : h("li", { className: "note" }, t("nothing")));
    list.hidden = input.value.trim() === "";
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
      list.children[active]?.scrollIntoView({ block: "nearest" });
    }
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!found.length) return;
      active = (active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
      render();
    } else if (event.key === "Enter" && found[active]) choose(found[active]);
    else if (event.key === "Escape") close();
  });
}
