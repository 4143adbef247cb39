"""Every address of the program: the editors' room first, then the readers' site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from wiredesk.room.admin_files import admin_file
from wiredesk.wires.push import push

admin.autodiscover()
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", include("wiredesk.room.urls")),
    path("admin/", admin.site.urls),
    path("static/admin/<path:name>", admin_file),
    path("push/<str:name>", push, name="push"),
    path("", include("wiredesk.outlets.urls")),
]
handler404 = "wiredesk.outlets.site.answers.not_found"
