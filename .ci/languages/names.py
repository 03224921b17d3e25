"""The names in the generated files are those in the bundle, and nothing is left untyped but `extensions`.

python names.py BUNDLE TYPES.TS MODELS.PY TYPES.GO
"""

import ast
import json
import re
import sys
from pathlib import Path

faults: list[str] = []


def compare(language: str, found: set[str], wanted: set[str]) -> None:
    missing, extra = sorted(wanted - found), sorted(found - wanted)
    numbered = sorted(name for name in found if name[-1].isdigit())
    faults.extend(f"{language} lacks {name}" for name in missing)
    faults.extend(f"{language} has {name}, which is in no schema" for name in extra)
    faults.extend(f"{language} has the numbered name {name}" for name in numbered)
    print(f"    {language}: {len(found)} names, {len(missing)} missing, {len(extra)} extra, {len(numbered)} numbered")


def untyped(language: str, lines: list[str], allowed: set[str]) -> None:
    odd = [line.strip() for line in lines if line.strip() not in allowed]
    faults.extend(f"{language} leaves untyped: {line}" for line in odd)
    print(f"    {language}: {len(lines)} untyped places, {len(odd)} of them outside `extensions`")


def main() -> None:
    bundle, typescript, python, go = (Path(argument).read_text(encoding="utf-8") for argument in sys.argv[1:])
    types = json.loads(bundle)["$defs"]
    # The bundle itself is the union of all documents.
    with_union = set(types) | {"Document"}

    compare("TypeScript", set(re.findall(r"^export (?:interface|type) (\w+)", typescript, re.M)), with_union)
    code = re.sub(r"/\*.*?\*/", "", typescript, flags=re.S)
    open_members = re.findall(r"^.*(?::|\|) *(?:any|unknown|object|Object)\b.*$", code, re.M)
    untyped("TypeScript", open_members, {"[k: string]: unknown;"})
    if code.count("unknown;") != 1:
        faults.append("TypeScript: `unknown` stands somewhere else than in `Extensions`")

    tree = ast.parse(python)
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    # Bounded numbers in a list get a class of the generator's own naming.
    items = {name for name, node in classes.items() if any("RootModel[int]" == ast.unparse(base) for base in node.bases)}
    compare("Python", set(classes) - (items - set(types)), with_union)
    names_in = {name: {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} for name, node in classes.items()}
    open_classes = [name for name, used in names_in.items() if used & {"Any", "object"}]
    untyped("Python", open_classes, {"Extensions"})

    # quicktype makes one class of a union, an enum of each `kind`, and leaves a nullable number without a name. The class
    # of an optional union and the enum of its `kind` have names of its own.
    is_variant = {name: "const" in one.get("properties", {}).get("kind", {}) for name, one in types.items()}
    kinds = {f"{name}Kind" for name, one in types.items() if is_variant[name] or "oneOf" in one}
    kinds -= set(types)
    nullable = {name for name, one in types.items() if isinstance(one.get("type"), list)}
    found = set(re.findall(r"^type (\w+)", go, re.M))
    own = {name for name in found if name.removesuffix("Class") in types and name not in types} | {"PurpleKind"}
    compare("Go", found - kinds - own, set(types) - nullable)
    lines = re.findall(r"^.*\b(?:interface\{\}|any)(?=\s*(?:`|$)).*$", re.sub(r"//.*", "", go), re.M)
    odd = [line for line in lines if not re.match(r"(?:type |\s*)Extensions\s+map\[string\]", line)]
    untyped("Go", [re.sub(r"\s+", " ", line) for line in odd], set())

    for fault in faults:
        print(f"    {fault}", file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
