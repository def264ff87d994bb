// Reads a file as N3.js or graphology does and prints what it found as one line of JSON: node read.cjs FILE
const fs = require("fs");
const path = process.argv[2];
const text = fs.readFileSync(path, "utf8");
const version = (name) => JSON.parse(fs.readFileSync(`${__dirname}/node_modules/${name}/package.json`)).version;

if (/\.(ttl|trig|nt|nq)$/.test(path)) {
  const { Parser } = require("n3");
  console.log(JSON.stringify({ program: "N3.js", version: version("n3"), triples: new Parser().parse(text).length }));
} else {
  const { JSDOM } = require("jsdom");
  const { window } = new JSDOM("");
  global.DOMParser = window.DOMParser;
  global.Document = window.Document;
  const { MultiDirectedGraph } = require("graphology");
  const name = path.endsWith(".gexf") ? "graphology-gexf" : "graphology-graphml";
  const graph = require(`${name}/browser`).parse(MultiDirectedGraph, text);
  const kinds = {};
  graph.forEachEdge((_, data) => (kinds[data.kind] = (kinds[data.kind] || 0) + 1));
  const nodes = {};
  graph.forEachNode((id, data) => (nodes[id] = [data.label, data.type, data.x, data.y, data.size, data.color]));
  console.log(JSON.stringify({ program: name, version: version(name), order: graph.order, size: graph.size, kinds, nodes }));
}
