"""Entries of the site laid over the shipped ones, before anything is made of either.

An entry is what the site changes, adds or hides as one: a fact, a fiche, a source, a phrase, one
dated amount. Both sides are trees of PyYAML, whose nodes know their file and their line. An entry
of the site may hold two keys of its own: `livre`, the fingerprint of the shipped entry that it was
made from, and `masque: true`, which hides the shipped one. A phrase, which is a bare text, holds
them beside `texte`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

SHIPPED, HIDDEN, TEXT = "livre", "masque", "texte"
_OWN = (SHIPPED, HIDDEN, TEXT)
_YES = ("true", "yes", "oui")
_LENGTH = 12
_IDENTITY = ("id", "mot")
"""What names an entry of a list: a disagreement, a word of the glossary."""
_SETTINGS = "site.yml"


@dataclass(frozen=True)
class Laid:
    """An entry of the site: its name, where it stands, and the shipped one below it, if any."""

    name: str
    file: Path
    line: int
    hidden: bool
    noted: str | None
    """The fingerprint that the entry keeps of the shipped one."""
    shipped: str | None
    """The fingerprint that the shipped one has now."""
    shipped_at: tuple[Path, int] | None


def merge(
    name: str, shipped: yaml.Node | None, site: yaml.Node | None, laid: list[Laid]
) -> yaml.Node | None:
    """The tree of a file, `name` being its path below `knowledge/`; None for a hidden fiche.

    Each entry of the site is added to `laid`.
    """
    if site is None:
        return shipped
    if name.startswith("fiches/"):
        return _laid(Path(name).stem, site, site, shipped, laid)
    return _merged(name, (), shipped, site, laid)


def fingerprint(node: yaml.Node) -> str:
    """The same for the same data, whatever its comments, quotes, line breaks and order of keys."""
    text = json.dumps(_plain(node), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]


def named(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    """The entries of a mapping by their keys, of a list by what names them."""
    if isinstance(node, yaml.MappingNode):
        yield from ((key.value, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((_identity(item), item) for item in node.value)


def with_entries(like: yaml.Node, names: set[str]) -> yaml.Node:
    """The tree without the entries that are not named."""
    kept = [item for (name, _), item in zip(named(like), like.value, strict=True) if name in names]
    return type(like)(like.tag, kept, like.start_mark, like.end_mark)


def moved_home(
    shipped: Mapping[str, yaml.Node | None], site: Mapping[str, yaml.Node | None]
) -> dict[str, yaml.Node]:
    """The site's entries of a room, by the file that ships each; those added stay in their own.

    A new version may ship an entry in another file: what the site says of it goes with it.
    """
    home = {each: file for file, tree in shipped.items() for each, _ in named(tree)}
    kinds = {type(tree) for tree in shipped.values() if tree is not None}
    found: dict[str, yaml.Node] = {}
    for file, tree in site.items():
        if tree is None:
            continue
        if not isinstance(tree, yaml.MappingNode | yaml.SequenceNode) or type(tree) not in kinds:
            found[file] = tree  # Of the wrong kind: the checks of the file tell it.
            continue
        for (each, _), item in zip(named(tree), tree.value, strict=True):
            target = found.setdefault(
                home.get(each, file), type(tree)(tree.tag, [], tree.start_mark, tree.end_mark)
            )
            target.value.append(item)
    return found


def _merged(
    name: str, path: tuple[str, ...], shipped: yaml.Node | None, site: yaml.Node, laid: list[Laid]
) -> yaml.Node:
    if not isinstance(site, yaml.MappingNode | yaml.SequenceNode) or (
        shipped is not None and type(shipped) is not type(site)
    ):
        return site  # Not of the same kind: the checks of the file tell it.
    result = list(shipped.value) if shipped is not None else []
    where = {each: at for at, (each, _) in enumerate(named(shipped))}
    below = dict(named(shipped))
    hidden: set[int] = set()
    for (each, value), item in zip(named(site), site.value, strict=True):
        at = where.get(each)
        here = (*path, each)
        under = below.get(each)
        if _is_entry(name, here, value):
            tree = _laid(".".join(here), _key(item), value, under, laid)
        else:
            tree = _merged(name, here, under, value, laid)
        if tree is None:
            hidden |= {at} if at is not None else set()
        elif at is None:
            result.append(_item(item, tree))
        else:
            result[at] = _item(item, tree)
            # Written twice, it is added the second time: the reading tells it.
            del where[each]
    kept = [item for at, item in enumerate(result) if at not in hidden]
    first = shipped if shipped is not None else site
    return type(site)(site.tag, kept, first.start_mark, first.end_mark)


def _is_entry(name: str, path: tuple[str, ...], value: yaml.Node) -> bool:
    """Amounts are changed one dated line at a time, contacts of the site one département."""
    if name.startswith("parametres/"):
        keys = [key for key, _ in named(value)] if isinstance(value, yaml.MappingNode) else []
        return not keys or "valeur" in keys or HIDDEN in keys
    if name == _SETTINGS and path == ("contacts_departements",):
        return not isinstance(value, yaml.MappingNode)
    return True


def _laid(
    name: str, place: yaml.Node, value: yaml.Node, shipped: yaml.Node | None, laid: list[Laid]
) -> yaml.Node | None:
    own = dict(named(value)) if isinstance(value, yaml.MappingNode) else {}
    noted, hides = own.get(SHIPPED), own.get(HIDDEN)
    is_hidden = hides is not None and str(hides.value).lower() in _YES
    laid.append(
        Laid(
            name,
            *_place(place),
            is_hidden,
            str(noted.value) if noted is not None else None,
            fingerprint(shipped) if shipped is not None else None,
            _place(shipped) if shipped is not None else None,
        )
    )
    if is_hidden:
        return None
    text = own.get(TEXT)
    is_bare = not isinstance(shipped, yaml.MappingNode)
    if isinstance(text, yaml.ScalarNode) and set(own) <= set(_OWN) and is_bare:
        return text
    return with_entries(value, set(own) - {SHIPPED}) if noted is not None else value


def _place(node: yaml.Node) -> tuple[Path, int]:
    return Path(node.start_mark.name), node.start_mark.line + 1


def _identity(item: yaml.Node) -> str:
    if not isinstance(item, yaml.MappingNode):
        return ""
    own = dict(named(item))
    return next((str(own[key].value) for key in _IDENTITY if key in own), "")


def _key(item: Any) -> yaml.Node:
    return cast(yaml.Node, item[0] if isinstance(item, tuple) else item)


def _item(item: Any, value: yaml.Node) -> Any:
    return (item[0], value) if isinstance(item, tuple) else value


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return [node.tag, node.value]
