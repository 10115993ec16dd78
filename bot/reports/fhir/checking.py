"""The checking process: resources in, verdicts out, until its input ends. See `check`.

`python -m bot.reports.fhir.checking` reads one resource as JSON per line and answers each with a
line: empty when it is right, else where it is wrong. It never says what stands there.
"""

import json
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from pydantic import BaseModel, ValidationError

KINDS = ("Patient", "Questionnaire", "QuestionnaireResponse", "Observation", "Consent", "Bundle")


def wrong(resource: Mapping[str, Any]) -> str:
    """Where a resource is not as R4 has it; "" for a right one."""
    kind = str(resource.get("resourceType"))
    if kind not in KINDS:
        return f"{kind}: not a kind that is exported"
    model: type[BaseModel] = getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
    try:
        model.model_validate(resource)
    except ValidationError as error:
        places = {
            f"{'.'.join(str(part) for part in each['loc'])} ({each['type']})"
            for each in error.errors(include_input=False, include_url=False, include_context=False)
        }
        return f"{kind}: {', '.join(sorted(places))}"
    return ""


def main() -> None:
    """Answers every line until there is none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us
    for line in sys.stdin:
        sys.stdout.write(wrong(json.loads(line)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
