"""The key that the tests' models are asked with, which must be found nowhere."""

KEY = "sk-quite-secret-0123456789"
