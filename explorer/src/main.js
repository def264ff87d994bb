// The page: one state, the views of it, and what the reader does.

import { load } from "./data.js";
import { entityPanel, reportPanel } from "./details.js";
import { fill, h, save } from "./dom.js";
import { claimsCsv, sparql, verdictsCsv } from "./exports.js";
import { filters } from "./filters.js";
import { draw } from "./graph.js";
import { label, language, setLanguage, t } from "./i18n.js";
import { search } from "./search.js";
import { createState } from "./state.js";
import { areasView, factsView, honoursView, reportsView, timelineView } from "./views.js";

const VIEWS = { graph: null, facts: factsView, honours: honoursView, areas: areasView, timeline: timelineView, reports: reportsView };
const $ = (id) => document.getElementById(id);

const data = load();
const store = createState(data, changed);
const { state, shown } = store;
const context = {
  data, state, shown, open, openReport,
  reviewed: renderTools,
};
setLanguage(new URLSearchParams(location.hash.slice(1)).get("lang") ?? "zh");
const picture = draw($("canvas"), data, store, open);
$("no-webgl").hidden = picture !== null;

function open(node) {
  store.set({ selected: node, report: null });
  if (node && state.view === "graph") picture?.show(node);
}

function openReport(report) {
  store.set({ report });
}

function changed(change) {
  if ("filter" in change) filters($("filters"), data, { state, setFilter: store.setFilter });
  if ("view" in change || "filter" in change || "selected" in change) renderView();
  if ("selected" in change || "report" in change || "filter" in change) renderPanel("selected" in change || "report" in change);
  if ("selected" in change) writeHash();
  renderTools();
}

function renderView() {
  for (const name of Object.keys(VIEWS)) {
    const tab = $(`tab-${name}`);
    tab.setAttribute("aria-selected", String(name === state.view));
    tab.tabIndex = name === state.view ? 0 : -1;
  }
  $("canvas").hidden = state.view !== "graph";
  $("list").hidden = state.view === "graph";
  $("view").setAttribute("aria-labelledby", `tab-${state.view}`);
  if (state.view === "graph") {
    picture?.resize();
    picture?.update();
  } else fill($("list"), VIEWS[state.view](context));
  $("shown").textContent = `${t("shown")} ${shown.nodes.size} ${t("entities")} · ${shown.claims.length} ${t("factsUnit")}`;
}

function renderPanel(moved) {
  const panel = $("panel");
  const content = state.report ? reportPanel(state.report, context) : state.selected ? entityPanel(state.selected, context) : null;
  panel.classList.toggle("empty", content === null);
  fill($("content"), content ?? h("p", { className: "hint" }, t("hint")));
  $("close").hidden = content === null;
  if (content && moved) {
    panel.scrollTop = 0;
    $("content").querySelector("h2")?.focus({ preventScroll: true });
  }
}

function renderTools() {
  const button = (id, key, action, off = false) => h("button", { type: "button", id, disabled: off, onclick: action }, t(key));
  fill($("tools"),
    button("export-csv", "csv", () => save("facts.csv", claimsCsv(shown.claims), "text/csv;charset=utf-8")),
    button("export-png", "png", async () => save("graph.png", await picture.png()), picture === null || state.view !== "graph"),
    button("export-sparql", "sparql", showQuery),
    button("export-review", "review", () => save("corrections.csv", verdictsCsv(state.verdicts, state.reviewer), "text/csv;charset=utf-8"), state.verdicts.size === 0),
    state.verdicts.size ? h("input", { type: "text", id: "reviewer", "aria-label": t("reviewer"), placeholder: t("reviewer"), value: state.reviewer, oninput: (event) => (state.reviewer = event.target.value) }) : null,
    button("fit", "fit", () => picture?.fit(), picture === null || state.view !== "graph"));
}

function showQuery() {
  $("query-text").textContent = sparql(store, data);
  $("query").showModal();
}

function writeHash() {
  const values = new URLSearchParams();
  if (state.selected) values.set("id", state.selected.iri);
  if (language() === "en") values.set("lang", "en");
  history.replaceState(null, "", values.size ? `#${values}` : "#");
}

function renderAll() {
  document.title = t("title");
  $("title").textContent = t("title");
  $("search").placeholder = t("search");
  $("search").setAttribute("aria-label", t("search"));
  $("filters-title").textContent = t("filters");
  $("language").textContent = language() === "zh" ? "English" : "中文";
  $("close").setAttribute("aria-label", t("close"));
  $("no-webgl").textContent = t("noWebgl");
  for (const name of Object.keys(VIEWS)) $(`tab-${name}`).textContent = t(name);
  changed({ filter: state.filter, view: state.view });
}

for (const name of Object.keys(VIEWS)) {
  const tab = $(`tab-${name}`);
  tab.addEventListener("click", () => store.set({ view: name }));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const names = Object.keys(VIEWS);
    const next = names[(names.indexOf(name) + step + names.length) % names.length];
    store.set({ view: next });
    $(`tab-${next}`).focus();
  });
}
$("language").addEventListener("click", () => {
  setLanguage(language() === "zh" ? "en" : "zh");
  writeHash();
  renderAll();
});
$("close").addEventListener("click", () => (state.report && state.selected ? store.set({ report: null }) : open(null)));
$("query-close").addEventListener("click", () => $("query").close());
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    $("search").focus();
  } else if (event.key === "Escape" && !$("query").open && document.activeElement !== $("search")) $("close").click();
});
search($("search"), $("found"), data, open);
if (window.matchMedia("(max-width: 700px)").matches) $("filters-box").open = false;
renderAll();

const wanted = new URLSearchParams(location.hash.slice(1)).get("id");
const start = wanted && data.nodes.find((node) => node.iri === wanted);
if (start) open(start);
