"""What can go wrong while operating the assistant, each said in French with its remedy."""

from __future__ import annotations


class OperationError(Exception):
    """An expected failure; its text is shown to the person as it is."""

    exit_code = 1


class PortInUseError(OperationError):
    """Another program listens on a port that the assistant needs."""


class BrokenFileError(OperationError):
    """A file of the project is missing or cannot be read."""


class DamagedModelError(OperationError):
    """The model is missing, truncated or was altered after its training."""


class TrainingError(OperationError):
    """Rasa could not train the model."""


class DatabaseError(OperationError):
    """The database of conversations cannot be read or written."""


class BackupError(OperationError):
    """A backup cannot be written, believed or restored; nothing was changed."""


class ServiceError(OperationError):
    """A server did not start, did not answer or stopped by itself."""
