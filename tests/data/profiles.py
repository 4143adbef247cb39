"""An agency's dialect that the wire documents here are read with."""

LANTERN = """
code = "LNT"
source = "Lantern"
language = "en"
rights = "By contract only"
boilerplate = ["lantern wire"]
datelines = ['AT (\\w{3,20}): ']
bylines = ['Written by (.{3,60})$']
blocks = ["Desk only", "[not a pattern"]

[charset]
iptc7901 = "cp1252"

[status]
Spiked = "canceled"

[relations]
replaces = "substitute"

[notes]
correction_text = ["correction"]
private = ["contacts"]

[labels]
advisory = ["Alert"]
update = ["nTH NEW VERSION"]

[subjects]
SPO = "Sport"

[item_names]
number = "LNT item nnnn"
"""
