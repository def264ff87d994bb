"""All that is known and is not code: ontology, lexicons, rules, places. Data lives in `kg/data` and `ontology/`."""
