"""The site's own entries, read over the shipped ones. Knows YAML trees, not what they say.

The folder of the site mirrors the project's: `knowledge/` and `data/`, with the entries that the
site changes, adds or hides, and no others.
"""

from assistant_am.site.entries import (
    HIDDEN,
    SHIPPED,
    TEXT,
    Laid,
    fingerprint,
    merge,
    moved_home,
    named,
)
from assistant_am.site.place import KNOWLEDGE, SITE_VARIABLE, is_over, with_site

__all__ = [
    "HIDDEN",
    "KNOWLEDGE",
    "SHIPPED",
    "SITE_VARIABLE",
    "TEXT",
    "Laid",
    "fingerprint",
    "is_over",
    "merge",
    "moved_home",
    "named",
    "with_site",
]
