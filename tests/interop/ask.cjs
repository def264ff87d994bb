// Asks a SPARQL endpoint through Comunica: node ask.cjs ENDPOINT QUERY; prints the bindings as JSON.
const { QueryEngine } = require("@comunica/query-sparql");

const [, , endpoint, query] = process.argv;
const term = (value) => ({ value: value.value, language: value.language || undefined });
new QueryEngine()
  .queryBindings(query, { sources: [{ type: "sparql", value: endpoint }] })
  .then((stream) => stream.toArray())
  .then((rows) => console.log(JSON.stringify(rows.map((row) => Object.fromEntries([...row].map(([name, value]) => [name.value, term(value)]))))))
  .catch((error) => {
    console.error(String(error));
    process.exit(1);
  });
