"""The command line: ``assistant-am <commande>``, one module of ``commands/`` for each command.

A command module has ``register(subparsers)``: it adds its parser and sets ``run``, a function that
takes the parsed arguments and returns the exit code. It imports what is slow inside ``run``.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib.metadata import version

from assistant_am import commands
from assistant_am.commands import _argparse_fr
from assistant_am.operations.errors import OperationError
from assistant_am.runtime.file_errors import told
from assistant_am.runtime.setting_table import TOOLS
from assistant_am.runtime.settings import WrongSetting, read

_SIGPIPE = 141
"""The exit code that shells give to a command whose reader has gone."""


def build_parser() -> argparse.ArgumentParser:
    """Build the parser with every command found in ``assistant_am/commands``."""
    _argparse_fr.install()
    parser = argparse.ArgumentParser(
        prog="assistant-am",
        description="Assistant conversationnel sur le métier d'assistant médical.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="affiche la version")
    subparsers = parser.add_subparsers(dest="commande", metavar="commande", required=True)
    for module in sorted(pkgutil.iter_modules(commands.__path__), key=lambda found: found.name):
        if not module.name.startswith("_"):
            importlib.import_module(f"{commands.__name__}.{module.name}").register(subparsers)
    return parser


class _Version(argparse.Action):
    """Says what is installed, and where the project is found, if the site says so."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"{parser.prog} {version(parser.prog)}")
        address = read(TOOLS)["AM_PROJET"]
        if address:
            print(address)
        parser.exit()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; an expected failure is one French sentence on stderr and its exit code."""
    try:
        arguments = build_parser().parse_args(argv)
        code = int(arguments.run(arguments) or 0)
        sys.stdout.flush()
        return code
    except OperationError as error:
        print(f"Erreur : {error}", file=sys.stderr)
        return error.exit_code
    except WrongSetting as error:
        for wrong in error.args:
            print(f"Erreur : {wrong}", file=sys.stderr)
        return OperationError.exit_code
    except BrokenPipeError:
        # `assistant-am … | head`: nobody reads on. What is still buffered would fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _SIGPIPE
    except KeyboardInterrupt:
        print("\nInterrompu.", file=sys.stderr)
        return 130
    except OSError as error:
        if error.filename is None:
            raise
        print(f"Erreur : {told(error)}", file=sys.stderr)
        return OperationError.exit_code


if __name__ == "__main__":
    sys.exit(main())
