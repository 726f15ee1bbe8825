"""The database as a process has it open: its engine, its file, its tables made once."""

from __future__ import annotations

from assistant_am.runtime.store_settings import DATABASE_FILE, StoreSettings
from assistant_am.stores.database import make_tables, open_engine, writing
from assistant_am.stores.opened_file import OpenedFile


class OpenedDatabase:
    """`engine` reads; `writing` is the same for transactions that write."""

    def __init__(self, settings: StoreSettings) -> None:
        self.engine = open_engine(settings)
        self.writing = writing(self.engine)
        self._file = None if settings.database else OpenedFile(settings.data / DATABASE_FILE)
        self._tables_made = False

    def require(self) -> None:
        """Raises DatabaseFileGone when the file was taken away, and what SQLAlchemy raises when the
        tables are missing and cannot be made."""
        if self._file:
            self._file.require()
        if not self._tables_made:
            make_tables(self.engine)
            self._tables_made = True
