"""Write the JSON Schemas of the documents that the command line prints, from their types.

    python tools/write_schemas.py

docs/reference/schemas/<name>@<version>.json, JSON Schema draft 2020-12; docs/reference/crisis.schema.json, for the
editors of crisis.yaml; and docs/reference/simsetting.schema.json, the keys of Flee that are known. Tests compare them.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from tidings.core.problems import Problems
from tidings.core.written import Imported, ImportedRoads, NewFolder, Written, WrittenBrief
from tidings.crisis.crisis import RULE_NAMED, Settings
from tidings.ensemble.simulation import Simulation
from tidings.evidence.intake import Intakes
from tidings.evidence.reading import Reading
from tidings.flow.flee_settings import FleeSettings
from tidings.flow.parameters import parameter_schema
from tidings.flow.rules import DECISIONS
from tidings.forecast.calibration import Calibration
from tidings.forecast.document import Forecast
from tidings.forecast.scorecard import Scorecard
from tidings.forecast.whatif import Layer
from tidings.present.trace import Trace
from tidings.release.claims import ClaimList
from tidings.situation.situation import Situation

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference" / "schemas"
CRISIS = FOLDER.parent / "crisis.schema.json"
SIMSETTING = FOLDER.parent / "simsetting.schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
DOCUMENTS: tuple[type[BaseModel], ...] = (
    Reading,
    Situation,
    Forecast,
    Intakes,
    ClaimList,
    Trace,
    Problems,
    NewFolder,
    WrittenBrief,
    Simulation,
    Scorecard,
    Calibration,
    Written,
    Imported,
    ImportedRoads,
)


class AsPrinted(GenerateJsonSchema):
    """A printed document holds every field, and a later version may add some."""

    schema_dialect = DRAFT

    def field_is_required(self, *_: object, **__: object) -> bool:
        """A field that is not filled is there and empty."""
        return True

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Leave a model open: fields may be added without a major version."""
        return {key: value for key, value in super().model_schema(schema).items() if key != "additionalProperties"}


def document_name(document: type[BaseModel]) -> str:
    """Return the name that a document carries in its `schema` field, such as tidings/reading@1."""
    return str(document.model_fields["schema_"].default)


def schema_of(document: type[BaseModel]) -> dict[str, object]:
    """Return the JSON Schema of a document as it is printed: every field present, under its alias."""
    described = document.model_json_schema(by_alias=True, mode="serialization", schema_generator=AsPrinted)
    return {"$schema": DRAFT, "$id": f"{document_name(document)}.json"} | described


def schema_texts() -> dict[str, str]:
    """Return the text of every schema file by its name."""
    schemas = {document_name(document).removeprefix("tidings/"): schema_of(document) for document in DOCUMENTS}
    return {f"{name}.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


def crisis_schema() -> dict[str, object]:
    """Return the JSON Schema of crisis.yaml, for editors: with every parameter, its range and unit, and every rule."""
    schema = Settings.model_json_schema()
    layer = Layer.model_json_schema()
    schema["$defs"] |= layer.pop("$defs") | {"parameters": parameter_schema(), "scenario": layer}
    layer["properties"]["parameters"] = {"$ref": "#/$defs/parameters"}
    rule = {"anyOf": [{"type": "string", "pattern": RULE_NAMED}, {"$ref": "#/$defs/RuleChoice"}]}
    means = {name: {**rule, "description": decision.means} for name, decision in DECISIONS.items()}
    schema["properties"] |= {
        "parameters": {
            **schema["properties"]["parameters"],
            "additionalProperties": True,
            "$ref": "#/$defs/parameters",
        },
        "rules": {**schema["properties"]["rules"], "properties": means, "additionalProperties": False},
        "scenarios": {**schema["properties"]["scenarios"], "additionalProperties": {"$ref": "#/$defs/scenario"}},
    }
    return {"$schema": DRAFT, "$id": CRISIS.name} | schema


def simsetting_schema_text() -> str:
    """Return the text of docs/reference/simsetting.schema.json: what Flee's settings may hold."""
    schema = {"$schema": DRAFT, "$id": "simsetting.schema.json"} | FleeSettings.model_json_schema()
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def crisis_schema_text() -> str:
    """Return the text of docs/reference/crisis.schema.json."""
    return json.dumps(crisis_schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write all schemas, and remove those of documents that are no more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    texts = schema_texts()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    CRISIS.write_text(crisis_schema_text(), encoding="utf-8")
    SIMSETTING.write_text(simsetting_schema_text(), encoding="utf-8")
    for stale in (path for path in FOLDER.glob("*.json") if path.name not in texts):
        stale.unlink()


if __name__ == "__main__":
    main()
