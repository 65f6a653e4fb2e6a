"""Readers of file formats: bytes to text, one module a format; `index.read` picks among them."""
