"""The desk's addresses, all behind a login."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.urls import path

from wiredesk.room import views

app_name = "room"
login = auth.LoginView.as_view(template_name="room/login.html", redirect_authenticated_user=True)
urlpatterns = [
    path("", views.queue, name="queue"),
    path(
        "login/",
        auth.LoginView.as_view(template_name="room/login.html", redirect_authenticated_user=True),
        name="login",
    ),
    path("logout/", auth.LogoutView.as_view(next_page="/"), name="logout"),
    path("story/<int:number>/", views.story, name="story"),
    path("story/<int:number>/act/", views.act, name="act"),
    path("story/<int:number>/carriers/", views.carriers, name="carriers"),
    path("story/<int:number>/compare/<int:other>/", views.compare, name="compare"),
    path("story/<int:number>/freeze/", views.freeze, name="freeze"),
    path("conflict/<int:number>/", views.conflict, name="conflict"),
    path("story/<int:number>/edit/", views.copy_edit, name="edit"),
    path("feeds/", views.feeds, name="feeds"),
    path("feeds/<int:number>/", views.feed, name="feed"),
    path("feeds/<int:number>/act/", views.act_on_feed, name="feed-act"),
    path("delivery/<int:number>/", views.delivery, name="delivery"),
    path("alert/<int:number>/settle/", views.settle, name="settle"),
    path("desk.css", views.stylesheet, name="style"),
]
