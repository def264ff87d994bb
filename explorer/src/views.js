// The views beside the graph: facts, honours, areas, timeline, reports.

import { facts, placesWithin } from "./data.js";
import { entityLink, reportLink } from "./details.js";
import { h } from "./dom.js";
import { label, t } from "./i18n.js";

const LIMIT = 500;

const table = (heads, rows) => [
  h("table", {},
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, t(head))))),
    h("tbody", {}, rows.slice(0, LIMIT).map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell)))))),
  rows.length > LIMIT ? h("p", { className: "note" }, t("truncated")) : null,
  rows.length === 0 ? h("p", { className: "note" }, t("nothing")) : null,
];

const percent = (claim) => `${Math.round(claim.c * 100)}%`;
const byDate = (a, b) => (a.when || "9999").localeCompare(b.when || "9999");

/** All facts shown, one a line. */
export function factsView({ data, shown, open }) {
  const rows = facts(shown.claims).map(([best]) => [
    entityLink(best.subject, data, open),
    label(data.predicates[best.p]),
    best.object ? entityLink(best.object, data, open) : best.report.title,
    best.date ?? "",
    percent(best),
  ]);
  return table(["subject", "relation", "object", "date", "confidence"], rows);
}

/** Who won what from whom. */
export function honoursView({ data, shown, open, openReport }) {
  const givers = new Map();
  for (const claim of data.claims) // a giver may stand outside the filter
    if (claim.p === "confers" && claim.st === "asserted") givers.set(claim.object, (givers.get(claim.object) ?? new Set()).add(claim.subject));
  const won = facts(shown.claims.filter((claim) => claim.p === "awarded" || claim.p === "pursues"));
  const rows = won.map(([best]) => [
    entityLink(best.subject, data, open),
    [entityLink(best.object, data, open), best.p === "pursues" ? h("span", { className: "extras" }, t("pursued")) : null,
      best.st === "candidate" ? h("span", { className: "extras" }, t("rivalOf")) : null],
    [...(givers.get(best.object) ?? [])].map((giver) => entityLink(giver, data, open)),
    best.date ?? best.report.date ?? "",
    reportLink(best.report, openReport),
  ]);
  return table(["holder", "award", "giver", "date", "report"], rows);
}

/** The tree of areas, with the bodies of each. */
export function areasView({ data, shown, open }) {
  const places = data.nodes.filter((node) => node.type === "PLACE" && shown.nodes.has(node));
  const holds = (claim) => claim.st === "asserted";
  const parents = (node) => node.claims.filter((claim) => holds(claim) && claim.p === "locatedIn" && claim.subject === node && claim.object?.type === "PLACE");
  const nearest = (node) => {
    const areas = parents(node).map((claim) => claim.object);
    return areas.filter((area) => !areas.some((other) => other !== area && placesWithin(area).has(other)));
  };
  const children = new Map();
  const above = new Map(places.map((place) => [place, nearest(place)]));
  for (const place of places)
    for (const parent of above.get(place)) children.set(parent, [...(children.get(parent) ?? []), place]);
  const bodies = (node) => node.claims.filter((claim) => holds(claim) && claim.object === node && claim.subject.type === "ORG" && ["governs", "locatedIn"].includes(claim.p)).map((claim) => claim.subject);
  const branch = (node, seen) => {
    if (seen.has(node)) return null;
    const path = new Set(seen).add(node);
    const below = children.get(node) ?? [];
    const own = [...new Set(bodies(node))];
    if (!below.length && !own.length) return h("li", {}, entityLink(node, data, open));
    return h("li", {}, h("details", { open: seen.size < 2 },
      h("summary", {}, entityLink(node, data, open), h("span", { className: "extras" }, String(below.length + own.length))),
      h("ul", {}, below.map((child) => branch(child, path)), own.map((body) => h("li", {}, entityLink(body, data, open))))));
  };
  const roots = places.filter((place) => !above.get(place).length && (children.has(place) || bodies(place).length));
  return roots.length ? h("ul", { className: "tree" }, roots.map((root) => branch(root, new Set()))) : h("p", { className: "note" }, t("noneAreas"));
}

/** What happened when; of the selected entity alone, when there is one. */
export function timelineView({ data, shown, state, open, openReport }) {
  const claims = shown.claims.filter((claim) => !["locatedIn", "partOf", "governs", "wrote"].includes(claim.p) &&
    (!state.selected || claim.subject === state.selected || claim.object === state.selected));
  const days = new Map();
  for (const [best] of facts(claims).sort(([a], [b]) => byDate(a, b)))
    days.set(best.when, [...(days.get(best.when) ?? []), best]);
  if (!days.size) return h("p", { className: "note" }, t("nothing"));
  return h("ol", { className: "timeline" }, [...days].map(([day, items]) => h("li", {},
    h("h3", {}, day || t("undated")),
    h("ul", {}, items.map((claim) => h("li", {},
      entityLink(claim.subject, data, open), ` ${label(data.predicates[claim.p])} `,
      claim.object ? entityLink(claim.object, data, open) : null, " ",
      reportLink(claim.report, openReport)))))));
}

/** All reports, by date. */
export function reportsView({ data, openReport }) {
  const ordered = [...data.reports].sort((a, b) => (a.date ?? "9999").localeCompare(b.date ?? "9999"));
  return table(["report", "date", "source"], ordered.map((report) => [
    reportLink(report, openReport),
    report.date ?? "",
    report.newspaper ?? report.source,
  ]));
}
