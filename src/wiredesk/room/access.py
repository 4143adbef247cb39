"""Who may enter the editors' room: an account alone opens nothing, an administrator has to make it staff."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseForbidden

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
_REFUSED = "This account has no place at the desk. Somebody who administers this newsroom can make it staff.\n"


def editors_only(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view for editors: strangers are sent to the login, other accounts are refused (TRUST S11)."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.is_staff:
            return HttpResponseForbidden(_REFUSED, content_type="text/plain; charset=utf-8")
        return view(request, *args, **kwargs)

    return guarded
