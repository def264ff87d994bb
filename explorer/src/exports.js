// What is shown, taken away: CSV, a SPARQL query, a file of verdicts.

const cell = (value) => {
  const text = String(value ?? "");
  // A cell that begins like a formula would be run by a spreadsheet.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const csv = (rows) => `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

/** The claims shown as CSV, with their evidence. */
export function claimsCsv(claims) {
  const heads = ["subject", "predicate", "object", "status", "confidence", "date", "report", "report_date", "evidence"];
  const rows = claims.map((claim) => {
    const [start, end, inTitle] = claim.evidence;
    const text = Array.from(inTitle ? claim.report.title : claim.report.text).slice(start, end).join("");
    return [claim.subject.label, claim.p, claim.object?.label ?? claim.report.id, claim.st, claim.c, claim.date, claim.report.title || claim.report.id, claim.report.date, text];
  });
  return csv([heads, ...rows]);
}

/** The verdicts given, in the form that `kg build --corrections` reads; `by` is the reader's name. */
export function verdictsCsv(verdicts, by) {
  const heads = ["item", "other", "verdict", "by", "when", "note", "subject", "predicate", "object"];
  const today = new Date().toISOString().slice(0, 10);
  return csv([heads, ...[...verdicts.values()].map(({ item, other, verdict, names }) => [item, other, verdict, by, today, "", ...names])]);
}

/** A SPARQL query that gives the facts shown: those of the selected entity, or those of the filter. */
export function sparql({ state }, data) {
  const { predicate, area, confidence, candidates, from, to } = state.filter;
  const lines = [
    "PREFIX lg: <https://w3id.org/lgkg/ontology#>",
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>",
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>",
    "SELECT ?subject ?predicate ?object ?confidence ?date WHERE {",
    "  ?claim a lg:Claim ; rdf:subject ?s ; rdf:predicate ?predicate ; rdf:object ?o ; lg:confidence ?confidence ; lg:status ?status .",
    "  ?s rdfs:label ?subject . OPTIONAL { ?o rdfs:label ?object } OPTIONAL { ?claim lg:date ?date }",
  ];
  if (!candidates) lines.push("  FILTER(?status = lg:asserted)");
  if (confidence > 0) lines.push(`  FILTER(?confidence >= ${confidence})`);
  if (predicate) lines.push(`  FILTER(?predicate = lg:${predicate})`);
  if (from) lines.push(`  FILTER(STR(?date) >= "${from}")`);
  if (to) lines.push(`  FILTER(STR(?date) <= "${to}")`);
  if (state.selected) lines.push(`  FILTER(?s = <${state.selected.iri}> || ?o = <${state.selected.iri}>)`);
  if (area !== "") lines.push(`  ?s (lg:locatedIn|lg:governs|lg:partOf)* <${data.nodes[Number(area)].iri}> .`);
  if (state.filter.types) {
    const classes = [...state.filter.types].map((type) => `<${data.types[type].iri}>`).join(" ");
    lines.push(`  VALUES ?type { ${classes} } ?s a ?type .`);
  }
  return `${lines.join("\n")}\n}\nORDER BY ?subject ?predicate ?object\n`;
}
