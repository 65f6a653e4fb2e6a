"""Readers of file formats: bytes to text, one module a format; `index.reading.read` picks among them."""
