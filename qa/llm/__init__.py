"""Answers written by a language model, the figures, dates, places and bodies of each sentence checked.

Any OpenAI-compatible endpoint.  Nothing else imports this package unless a model is asked for, and without
the extra ``llm`` it fails with one line.  A question that the documents do not answer never reaches a model,
and where the model fails, or nothing that it wrote stands, the answer is the one made without it.
"""

import index  # noqa: F401 - first of all: it switches off the telemetry of other packages
