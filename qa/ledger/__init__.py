"""Which clauses set a task; rows, columns, filters, counts.

In: an index and filters. Out: tasks, and their table.

May import ``evidence``, ``question``, ``files``.
"""

__all__ = ["files", "sets_task", "table", "targets_by_topic", "tasks"]
"""The modules that other packages may use."""
