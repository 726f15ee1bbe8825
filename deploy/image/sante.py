"""The health of the assistant of this container, as an exit code: 0 when it answers questions."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request

SECONDS = 15


def main() -> int:
    port = os.environ.get("AM_PORT") or "5005"
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sante", timeout=SECONDS) as answer:
            print(answer.read().decode())
    except urllib.error.HTTPError as error:
        print(error.read().decode())
        return 1
    except OSError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
