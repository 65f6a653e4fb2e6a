"""XML from untrusted files: no entities, no document types, nothing fetched.

Left out: what the elements mean.
"""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]

from index.errors import SourceError

Element = Any
"""An lxml element; lxml has no types."""

# A document type or entity, as no Office file or OFD has: <!DOCTYPE w [, <!ENTITY lol
_DECLARES: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def parse_xml(data: bytes, part: str, name: str) -> Element:
    """The root element of a part; raises SourceError where it declares entities or is no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    if _DECLARES.search(data):
        raise _refused(part, name)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"{name}: {part} is no XML ({error.msg}). Open and save it again.") from error
    if root.getroottree().docinfo.internalDTD is not None:  # in UTF-16 the search above saw nothing
        raise _refused(part, name)
    return root


def _refused(part: str, name: str) -> SourceError:
    return SourceError(
        f"{name}: {part} declares entities, which no document of its kind needs. Open and save it again."
    )


def local(element: Element) -> str:
    """An element's name without its namespace: tbl of {…main}tbl; "" for a processing instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
