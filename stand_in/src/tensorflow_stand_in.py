"""What Rasa 3.6.21 imports of TensorFlow and Keras, where they are not installed.

Rasa names their classes at import, as bases and in annotations, whether or not a component of the
pipeline uses them. Each such name is a placeholder here: it may be named and derived from, and
fails when it is called (docs/decisions/0013).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import FrameType, ModuleType
from typing import Any

MODULES = frozenset(
    {
        "tensorflow.keras",
        "tensorflow.keras.backend",
        "tensorflow.keras.utils",
        "tensorflow.python",
        "tensorflow.python.eager",
        "tensorflow.python.eager.wrap_function",
        "tensorflow.types",
        "tensorflow.types.experimental",
        "keras",
        "keras.utils",
        "keras.utils.control_flow_util",
    }
)
"""The modules that Rasa imports, and no others: a library that asks for another one, to know
whether TensorFlow is there, is told that it is not."""


class TensorFlowMissingError(ImportError):
    """A component needs the TensorFlow that is not installed."""


class Placeholder(type):
    """A class of TensorFlow or Keras that exists in name only."""

    def __getattr__(cls, name: str) -> Placeholder:
        # A class of Rasa's own that derives from a placeholder has only what it defines.
        if name.startswith("_") or "stands_for" not in cls.__dict__:
            raise AttributeError(f"{cls.__qualname__} n'a pas de {name}")
        return placeholder(f"{cls.__dict__['stands_for']}.{name}")

    def __call__(cls, *arguments: object, **options: object) -> Any:
        needed = getattr(cls, "stands_for", cls.__qualname__)
        raise TensorFlowMissingError(
            f"{_asker(sys._getframe(1))} a besoin de TensorFlow ({needed}), "
            "qui n'est pas installé. Retirez ce composant de config.yml, ou installez les "
            "bibliothèques de requirements/bench.txt : « scripts/preparer.sh bench » en fait "
            "un environnement à part, .venv-bench (docs/decisions/0013)."
        )


def placeholder(name: str) -> Placeholder:
    """What stands for ``name``, for example ``tensorflow.keras.layers.Layer``."""
    return Placeholder(name.rpartition(".")[2], (), {"stands_for": name})


def placeholders(module: str) -> Callable[[str], Placeholder]:
    """What a module of TensorFlow or Keras answers when one of its names is asked for."""

    def of_module(name: str) -> Placeholder:
        if name.startswith("_"):
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        return placeholder(f"{module}.{name}")

    return of_module


def _asker(frame: FrameType | None) -> str:
    """The Rasa component that called, or else the module."""
    module = str(frame.f_globals.get("__name__")) if frame else "?"
    while frame is not None:
        owner = frame.f_locals.get("self", frame.f_locals.get("cls"))
        kind = owner if isinstance(owner, type) else type(owner)
        if any(base.__name__ == "GraphComponent" for base in kind.__mro__):
            return kind.__name__
        frame = frame.f_back
    return module


class Finder(MetaPathFinder, Loader):
    """Finds ``MODULES``, when no other finder did."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(fullname, self, is_package=True) if fullname in MODULES else None

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["__getattr__"] = placeholders(module.__name__)


# The last one, so that what is installed is found first.
sys.meta_path.append(Finder())
