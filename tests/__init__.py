"""Tests, sorted by what they need: news (nothing), desk (a database), wires (sockets), outlets, room, acceptance."""
