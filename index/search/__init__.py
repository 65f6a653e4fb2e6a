"""The read side: an index opened, narrowed to some documents, following its rebuilds.

In: the folder of an index. Out: an `Index` to search.

>>> from index.search.index import open_index

May import ``engines``, ``storage``, ``encoders``, ``language``.
"""

__all__ = ["amended", "index", "links", "live", "narrowed", "older_rules", "standing", "today", "whole"]
"""The modules that other packages may use."""
