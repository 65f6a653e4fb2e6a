"""Text to vectors: the protocol, the encoder that ships, any other by name.

In: texts. Out: float32 (n, dim), unit rows.

>>> from index.encoders.load import load_encoder
>>> load_encoder().encode_question("海绵城市").shape
(384,)

May import nothing but the root modules of ``index``.
"""

__all__ = [
    "encoder",
    "fingerprint",
    "lazy",
    "load",
    "model",
    "onnx_files",
    "openai_client",
    "packed",
    "st_models",
    "token_vectors",
    "vector_cache",
]
"""The modules that other packages may use."""
