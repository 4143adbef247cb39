"""Wiredesk's commands (docs/reference/commands.md)."""
