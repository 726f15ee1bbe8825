"""Print a visitor's session that this bot has signed and that ended an hour ago.

Argument: the bot's data folder, where its secret is.
"""

import sys
import time
from pathlib import Path

from assistant_am.channels.web.sessions import Sessions
from assistant_am.runtime.secrets import load_secret

two_hours_ago = time.time() - 7200
sessions = Sessions(load_secret(None, Path(sys.argv[1])), 1, clock=lambda: two_hours_ago)
_, signed, _ = sessions.open()
print(signed)
