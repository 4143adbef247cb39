"""THE EDITORS' ROOM: their views, templates and the configuration admin. Sees everything; nothing imports it."""
