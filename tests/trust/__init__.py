"""The rows of TRUST.md that every commit is held to: what may never happen, each under its number."""
