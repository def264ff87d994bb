"""Write docs/ontology.md from ontology/lgkg.ttl: `python scripts/document_ontology.py`. A test holds the two together."""

from __future__ import annotations

from pathlib import Path

from kg.knowledge.ontology import Ontology, Predicate, Term, load_ontology

_ROOT = Path(__file__).resolve().parent.parent
_CLAIM_DIAGRAM = """
```mermaid
flowchart LR
  subgraph fact [direct triple, asserted facts only]
    S[subject] -- "lg:runs" --> O[object]
  end
  C[lg:Claim] -- rdf:subject --> S
  C -- rdf:object --> O
  C -- "rdf:predicate" --> P(["lg:runs"])
  C -- "lg:evidence" --> E["lg:Evidence: oa:exact, oa:start, oa:end, lg:sentence"]
  C -- "prov:wasDerivedFrom" --> R["lg:Report (schema:NewsArticle)"]
  C -- "prov:wasGeneratedBy" --> A["run (prov:Activity)"]
  C -- "lg:review" --> V["lg:Review: lg:verdict, prov:wasAttributedTo, prov:generatedAtTime"]
  C -- "lg:rivalOf" --> C2["the claim that won"]
  C -. "lg:confidence, lg:status, lg:date, lg:rule, lg:rank …" .-> C
  N["schema:NewsArticle"] -- "lg:reprintOf" --> R
  R -- "lg:mentions" --> S
  R -- "lg:mentions" --> O
```
"""
_IDENTITY = """
## Identity

Graphs made on different machines merge by union, because IRIs are computed from what identifies a thing and never
counted. A path ends in a readable name and a hash of type, name and context. Width of characters, spaces, quotation
marks and dots do not count.

| thing | identified by | path below the base IRI |
|---|---|---|
| administrative area with a code | its code; for an area that has ended, whose code others may have got, with the year of its end | `place/140522` |
| other place, zone | name within the nearest known area | `place/NAME-HASH` |
| organisation | name within its area; national bodies by name | `organization/NAME-HASH` |
| program | name within the area of who runs it; a name that states national or provincial scope by itself | `program/NAME-HASH` |
| the name of programs | the name without the area it begins with; shared by all programs of that name (`lg:programName`) | `concept/NAME-HASH` |
| award | national and provincial honours by name; a prize within its contest; a local title within the area of who gives it | `award/NAME-HASH` |
| event | name, holder, and a date of at least a month or an edition in the name | `event/NAME-HASH` |
| person | name with the body or place; a reporter with the newspaper | `person/NAME-HASH` |
| document | name within the area of who issued it | `document/NAME-HASH` |
| anything that the report leaves open | the report and the name: two unknown bureaus never merge by accident | `report/ID/KIND/NAME-HASH` |
| further printing of a report | its text and where it was printed | `printing/ID-HASH` |
| a person's verdict; who gave it | what was decided of what by whom; the name | `review/HASH`, `agent/NAME-HASH` |
| claim, evidence, number | the report, and what is claimed from which words | `claim/ID-HASH`, `evidence/ID-START-END`, `observation/ID-HASH` |

`lg:identifiedBy` says which rule decided. Likely doubles are offered as `lg:possiblySame`, each with a `lg:Match` that
has score and explanation; they are never merged by the program. A person's judgement (a row of a TSV file: two IRIs,
`same` or `different`, why) merges or keeps apart; the entity then has `lg:mergedFrom`, and taking the row out undoes it.

## Files

`graph.ttl` holds all triples. `graph.trig` holds the same triples with each report's own (its description, printings,
claims, evidence, numbers and the facts it asserts) in a named graph of the report's IRI, and what reports share in the default
graph; to ask both, take the union of all graphs. There are no blank nodes, and literals are in canonical form. Offsets
count Unicode code points of the report's text (`reports.jsonl`), or of its title where `lg:inTitle` is true.
"""


def render(ontology: Ontology) -> str:
    """The page."""
    predicates = list(ontology.predicates.values())
    typed = {entity_type.term.iri for entity_type in ontology.types.values()}
    named = {predicate.term.iri for predicate in predicates}
    concepts = {term.iri for term in [*ontology.levels.values(), *ontology.kinds.values()]}
    rest = [t for t in ontology.terms.values() if t.iri not in typed | named | concepts and t.definition_en]
    lines = [
        "<!-- Generated from ontology/lgkg.ttl by scripts/document_ontology.py. Do not edit. -->",
        f"# The ontology, version {ontology.version}",
        "",
        f"IRI <{ontology.iri}>, prefix `lg:`. The shapes that a graph must fit are in `ontology/shapes.ttl`.",
        "",
        "## Entities and facts",
        "",
        "```mermaid",
        "flowchart LR",
        *(f'  {code}["{t.term.name} {t.term.label_zh}"]' for code, t in ontology.types.items()),
        *_arrows(predicates),
        "```",
        "",
        "| type | class | 名称 | what | 说明 |",
        "|---|---|---|---|---|",
        *(
            f"| `{code}` | `lg:{t.term.name}` | {t.term.label_zh} | {t.term.definition_en} | {t.term.definition_zh} |"
            for code, t in ontology.types.items()
        ),
        "",
        "| predicate | 名称 | subject | object | what | 说明 |",
        "|---|---|---|---|---|---|",
        *(_row(predicate) for predicate in predicates),
        "",
        "An organisation is part of organisations only, a program or event of programs and events only.",
        "",
        "## Claims",
        _CLAIM_DIAGRAM.rstrip(),
        _IDENTITY.rstrip(),
        "",
        "## All other terms",
        "",
        "| term | 名称 | what | 说明 |",
        "|---|---|---|---|",
        *(f"| `lg:{t.name}` | {t.label_zh} | {t.definition_en} | {t.definition_zh} |" for t in rest),
        "",
        "## Levels and kinds",
        "",
        *_concepts("level", ontology.levels.values()),
        "",
        *_concepts("kind", ontology.kinds.values()),
    ]
    return "\n".join(lines) + "\n"


def _arrows(predicates: list[Predicate]) -> list[str]:
    arrows: dict[tuple[str, str], list[str]] = {}
    for predicate in predicates:
        for pair in predicate.pairs:
            arrows.setdefault(pair, []).append(predicate.name)
    return [f'  {s} -- "{", ".join(sorted(names))}" --> {o}' for (s, o), names in sorted(arrows.items())]


def _row(predicate: Predicate) -> str:
    term = predicate.term
    subjects, objects = (" ".join(sorted(codes)) for codes in (predicate.subjects, predicate.objects))
    return f"| `{term.name}` | {term.label_zh} | {subjects} | {objects} | {term.definition_en} | {term.definition_zh} |"


def _concepts(name: str, terms: object) -> list[str]:
    assert hasattr(terms, "__iter__")
    rows = [f"| `lg:{t.name}` | {t.label_en} | {t.label_zh} |" for t in terms if isinstance(t, Term)]
    return [f"| {name} | | 名称 |", "|---|---|---|", *rows]


if __name__ == "__main__":
    (_ROOT / "docs" / "ontology.md").write_text(render(load_ontology()), encoding="utf-8")
