"""RECORDS: what is kept, and the few doors to it: intake, edit, pages, following."""
