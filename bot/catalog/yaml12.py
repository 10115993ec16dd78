"""YAML 1.2 as ruamel reads it, imported when a file is really read: kept content needs none of it.

Ask for a name as `yaml12.YAML`. `from bot.catalog.yaml12 import YAML` would not wait.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ruamel.yaml import YAML as YAML
    from ruamel.yaml.constructor import DuplicateKeyError as DuplicateKeyError
    from ruamel.yaml.error import MarkedYAMLError as MarkedYAMLError
    from ruamel.yaml.error import YAMLError as YAMLError
    from ruamel.yaml.nodes import MappingNode as MappingNode
    from ruamel.yaml.nodes import Node as Node
    from ruamel.yaml.nodes import ScalarNode as ScalarNode
    from ruamel.yaml.nodes import SequenceNode as SequenceNode
    from ruamel.yaml.reader import ReaderError as ReaderError

    UNREADABLE: tuple[type[YAMLError], type[UnicodeDecodeError], type[RecursionError]]
    """What reading a file may raise for what somebody wrote."""


def __getattr__(name: str) -> Any:
    """One of the names above; all are kept at the first question."""
    from ruamel.yaml import YAML, constructor, error, nodes, reader

    known: dict[str, Any] = {
        "YAML": YAML,
        "DuplicateKeyError": constructor.DuplicateKeyError,
        "MarkedYAMLError": error.MarkedYAMLError,
        "YAMLError": error.YAMLError,
        "MappingNode": nodes.MappingNode,
        "Node": nodes.Node,
        "ScalarNode": nodes.ScalarNode,
        "SequenceNode": nodes.SequenceNode,
        "ReaderError": reader.ReaderError,
        "UNREADABLE": (error.YAMLError, UnicodeDecodeError, RecursionError),
    }
    if name not in known:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals().update(known)
    return known[name]
