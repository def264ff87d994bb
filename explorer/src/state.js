// What the reader has chosen, and what follows from it: the claims and nodes that are shown.

import { within } from "./data.js";
import { Verdicts } from "./review.js";

export const DEFAULTS = {
  types: null, // null: all
  predicate: "",
  area: "",
  from: "",
  to: "",
  confidence: 0,
  candidates: false,
};

/** Creates the state over the data; `changed` is called after every change. */
export function createState(data, changed) {
  const state = { filter: { ...DEFAULTS }, view: "graph", selected: null, report: null, verdicts: new Verdicts(), reviewer: "" };
  const shown = { claims: [], nodes: new Set() };

  function refresh() {
    const { types, predicate, area, from, to, confidence, candidates } = state.filter;
    const members = area === "" ? null : within(data.nodes[Number(area)]);
    const typed = (node) => types === null || types.has(node.type);
    const inArea = (claim) => members === null || (members.has(claim.subject) && (!claim.object || members.has(claim.object)));
    shown.claims = data.claims.filter(
      (claim) =>
        (candidates || claim.st === "asserted") &&
        claim.c >= confidence &&
        (!predicate || claim.p === predicate) &&
        (!from || claim.when >= from) &&
        (!to || (claim.when && claim.when.slice(0, to.length) <= to)) &&
        typed(claim.subject) &&
        (!claim.object || typed(claim.object)) &&
        inArea(claim),
    );
    const narrowed = predicate || from || to || confidence > 0;
    shown.nodes = new Set(shown.claims.flatMap((claim) => (claim.object ? [claim.subject, claim.object] : [claim.subject])));
    if (!narrowed) for (const node of members ?? data.nodes) if (typed(node)) shown.nodes.add(node);
  }

  refresh();
  return {
    state,
    shown,
    set(change) {
      Object.assign(state, change);
      changed(change);
    },
    setFilter(change) {
      Object.assign(state.filter, change);
      refresh();
      changed({ filter: state.filter });
    },
  };
}
