"""By what one revision of a definition is told from another, however its file is laid out."""

import hashlib
import json
from functools import cached_property

from pydantic import BaseModel

from bot.catalog.steps import Part


def canonical(definition: BaseModel) -> str:
    """JSON that is the same for the same meaning, whatever the layout of its file."""
    plain = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Revised(Part):
    """What people go through: whoever began one revision of it finishes that one."""

    def canonical(self) -> str:
        """The definition as JSON that is the same for the same meaning."""
        return canonical(self)

    @cached_property
    def revision(self) -> str:
        """SHA-256 of the canonical definition, in hex."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()
