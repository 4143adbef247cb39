"""Whose copy a piece is, by its byline, credits, disclaimers and address."""

from __future__ import annotations

import pytest

from tests.news.lists import AGENCIES
from tests.news.makers import item
from wiredesk.news import agencies, agency
from wiredesk.news.agency import Carried, Copy, Finding, Whose
from wiredesk.news.errors import NewsError
from wiredesk.news.item import Credit, Person, Rights

BODY = "The ferry sailed at noon with forty passengers.\nNobody was hurt, the harbour master said."


def whose(text: str = BODY, **fields: str) -> Whose:
    return agency.whose(Copy(text=text, **fields), AGENCIES)  # type: ignore[arg-type]  # all given ones are strings


def answer(text: str = BODY, **fields: str) -> tuple[str, str]:
    found = whose(text, **fields)
    return found.role, found.origin


def printed(found: Whose) -> list[tuple[str, str, str]]:
    return [(one.agency, one.role, one.place) for one in found.findings]


LEADS = [
    ("(Reuters) - The ferry sailed.", "Reuters"),
    ("BERLIN, Nov 3 (dpa) - The ferry sailed.", "dpa"),
    ("PASADENA, Calif. (AP) — The ferry sailed.", "AP"),
    ("ST. JOHN'S (CP) — The ferry sailed.", "CP"),
    ("New Delhi, Nov 3 (PTI) The ferry sailed.", "PTI"),
    ("DELHI (ANI) The ferry sailed.", "ANI"),
    ("МОСКВА, 3 ноября. /ТАСС/. Паром вышел.", "TASS"),
    ("МОСКВА, 3 ноя — РИА Новости. Паром вышел.", "RIA Novosti"),
    ("新华社北京11月3日电 渡轮启航。", "Xinhua"),
    ("【北京共同】渡轮启航。", "Kyodo"),
    ("[東京 3日 ロイター] - フェリーが出航した。", "Reuters"),
    ("(서울=연합뉴스) 여객선이 출항했다.", "Yonhap"),
    ("بيروت (رويترز) - أبحرت العبارة.", "Reuters"),
    ("Madrid, 3 nov (EFE).- El ferry zarpó.", "EFE"),
    ("ROMA (ANSA) - Il traghetto è partito.", "ANSA"),
    ("BERLIN/dpa - Die Fähre fuhr ab.", "dpa"),
    ("Hamburg (dpa/lno) - Die Fähre fuhr ab.", "dpa"),
    ("AP — The ferry sailed.", "AP"),
    ("Ferry sails Updated: 2024-11-03 09:53 (Xinhua)", "Xinhua"),
    ("By Jane Roe, Associated Press", "AP"),
    ("Source: Xinhua", "Xinhua"),
    ("NEW YORK, Nov. 3, 2024 /PRNewswire/ -- The ferry sailed.", "PR Newswire"),
]


@pytest.mark.parametrize(("lead", "expected"), LEADS, ids=[lead[:24] for lead, _ in LEADS])
def test_a_leading_credit_names_the_origin(lead: str, expected: str) -> None:
    assert answer(f"{lead}\n{BODY}") == ("origin", expected)


@pytest.mark.parametrize(
    "lead",
    [
        "The man stood before what it has said is a satellite. (Reuters)\nThe ferry sailed.",
        "The ferry sailed to the island with forty passengers and a dog (AP) - nobody was hurt.",
        "The ferry sailed. It was late and the sea was rough already (AP) - so they said.",
        "Of the many passengers travelling (AP) some were late.",
        "A body lies on the ground in Nice. Photo: Reuters",
        "Smoke rises over the harbour. (Jens Muster/dpa via AP, file)",
        "The harbour (Seaside Quarter) - a view.",
        "The harbour - in Nice. Forty passengers.",
        "By the old harbour",
        "Source: the harbour master",
        "SPA - The ferry has one.",
        "Updated: 2024-11-03 09:53 (Harbour Gazette)",
    ],
)
def test_what_only_looks_like_a_leading_credit_is_none(lead: str) -> None:
    assert answer(f"{lead}\n{BODY}") == ("", "")


def test_a_dateline_deep_in_a_page_full_of_other_lines_still_counts() -> None:
    page = "\n".join(
        ["Menu and nothing else here", "Nobody of them (so they said) was hurt"] * 15
        + ["PASADENA, Calif. (AP) — The ferry sailed."]
        + [BODY]
    )

    assert answer(page) == ("origin", "AP")


def test_agencies_named_after_the_first_in_a_credit_are_contributors() -> None:
    found = whose("KABUL (Reuters/AFP) - The ferry sailed.")

    assert printed(found) == [("Reuters", "origin", "lead"), ("AFP", "contributor", "lead")]


def test_agencies_without_a_name_are_syndicated_copy_of_nobody_known() -> None:
    assert answer("Ferry sails Updated: 2016-05-30 09:53 (Agencies)\nIt sailed.") == ("syndicated", "")
    assert answer(byline="Staff, Wire Reports") == ("syndicated", "")


CLOSES = [
    ("Nobody was hurt.\nReuters", "Reuters"),
    ("Nobody was hurt.\n(ANSA)", "ANSA"),
    ("Nobody was hurt. /AFP", "AFP"),
    ("Nobody was hurt. – Reuters", "Reuters"),
    ("Nobody was hurt. (ANI)", "ANI"),
    ("Nobody was hurt. AFP", "AFP"),
    ("Nobody was hurt.\nFuente: EFE", "EFE"),
    ("Nobody was hurt.\n(Reporting by Jane Roe; Editing by John Doe)", "Reuters"),
    ("Nobody was hurt.\ndpa abc xx yyzz n1", "dpa"),
    ("Nobody was hurt. PTI ABC DEF", "PTI"),
    ("Nobody was hurt.\n--IANS\nab/cd", "IANS"),
    ("Nobody was hurt.\nMore AP NFL: www.pro.ap.example and others", "AP"),
]


@pytest.mark.parametrize(("text", "expected"), CLOSES, ids=[text[16:40].strip() for text, _ in CLOSES])
def test_a_closing_credit_names_the_origin(text: str, expected: str) -> None:
    assert answer(f"The ferry sailed.\n{text}") == ("origin", expected)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody was hurt.\nMAP",
        "Nobody was hurt. SPA",
        "Rescue workers in Nice, France. AFP\nHarbour Gazette 15 July",
        "Smoke over the harbour ©Jane Roe. (AFP)",
        "Smoke over the harbour. (Jane Roe/AP)",
        "Photo AFP",
        "Source: harbour office",
        "ab/cd (harbour office)",
        "Nobody was hurt, (said) the master.",
        "Related stories and a long line that is no credit at all, because it goes on and on about Reuters things",
    ],
)
def test_what_only_looks_like_a_closing_credit_is_none(text: str) -> None:
    assert answer(f"The ferry sailed.\n{text}") == ("", "")


def test_several_agencies_at_the_end_are_contributors() -> None:
    for end in ("Reuters - Ap - Afp", "wa/jm (Reuters, AP, AFP)"):
        found = whose(f"The ferry sailed.\n{end}")

        assert {one.agency for one in found.findings} == {"Reuters", "AP", "AFP"}
        assert {one.role for one in found.findings} == {"contributor"}


def test_a_list_of_agencies_at_the_head_is_no_lead() -> None:
    assert answer(f"Reuters - Ap - Afp\n{BODY} It went well.\nSo they said.\nAnd left.") == ("", "")


@pytest.mark.parametrize(
    "line",
    [
        "Copyright 2018 The Associated Press. All rights reserved. This material may not be published.",
        "© 2024 AP",
        "(c) Copyright Associated Press",
        "© AP. All rights reserved.",
    ],
)
def test_a_copyright_line_names_the_origin(line: str) -> None:
    assert answer(f"{BODY}\n{line}") == ("origin", "AP")


@pytest.mark.parametrize("line", ["© AFP", "Image copyright AFP Image caption The harbour", "© 2016 Harbour Gazette"])
def test_a_pictures_copyright_is_no_credit(line: str) -> None:
    assert answer(f"{BODY}\n{line} and more\nThe end of it.") == ("", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BODY}\n(With inputs from PTI)", "PTI"),
        (f"{BODY}\nThe Associated Press contributed to this report.", "AP"),
        (f"{BODY} Additional reporting by AFP", "AFP"),
        (f"{BODY}\nMit Material von dpa.", "dpa"),
        (f"{BODY}\nAdditional reporting from agencies", ""),
    ],
)
def test_who_helped_is_a_contributor_and_no_origin(text: str, expected: str) -> None:
    assert answer(text) == ("contributor", expected)


def test_thanks_to_people_are_no_credit() -> None:
    assert answer(f"{BODY}\nAdditional reporting by\nJane Roe in Nice contributed to this report.") == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "The harbour master told AFP that all was well.",
        "All was well, according to the Associated Press, which was there.",
        "All was well, Yonhap reported on Monday.",
        "From Yonhap:",
        "An official told Reuters and AFP and again told Reuters of it.",
    ],
)
def test_a_mention_is_never_a_credit(text: str) -> None:
    assert answer(f"{BODY}\n{text} So it was in the end.") == ("mention", "")


def test_a_name_without_words_of_speech_is_no_mention() -> None:
    assert whose("Reuters (the company) opened an office. AP\nexams are hard.").role == ""


def test_only_so_many_mentions_are_told() -> None:
    names = [
        "AFP",
        "Reuters",
        "AP",
        "dpa",
        "EFE",
        "ANSA",
        "PTI",
        "TASS",
        "Yonhap",
        "Kyodo",
        "Xinhua",
        "Lusa",
        "PAP",
        "MTI",
    ]

    found = whose(" ".join(f"He told {name} so." for name in names))

    assert len(found.findings) == 12


DISCLAIMERS = [
    (
        "Except for the headline, this story has not been edited by Harbour staff and is published from a syndicated feed.",
        "",
    ),
    ("This article was originally published by ProPublica. Read it there.", "ProPublica"),
    ("Provided by European Harbour Agency", ""),
    ("Diese Meldung ist Teil einer automatisierten Veröffentlichung der dpa.", "dpa"),
]


@pytest.mark.parametrize(("line", "expected"), DISCLAIMERS, ids=["feed", "named", "provided", "german"])
def test_a_publishers_disclaimer_says_syndicated(line: str, expected: str) -> None:
    assert answer(f"{BODY}\n{line}") == ("syndicated", expected)


def test_an_article_that_was_first_published_in_a_month_is_nobody_elses() -> None:
    assert answer(f"{BODY}\nThis article was originally published in April 2020 and updated since.") == ("", "")


BYLINES = [
    ("Associated Press", ("origin", "AP")),
    ("The Associated Press, Associated Press", ("origin", "AP")),
    ("Jane Roe, Associated Press", ("origin", "AP")),
    ("JANE ROE AP Sports Writer", ("origin", "AP")),
    ("Jane Roe Kansas Reflector", ("origin", "States Newsroom")),
    ('["Afp Afp"]', ("origin", "AFP")),
    ("AFP/Reuters", ("origin", "AFP")),
    ("Reuters in Berlin", ("origin", "Reuters")),
    ("Philip Roe, Press Association Sport Correspondent", ("origin", "PA")),
    ("Jane Roe For Harbour.com, Associated Press", ("contributor", "AP")),
    ("Jane Roe", ("", "")),
    ("Jane Roe, Image, Getty Images, Reuters", ("", "")),
    ("Jane Roe for the Associated Press fan club", ("", "")),
    ("Jane Roe for Reuters", ("", "")),
]


@pytest.mark.parametrize(("byline", "expected"), BYLINES, ids=[byline for byline, _ in BYLINES])
def test_a_byline_tells_the_origin(byline: str, expected: tuple[str, str]) -> None:
    assert answer(byline=byline) == expected


URLS = [
    ("https://harbour.example/ap/ap-sports/2025/09/27/ferry", ("origin", "AP")),
    ("https://harbour.example/sports/cnn-sports/2025/ferry", ("origin", "CNN")),
    ("https://harbour.example/2017/12/27/world/27reuters-ferry.html", ("origin", "Reuters")),
    ("https://www.reuters.com/article/ferry-sails", ("origin", "Reuters")),
    ("https://uk.reuters.com/article/ferry-sails", ("origin", "Reuters")),
    ("https://harbour.example/wires/article-1/ferry.html", ("syndicated", "")),
    ("https://harbour.example/wires/afp/article-1/ferry.html", ("origin", "AFP")),
    ("https://harbour.example/world/ap-exams-are-hard", ("", "")),
    ("https://harbour.example/-/ferry", ("", "")),
    ("https://[harbour/ap/ferry", ("", "")),
    ("https://harbour.example", ("", "")),
]


@pytest.mark.parametrize(("url", "expected"), URLS, ids=[url for url, _ in URLS])
def test_an_address_tells_the_origin(url: str, expected: tuple[str, str]) -> None:
    assert answer(url=url) == expected


def test_a_service_on_its_own_site_is_the_publisher_and_no_credit() -> None:
    lead = f"(CNN) — The ferry sailed.\n{BODY}"

    assert answer(lead, url="https://edition.cnn.com/2016/07/14/ferry/index.html") == ("", "")
    assert answer(lead, url="https://harbour.example/ferry") == ("origin", "CNN")


def test_a_round_up_bears_its_agencys_name_in_the_headline() -> None:
    assert answer(headline="AP Sports SummaryBrief at 2:11 a.m. EDT") == ("origin", "AP")
    assert answer(headline="AP women's basketball player of the week") == ("", "")
    assert answer(headline="Ferry sails") == ("", "")


def test_a_dateline_field_may_hold_the_credit() -> None:
    assert answer(dateline="BERLIN (dpa)") == ("origin", "dpa")


def test_an_item_is_judged_by_all_its_fields() -> None:
    sent = item(
        byline="",
        authors=(Person(name="Jane Roe"),),
        credit=(Credit(name="Agence France-Presse"),),
        rights=(Rights(scope="item", holder="dpa", notice="Copyright 2024 Reuters"), Rights(scope="item", holder="Us")),
    )

    found = agency.whose(agency.of_item(sent, BODY), AGENCIES)

    assert (found.role, found.origin) == ("origin", "dpa")
    assert {(one.agency, one.place) for one in found.findings} == {
        ("AFP", "credit"),
        ("dpa", "copyright"),
        ("Reuters", "copyright"),
    }


def test_every_finding_carries_its_place_its_words_and_its_rule() -> None:
    found = whose(f"BERLIN, Nov 3 (dpa) - {BODY}")

    assert found.findings == (
        Finding(
            agency="dpa",
            name="Deutsche Presse-Agentur",
            role="origin",
            place="lead",
            span="BERLIN, Nov 3 (dpa) -",
            rule="leading credit",
        ),
    )
    assert found.why == "leading credit: “BERLIN, Nov 3 (dpa) -”"


def test_where_nothing_is_printed_it_says_so() -> None:
    assert whose("") == Whose(why="nothing printed says whose copy it is")
    assert answer("Word") == ("", "")


def test_the_end_of_a_long_text_is_looked_at_too() -> None:
    assert answer(f"{BODY}\n" * 5000 + "Nobody was hurt.\n(ANSA)") == ("origin", "ANSA")


def carried(name: str, origin: str) -> Carried:
    role = "origin" if origin else ""
    return Carried(carrier=name, whose=Whose(origin=origin, role=role, why="closing credit: “/AFP”"))  # type: ignore[arg-type]  # one of the roles


def test_an_origin_that_is_not_printed_is_inherited_from_the_carriers() -> None:
    found = agency.inherited(Whose(), [carried("Harbour", ""), carried("Brennet Courier", "AFP")])

    assert (found.role, found.origin) == ("origin", "AFP")
    assert found.why == "not printed here; Brennet Courier carries the same copy with closing credit: “/AFP”"


def test_a_printed_origin_is_never_overruled_by_carriers() -> None:
    own = whose("(Reuters) - The ferry sailed.")

    assert agency.inherited(own, [carried("Brennet Courier", "AFP")]) == own


def test_carriers_that_disagree_prove_nothing() -> None:
    assert agency.inherited(Whose(), [carried("A", "AFP"), carried("B", "AP")]) == Whose()
    assert agency.inherited(Whose(), []) == Whose()
    many = [carried("A", "AFP"), carried("B", "AFP"), carried("C", "AP")]
    assert agency.inherited(Whose(), many).origin == "AFP"


def test_the_list_holds_more_than_sixty_news_agencies_with_their_names() -> None:
    news = [one for one in AGENCIES.all if not one.service]

    assert len(news) >= 60
    assert all(one.short and one.name for one in AGENCIES.all)


@pytest.mark.parametrize("text", ["[agency", "[agency]\n", '[agency]\nAP = { colour = "red" }'])
def test_a_list_that_cannot_be_read_is_one_clear_error(text: str) -> None:
    with pytest.raises(NewsError, match="the list of agencies cannot be read"):
        agencies.read(text)
