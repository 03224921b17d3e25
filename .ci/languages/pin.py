"""Runs the Python of docs/schemas.md that computes a pin, on the rubrics that come with the crate."""

import json
import pathlib
import re

docs = pathlib.Path("docs/schemas.md").read_text()
blocks = [block for block in re.findall(r"```python\n(.*?)```", docs, re.S) if "def pin(" in block]
assert len(blocks) == 1, "docs/schemas.md has one function `pin`"
shown = {}
exec(blocks[0], shown)  # noqa: S102

folder = pathlib.Path("content/rubrics")
pins = [json.loads(line) for line in (folder / "pins.ndjson").read_text().splitlines()]
rubrics = {path.name: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}
found = {rubric["id"]: shown["pin"](rubric) for rubric in rubrics.values()}
assert found == {pin["id"]: pin for pin in pins}, found

valid = pathlib.Path("schemas/v0/examples/valid")
rubric, assessment = (json.loads((valid / f"{name}.json").read_text()) for name in ["rubric", "assessment"])
assert shown["pin"](rubric) == assessment["rubric"], shown["pin"](rubric)

value = json.loads('{"b":[1.0,0.125,0.000001],"a":{"z":null,"y":"ü"}}')
assert shown["canonical"](value) == '{"a":{"y":"ü"},"b":[1,0.125,0.000001]}', shown["canonical"](value)
assert shown["fingerprint"]({}).startswith("44136fa355b3678a"), shown["fingerprint"]({})
print(f"    {len(found) + 1} pins are computed alike")
