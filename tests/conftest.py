"""A home folder of its own for every test run, before Django reads its settings."""

from __future__ import annotations

import os
import tempfile

os.environ["WIREDESK_HOME"] = tempfile.mkdtemp(prefix="wiredesk-test-")
for name in ("DATABASE_URL", "WIREDESK_SITE_URL", "WIREDESK_SITE_NAME", "WIREDESK_ALLOW_NETWORKS"):
    os.environ.pop(name, None)
