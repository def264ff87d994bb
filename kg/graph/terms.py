"""Namespaces and RDF terms in canonical lexical form, so that a round trip through a store changes nothing."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kg.knowledge.ontology import LG

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
SCHEMA = "https://schema.org/"
OA = "http://www.w3.org/ns/oa#"
GEO = "http://www.opengis.net/ont/geosparql#"

VOCABULARIES = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "geo": GEO,
    "lg": LG,
    "oa": OA,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "void": VOID,
    "xsd": XSD,
}

_TIME = ox.NamedNode(XSD + "dateTime")
_DATES = (
    (re.compile(r"\d{4}"), ox.NamedNode(XSD + "gYear")),
    (re.compile(r"\d{4}-(?:0[1-9]|1[0-2])"), ox.NamedNode(XSD + "gYearMonth")),
    (re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"), ox.NamedNode(XSD + "date")),
)
_DECIMAL = ox.NamedNode(XSD + "decimal")
_INTEGER = ox.NamedNode(XSD + "integer")
# Control characters have no place in XML 1.0, so neither in RDF/XML, GraphML nor GEXF.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
TYPE = ox.NamedNode(RDF + "type")
LABEL = ox.NamedNode(RDFS + "label")


def clean(text: str) -> str:
    """The text without characters that no XML file may hold."""
    return _CONTROL.sub("", text)


def disarmed(cell: str) -> str:
    """A cell of a CSV file that no spreadsheet runs as a formula: an apostrophe in front where it would."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def zh(text: str) -> ox.Literal:
    """A Chinese text."""
    return ox.Literal(clean(text), language="zh")


def string(text: str) -> ox.Literal:
    """A text in no stated language (names of rules, units, sources)."""
    return ox.Literal(clean(text))


def integer(number: int) -> ox.Literal:
    """An xsd:integer."""
    return ox.Literal(str(number), datatype=_INTEGER)


def decimal(number: float) -> ox.Literal:
    """An xsd:decimal of at most three places in the form of XSD 1.1: 0.12, 1."""
    return _decimal(Decimal(str(round(number, 3))))


def number(text: str) -> ox.Literal:
    """An xsd:decimal when the text is a number, else a string."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return string(text)
    return _decimal(value) if value.is_finite() else string(text)


def date(text: str) -> ox.Literal:
    """A date as precise as its ISO form: xsd:gYear, xsd:gYearMonth or xsd:date; a string when it is none of them."""
    datatype = date_type(text)
    return string(text) if datatype is None else ox.Literal(text, datatype=datatype)


def date_type(text: str) -> ox.NamedNode | None:
    """The datatype of an ISO day, month or year that exists, else None."""
    for pattern, datatype in _DATES:
        if pattern.fullmatch(text) and _exists(text):
            return datatype
    return None


def time(text: str) -> ox.Literal:
    """An xsd:dateTime of an ISO date or time; a day alone stands for its beginning."""
    return ox.Literal(dt.datetime.fromisoformat(text).isoformat(), datatype=_TIME)


def _exists(text: str) -> bool:
    try:
        dt.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _decimal(value: Decimal) -> ox.Literal:
    text = format(value.normalize(), "f")
    return ox.Literal("0" if text == "-0" else text, datatype=_DECIMAL)
