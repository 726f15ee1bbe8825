"""The commands of ``assistant-am``, one module each (see ``assistant_am/cli.py``)."""
