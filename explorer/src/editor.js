// The SPARQL editor over this server's own endpoint; nothing is asked of other servers.
const endpoint = new URL("sparql", location.href).href;
const query = `PREFIX lg: <https://w3id.org/lgkg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?who ?what WHERE {
  ?s lg:runs ?o .
  ?s rdfs:label ?who .
  ?o rdfs:label ?what .
} LIMIT 50`;
Yasgui.Yasqe.defaults.value = query;
Yasgui.Yasqe.defaults.autocompleters = ["variables"];
new Yasgui(document.getElementById("yasgui"), {
  requestConfig: { endpoint },
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  copyEndpointOnNewTab: false,
  persistenceId: null,
});
