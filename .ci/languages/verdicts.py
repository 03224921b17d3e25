"""Judges every document of the corpus with Python's jsonschema; any verdict that differs from Rust's fails.

One difference is allowed: `$` in a Python pattern also matches before a line break that ends the text.

python verdicts.py CORPUS SCHEMAS
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.protocols import Validator

DRAFTS = {"2020-12": ("", Draft202012Validator), "07": ("draft-07", Draft7Validator)}


def exact(schema: Any) -> Any:
    """The schema with patterns that end where the text ends."""
    if isinstance(schema, list):
        return [exact(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    pattern = schema.get("pattern")
    fixed = {word: exact(one) for word, one in schema.items()}
    if isinstance(pattern, str) and pattern.endswith("$"):
        fixed["pattern"] = pattern[:-1] + r"\Z"
    return fixed


def judge(draft: str, corpus: list[dict[str, Any]], folder: Path) -> bool:
    subfolder, kind = DRAFTS[draft]
    start = time.perf_counter()
    plain: dict[str, Validator] = {}
    strict: dict[str, Validator] = {}
    for path in sorted((folder / subfolder).glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        kind.check_schema(schema)
        name = path.name.split(".")[0]
        plain[name] = kind(schema, format_checker=kind.FORMAT_CHECKER)
        strict[name] = kind(exact(schema), format_checker=kind.FORMAT_CHECKER)
    differing = [one for one in corpus if plain[one["root"]].is_valid(one["document"]) != one["accepted"]]
    unexplained = [one for one in differing if strict[one["root"]].is_valid(one["document"]) != one["accepted"]]
    seconds = time.perf_counter() - start
    print(
        f"    Python jsonschema {draft}: {len(plain)} schemas, {len(corpus)} documents, {len(differing)} differ, "
        f"of which {len(differing) - len(unexplained)} by a final line break (allowed), {seconds:.1f} s"
    )
    for one in unexplained[:3]:
        print(f"      {one['root']}, accepted by Rust: {one['accepted']}: {json.dumps(one['document'])[:300]}")
    return not unexplained


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as lines:
        corpus = [json.loads(line) for line in lines]
    folder = Path(sys.argv[2])
    # The older draft says the same; a fifth of the corpus shows that it still does.
    agreed = [judge("2020-12", corpus, folder), judge("07", corpus[::5], folder)]
    sys.exit(0 if all(agreed) else 1)


if __name__ == "__main__":
    main()
