// The corpus as the page holds it, with the indexes that the views share.

/** Reads the data element of the page and indexes it. */
export function load() {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { nodes, reports, claims } = data;
  nodes.forEach((node, index) => Object.assign(node, { index, claims: [], reports: new Set() }));
  claims.forEach((claim, index) => {
    claim.index = index;
    claim.subject = nodes[claim.s];
    claim.object = claim.o === null ? null : nodes[claim.o];
    claim.report = reports[claim.r];
    claim.when = claim.date || claim.report.date || "";
    claim.subject.claims.push(claim);
    if (claim.object) claim.object.claims.push(claim);
  });
  reports.forEach((report, index) => {
    report.index = index;
    for (const [, , node] of [...report.mentions, ...report.titleMentions]) nodes[node].reports.add(index);
  });
  for (const node of nodes) node.search = [node.label, ...node.alt].join("\n").toLowerCase();
  return data;
}

/** Claims that say the same (subject, predicate, object), best first, as one fact. */
export function facts(claims) {
  const groups = new Map();
  for (const claim of claims) {
    const key = `${claim.s} ${claim.p} ${claim.o === null ? `r${claim.r}` : claim.o}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(claim);
  }
  return [...groups.values()].map((group) => group.sort((a, b) => b.c - a.c));
}

const asserted = (claim) => claim.st === "asserted";

/** Places that are in `area`, itself included, by `locatedIn`. */
export function placesWithin(area) {
  const found = new Set([area]);
  for (const place of found) {
    for (const claim of place.claims) {
      if (asserted(claim) && claim.p === "locatedIn" && claim.object === place && claim.subject.type === "PLACE")
        found.add(claim.subject);
    }
  }
  return found;
}

const OF_AREA = new Set(["locatedIn", "governs", "partOf"]);

/** All that belongs to an area: its places, their bodies, and what these run, hold, win, set up or issue. */
export function within(area) {
  const members = placesWithin(area);
  for (const member of members) {
    if (member.type !== "PLACE" && member.type !== "ORG") continue;
    for (const claim of member.claims) {
      if (asserted(claim) && claim.object === member && OF_AREA.has(claim.p)) members.add(claim.subject);
    }
  }
  const all = new Set(members);
  for (const member of members) {
    for (const claim of member.claims) {
      if (asserted(claim) && claim.subject === member && claim.object && !OF_AREA.has(claim.p)) all.add(claim.object);
      if (asserted(claim) && claim.p === "worksFor" && claim.object === member) all.add(claim.subject);
    }
  }
  return all;
}

/** Nodes whose name holds the query, or whose pinyin or initials begin with it (or hold it); best first. */
export function find(nodes, query) {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return [];
  const latin = /^[a-z0-9]+$/.test(wanted);
  const scored = [];
  for (const node of nodes) {
    let score = 0;
    const label = node.label.toLowerCase();
    if (label === wanted) score = 5;
    else if (label.startsWith(wanted)) score = 4;
    else if (node.search.includes(wanted)) score = 3;
    else if (latin) {
      const [initials, full] = node.pinyin.split(" ");
      if (initials.startsWith(wanted) || full.startsWith(wanted)) score = 2;
      else if (initials.includes(wanted) || full.includes(wanted)) score = 1;
    }
    if (score) scored.push([score, node]);
  }
  scored.sort((a, b) => b[0] - a[0] || b[1].claims.length - a[1].claims.length || a[1].index - b[1].index);
  return scored.map(([, node]) => node);
}
