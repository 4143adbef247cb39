"""The admin's own scripts and styles, and the policy under which its pages may use them.

Readers' pages know neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from mimetypes import guess_type
from pathlib import Path

from csp.constants import NONE, SELF
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.http import require_safe

POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
_NAME = re.compile(r"[A-Za-z0-9_./-]{1,200}")
_FOLDER = (Path(admin.__file__).parent / "static" / "admin").resolve()


@require_safe
def admin_file(request: HttpRequest, name: str) -> HttpResponse:
    """One file of django.contrib.admin."""
    path = (_FOLDER / name).resolve() if _NAME.fullmatch(name) else _FOLDER
    if not path.is_relative_to(_FOLDER) or not path.is_file():
        return HttpResponseNotFound("There is no such file.\n", content_type="text/plain; charset=utf-8")
    answer = HttpResponse(path.read_bytes(), content_type=guess_type(path.name)[0] or "application/octet-stream")
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


class AdminPolicy:
    """Gives answers under /admin/ the admin's own Content-Security-Policy; all others keep the strict one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if request.path.startswith("/admin/"):
            answer._csp_replace = POLICY  # type: ignore[attr-defined]  # how django-csp is told of another policy
        return answer
