"""The web application's pages: what the browser shows, each page a module of its own.

They show what ``qa`` and ``index`` hand out and decide nothing about it: no searching, no answering.  All
text that reaches the browser as HTML goes through `pages.common.markup`, which escapes it.
"""

import index  # noqa: F401 - first of all: it switches off the telemetry of other packages
