// Reports and sentences with their mentions marked by type.

import { action, h } from "./dom.js";

/**
 * The text between two offsets, cut where a mention or the evidence begins or ends. Offsets are code points, JavaScript
 * counts UTF-16 units, so the text is taken apart by characters first.
 */
export function marked(text, mentions, { start = 0, end = Infinity, evidence = null, data, open }) {
  const characters = Array.from(text);
  const stop = Math.min(end, characters.length);
  const pieces = [];
  let position = start;
  const plain = (until) => {
    while (position < until) {
      const edge = evidence
        ? [evidence[0], evidence[1], until].find((offset) => offset > position && offset <= until) ?? until
        : until;
      const inside = evidence && position >= evidence[0] && position < evidence[1];
      const piece = characters.slice(position, edge).join("");
      pieces.push(inside ? h("span", { className: "shows" }, piece) : piece);
      position = edge;
    }
  };
  for (const [from, to, node] of mentions) {
    if (from < position || to > stop) continue;
    plain(from);
    const entity = data.nodes[node];
    const inside = evidence && from >= evidence[0] && to <= evidence[1];
    const props = {
      className: `mention${inside ? " shows" : ""}`,
      title: entity.label,
      style: { "--type": data.types[entity.type].color },
    };
    pieces.push(action(props, () => open(entity), characters.slice(from, to).join("")));
    position = to;
  }
  plain(stop);
  return pieces;
}

/** The sentence that shows a claim, its mentions marked. */
export function sentence(claim, data, open) {
  const { report } = claim;
  const [start, end, inTitle] = claim.evidence;
  const [from, to] = claim.sentence;
  return h(
    "blockquote",
    {},
    marked(inTitle ? report.title : report.text, inTitle ? report.titleMentions : report.mentions, {
      start: from, end: to, evidence: [start, end], data, open,
    }),
  );
}
