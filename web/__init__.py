"""The server side of the web application: who may come in, limits, what is written down, the HTTP routes.

Knows ``index`` and ``qa``; never imports ``pages``, which are mounted on what `application` makes.
"""
