"""Codes of NewsML-G2 and what they mean: a prefix is an alias for a vocabulary's address (News Architecture, QCode).

Prefixes mean nothing by themselves. A document declares them (catalog/scheme) or points to a catalog (catalogRef); the
only catalog known without asking the network is IPTC's own, whose aliases stand here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lxml import etree

from wiredesk.news.formats.reading.names import canonical

_NEWSCODES = "http://cv.iptc.org/newscodes/"
STATUS = f"{_NEWSCODES}pubstatusg2/"
SIGNAL = f"{_NEWSCODES}signal/"
CONCEPT_NATURE = f"{_NEWSCODES}cpnature/"
ITEM_RELATION = f"{_NEWSCODES}itemrelation/"
MEDIA_TOPIC = f"{_NEWSCODES}mediatopic/"
MAX_CODE = 400
MAX_SCHEMES = 1_000

# Alias and vocabulary of IPTC's NewsCodes, as in its catalog for G2 standards, number 41.
_IPTC = """
    altidrole altidrole; aoprop aoproperty; app application; aspfacet asportfacet; aspfacetvalue asportfacetvalue;
    acdc audiocodec; authoritystatus authoritystatus; catinat catinature; chprop characteristicsproperty;
    cinat cinature; colsp colorspace; colin colourindicator; ctech commtech; cptdefrole conceptdefinitionrole;
    cptnoterole conceptnoterole; crel conceptrelation; conf confidence; ciprol contactinfopartrole;
    cwarn contentwarning; ctrol contributorrole; cpnat cpnature; cpprole contentprodpartyrole; drol descriptionrole;
    digsrctype digitalsourcetype; dimensionunit dimensionunit; ednoterole ednoterole; dummy dummy; erol edrole;
    encd encoding; entityprop entityproperty; ecirol eventcontactinforole; edconf eventdateconfirm;
    eocstat eventoccurstatus; eorol eventorganiserrole; eprol eventparticipantrole; eregrol eventregrole;
    fisymtype financialinstrumentsymboltype; frmt format; gen generic; genre genre; hashscope hashscope;
    hashtype hashtype; hopaction hopaction; hatarget hopactiontarget; howextr howextracted; howpr howpresent; ikos ikos;
    imgregrole imageregionrole; imgregtype imageregiontype; impt importance; isrol infosourcerole; irel itemrelation;
    irep itemrepresentation; lbtyp labeltype; lrol languagerole; loutorient layoutorientation; loctyp location;
    medtop mediatopic; mtyp mediatype; medtype mediatype1; nprt namepart; nrol namerole; ncostat newscoveragestatus;
    nityp newsitemtype; nmsig newsmsgsignal; nprod newsproduct; nprov newsprovider; ninat ninature; not notation;
    oito ofinterestto; pgrmod pkggroupmode; plinat plinature; prio priority; prodgenre productgenre; prop property;
    prov provider; stat pubstatusg2; rtype ratertype; rcalctype rcalctype; rel relevance; rnd rendition;
    riaspect riaspect; rightsprop rightsproperty; riscope riscope; role1 role1; rscaleunit rscaleunit; scn scene;
    sev severity; sig signal; pst1 status1; subj subjectcode; squ subjectqualifier; timeunit timeunit; tone tone;
    tpctyp topictype; trustindicator trustindicator; urgy urgency; useracttype useractiontype; valfmt valueformat;
    vcdc videocodec; videodef videodefinition; ivqu videoqualifier; sov videoscaling; why whypresent; wldreg worldregion
"""
# Alias and address of vocabularies of others that the same catalog names.
_OTHERS = """
    a1312cat cvx.iptc.org/anpa1312-category; a1312prio cvx.iptc.org/anpa1312-priority;
    a1312svc cvx.iptc.org/anpa1312-servicelevel; a1312vers cvx.iptc.org/anpa1312-version; bcp47 cvx.iptc.org/bcp47;
    cusip cvx.iptc.org/cusip; figi cvx.iptc.org/figi; gics cvx.iptc.org/gics; isin cvx.iptc.org/isin;
    mic cvx.iptc.org/iso10383-mic; iso3166-1a2 cvx.iptc.org/iso3166-1a2; iso3166-1a3 cvx.iptc.org/iso3166-1a3;
    iso3166-2 cvx.iptc.org/iso3166-2; iso4217a cvx.iptc.org/iso4217a; iso4217n cvx.iptc.org/iso4217n;
    parasport cvx.iptc.org/parasport; secst cvx.iptc.org/secst; sedol cvx.iptc.org/sedol; ticker cvx.iptc.org/ticker;
    tidm cvx.iptc.org/tidm; dbpedia dbpedia.org/resource; geonames sws.geonames.org
"""


def _pairs(table: str) -> Iterable[list[str]]:
    return (row.split() for row in table.split(";"))


IPTC: Mapping[str, str] = {
    **{alias: f"{_NEWSCODES}{name}/" for alias, name in _pairs(_IPTC)},
    **{alias: f"http://{address}/" for alias, address in _pairs(_OTHERS)},
}
_OF_IPTC = re.compile(r"https?://(?:[\w-]{1,40}\.)?iptc\.org/\S{0,200}catalog", re.IGNORECASE)


def same(one: str, other: str) -> bool:
    """Whether two addresses name one vocabulary, however they are written."""
    return _bare(one) == _bare(other)


def _bare(address: str) -> str:
    return re.sub(r"^https?://", "", address.strip()[:2000], flags=re.IGNORECASE).rstrip("/#").lower()


class Concept(NamedTuple):
    """What a code names: the address of its vocabulary ("" if nobody says), the code in it, and how it was sent."""

    scheme: str = ""
    code: str = ""
    sent: str = ""

    @property
    def uri(self) -> str:
        """The concept's own address, or ""."""
        return f"{self.scheme}{self.code}" if self.scheme else ""

    @property
    def kept(self) -> str:
        """The code where its vocabulary is known, else as it was sent."""
        return self.code if self.scheme else self.sent

    def is_of(self, *schemes: str) -> bool:
        """Whether the code is from one of these vocabularies."""
        return any(same(self.scheme, scheme) for scheme in schemes if scheme) if self.scheme else False

    def may_be_of(self, *schemes: str) -> bool:
        """The same, where a code whose vocabulary nobody told is given the benefit of the doubt."""
        return not self.scheme or self.is_of(*schemes)

    def words(self, *, is_trusted: bool) -> tuple[str, ...]:
        """What a profile may call it: its address, or as sent where no address is known; the bare code if trusted."""
        return (self.uri or self.sent, self.code) if is_trusted else (self.uri or self.sent,)


NOTHING = Concept()


class Catalog:
    """The aliases that hold for one item: its own, those of the message around it, IPTC's where one of them asks so."""

    __slots__ = ("_aliases", "_is_iptc")

    def __init__(self, element: etree._Element | None = None, outer: Catalog | None = None) -> None:
        self._aliases: dict[str, str] = dict(outer._aliases) if outer else {}
        self._is_iptc: bool = outer._is_iptc if outer else False
        for child in element if element is not None else ():
            name = canonical(child.tag)
            if name == "nar:catalog":
                self._declare(child)
            elif name == "nar:catalogRef" and _OF_IPTC.match(child.get("href", "").strip()):
                self._is_iptc = True

    def _declare(self, catalog: etree._Element) -> None:
        """catalog/scheme: @alias stands for @uri."""
        for scheme in catalog:
            alias, uri = scheme.get("alias", "").strip(), scheme.get("uri", "").strip()[:2000]
            if alias and uri and canonical(scheme.tag) == "nar:scheme" and len(self._aliases) < MAX_SCHEMES:
                self._aliases[alias] = uri

    def concept(self, element: etree._Element) -> Concept:
        """What an element names by @qcode, @uri or @literal."""
        qcode, uri = element.get("qcode"), element.get("uri")
        if qcode or uri:
            return self.of_qcode(qcode) if qcode else of_uri(uri or "")
        literal = element.get("literal", "").strip()[:MAX_CODE]
        return Concept(code=literal, sent=literal)

    def of(self, element: etree._Element, name: str) -> Concept:
        """What an attribute of codes names: the first one of @role, else @roleuri, and so for @type, @rel ..."""
        return next(iter(self.all_of(element, name)), NOTHING)

    def all_of(self, element: etree._Element, name: str) -> list[Concept]:
        """All that such an attribute and its sibling of addresses name (QCodeList)."""
        codes, uris = element.get(name, "").split(), element.get(f"{name}uri", "").split()
        return [self.of_qcode(code) for code in codes[:20]] + [of_uri(uri) for uri in uris[:20]]

    def of_qcode(self, qcode: str) -> Concept:
        """A code as sent; its alias ends at the first colon."""
        sent = qcode.strip()[:MAX_CODE]
        alias, colon, code = sent.partition(":")
        if not colon:
            return Concept(code=sent, sent=sent)
        scheme = self._aliases.get(alias) or (IPTC.get(alias, "") if self._is_iptc else "")
        return Concept(scheme, code, sent)


def of_uri(uri: str) -> Concept:
    """A concept by its full address: the vocabulary is what stands before the last part of it."""
    sent = uri.strip()[:2000]
    end = max(sent.rfind("/"), sent.rfind("#")) + 1
    return Concept(sent[:end], sent[end:], sent) if "://" in sent[:20] else Concept(code=sent, sent=sent)
