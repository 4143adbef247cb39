"""The readers' addresses (docs/reference/site.md)."""

from __future__ import annotations

from django.urls import path

from wiredesk.outlets import feeds, links, ninjs, sitemap, terms
from wiredesk.outlets.site import views

_SHELVES = ("section", "source", "tag")
urlpatterns = [
    path("", views.front, name="front"),
    path("story/<int:number>/<str:slug>/", views.story, name="story"),
    path("story/<int:number>/", views.story, name="bare-story"),
    path("story/<int:number>/licence.xml", terms.story_licence, name="story-licence"),
    path("story/<int:number>/ninjs.json", ninjs.item, name="ninjs"),
    *(path(f"{kind}/<str:key>/", views.shelf, {"kind": kind}, name=kind) for kind in _SHELVES),
    path("archive/", views.archive, name="archive"),
    path("archive/<int:year>/<int:month>/", views.month, name="month"),
    path("sources/", views.sources, name="sources"),
    path("popular", views.popular, name="popular"),
    path("corrections", views.corrections, name="corrections"),
    path("search", views.search, name="search"),
    path("s/<str:code>", links.short, name="short"),
    path("feed.<str:form>", feeds.feed, {"kind": "front"}, name="feed"),
    *(path(f"{kind}/<str:key>/feed.<str:form>", feeds.feed, {"kind": kind}, name=f"{kind}-feed") for kind in _SHELVES),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("licence.xml", terms.site_licence, name="licence"),
    path(".well-known/tdmrep.json", terms.tdmrep, name="tdmrep"),
    path("trust.txt", terms.trust, name="trust"),
    path(".well-known/trust.txt", terms.trust, name="well-known-trust"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("static/site/<str:name>", views.static_file, name="site-static"),
]
