"""A figure's text as the plain values that YAML 1.2 reads, which is how an editor hands it to the schema."""

import re

import yaml

_NUMBER = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)(e[-+]?\d+)?", re.ASCII | re.IGNORECASE)
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def plain_values(text):
    return _plain(yaml.compose(text, Loader=yaml.SafeLoader))


def _plain(node):
    if isinstance(node, yaml.MappingNode):
        return {str(_plain(key)): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(entry) for entry in node.value]
    if node is None or node.style is not None:
        return node.value if node else None
    if node.value in _WORDS:
        return _WORDS[node.value]
    return float(node.value) if _NUMBER.fullmatch(node.value) else node.value
