// The panel beside the view: one entity with its facts, or one report.

import { facts } from "./data.js";
import { action, h } from "./dom.js";
import { marked, sentence } from "./evidence.js";
import { label, t } from "./i18n.js";
import { claimReview, entityReview } from "./review.js";

const percent = (claim) => `${Math.round(claim.c * 100)}%`;

const chip = (type, data) =>
  h("span", { className: "chip", style: { "--type": data.types[type].color } }, label(data.types[type]));

/** A link that opens an entity. */
export const entityLink = (node, data, open) =>
  action({ className: "entity", style: { "--type": data.types[node.type].color } }, () => open(node), node.label);

/** A link that opens a report. */
export const reportLink = (report, openReport) =>
  action({ className: "link" }, () => openReport(report), report.title || `${Array.from(report.text).slice(0, 24).join("")}…`);

/** One entity: its names, its facts with their evidence, its numbers, its reports. */
export function entityPanel(node, context) {
  const { data, shown, open, openReport } = context;
  const visible = new Set(shown.claims);
  const rivals = new Set(node.claims.flatMap((claim) => claim.rivals));
  const claims = node.claims.filter((claim) => visible.has(claim) || rivals.has(claim.index) || claim.rivals.length);
  const groups = new Map();
  for (const fact of facts(claims)) {
    const [best] = fact;
    const inverse = best.subject !== node;
    const key = `${best.p}${inverse ? " ←" : ""}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(fact);
  }
  const numbers = data.observations.filter((item) => item.s === node.index);
  return [
    h("p", {}, chip(node.type, data), node.code ? h("span", { className: "code" }, node.code) : null),
    h("h2", { tabIndex: -1 }, node.label),
    node.alt.length ? h("p", { className: "also" }, `${t("also")}：${node.alt.join("、")}`) : null,
    [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, group]) => factGroup(key, group, node, context)),
    numbers.length
      ? h("section", {}, h("h3", {}, t("numbers")),
          h("ul", { className: "numbers" }, numbers.map((item) => h("li", {}, `${item.indicator} `, h("b", {}, `${item.qualifier}${item.value}${item.unit}`), item.period ? ` (${item.period})` : ""))))
      : null,
    h("section", {}, h("h3", {}, t("reports")),
      h("ul", {}, [...node.reports].map((index) => h("li", {}, reportLink(data.reports[index], openReport))))),
    entityReview(node, context),
    h("p", { className: "iri" }, node.iri),
  ];
}

function factGroup(key, group, node, { data, ...context }) {
  const [name, inverse] = key.split(" ");
  const heading = inverse ? `← ${label(data.predicates[name])}` : label(data.predicates[name]);
  return h("section", {}, h("h3", {}, heading), group.map((fact) => factItem(fact, node, { data, ...context })));
}

function factItem(fact, node, context) {
  const { data, open, openReport } = context;
  const [best] = fact;
  const other = best.subject === node ? best.object : best.subject;
  const candidate = best.st === "candidate";
  const extras = Object.values(best.q).join("，");
  return h(
    "details",
    { className: `fact${candidate ? " candidate" : ""}`, open: fact.length === 1 && !candidate },
    h("summary", {},
      other ? entityLink(other, data, open) : reportLink(best.report, openReport),
      extras ? h("span", { className: "extras" }, extras) : null,
      h("span", { className: "when" }, best.date ?? ""),
      h("span", { className: "confidence", title: t("confidence") }, percent(best))),
    candidate ? h("p", { className: "note" }, t("rivalOf")) : null,
    fact.map((claim) => h("div", { className: "evidence" },
      sentence(claim, data, open),
      h("p", { className: "from" }, reportLink(claim.report, openReport), claim.report.date ? ` · ${claim.report.date}` : "", h("span", { className: "rule" }, `${t("rule")} ${claim.rule}`)),
      claimReview(claim, context))),
    rivalList(fact, context),
  );
}

function rivalList(fact, { data, open }) {
  const rivals = [...new Set(fact.flatMap((claim) => claim.rivals))].map((index) => data.claims[index]);
  if (!rivals.length) return null;
  return h("div", { className: "rivals" }, h("h4", {}, t("rivals")),
    h("ul", {}, rivals.map((claim) => h("li", {},
      entityLink(claim.subject, data, open), ` ${label(data.predicates[claim.p])} `,
      claim.object ? entityLink(claim.object, data, open) : null,
      h("span", { className: "confidence" }, percent(claim))))));
}

/** One report: its text with every mention marked. */
export function reportPanel(report, { data, open }) {
  const paragraphs = [];
  let offset = 0;
  for (const paragraph of report.text.split("\n")) {
    const end = offset + Array.from(paragraph).length;
    paragraphs.push(h("p", {}, marked(report.text, report.mentions, { start: offset, end, data, open })));
    offset = end + 1;
  }
  const line = [report.newspaper, report.date, report.byline.join(" "), report.source].filter(Boolean).join(" · ");
  return [
    h("h2", { tabIndex: -1 }, report.title ? marked(report.title, report.titleMentions, { data, open }) : t("untitled")),
    h("p", { className: "from" }, line),
    report.reprints.length ? h("p", { className: "from" }, `${t("reprints")} `, report.reprints.join("；")) : null,
    h("article", { className: "text" }, paragraphs),
  ];
}
