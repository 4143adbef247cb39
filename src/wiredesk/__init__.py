"""Wiredesk, a self-hosted syndication newsroom."""

__version__ = "0.1.0"
