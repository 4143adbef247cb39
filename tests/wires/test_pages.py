"""Whole text from the pages of items, through a real server, a real database and the process that reads them."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from queue import Queue
from typing import Any

import pytest

from tests.makers import NOW, PUBLIC, at, entry, feed, take
from tests.wires.origin import Origin, Reply
from tests.wires.test_extract import SAID, page
from wiredesk.desk import edit, provenance, wholetext
from wiredesk.desk.models import Alert, Carrier, Edit, Feed, PageWatch, Story, WholeText
from wiredesk.news import clean
from wiredesk.news.presets import PRESETS
from wiredesk.wires.extract import Extractor
from wiredesk.wires.fetch import Fetcher
from wiredesk.wires.guard import Guard
from wiredesk.wires.pages import PageReader

pytestmark = pytest.mark.django_db
LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
TEASER = SAID[0].split(", and")[0] + "…"
HTML = {"Content-Type": "text/html; charset=utf-8"}
WALL = "<div class='paywall'>Subscribe to continue reading</div>"


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor() as one:
        yield one


@pytest.fixture
def read(extractor: Extractor) -> Callable[..., int]:
    """One round at so many hours after now. What it writes is written by the test's own thread."""

    def round(hours: float = 0, guard: Guard | None = None) -> int:
        jobs: Queue[tuple[Callable[[], Any], Future[Any]] | None] = Queue()

        async def write(work: Callable[[], Any]) -> Any:
            done: Future[Any] = Future()
            jobs.put((work, done))
            return await asyncio.wrap_future(done)

        async def run() -> int:
            way_out = Fetcher(guard or Guard(allow=(LOOPBACK,)), contact_url="https://desk.example/", total=5)
            async with way_out as fetcher:
                return await PageReader(fetcher, extractor, write=write, clock=lambda: at(hours)).round()

        with ThreadPoolExecutor(1) as network:
            count = network.submit(asyncio.run, run())
            count.add_done_callback(lambda _: jobs.put(None))
            while job := jobs.get():
                job[1].set_result(job[0]())
        return count.result()

    return round


def wire(**fields: Any) -> Feed:
    """A feed of teasers whose pages may be read."""
    made = feed(licence=fields.pop("licence", PUBLIC))
    Feed.objects.filter(pk=made.pk).update(**{"whole_text": True, **fields})
    return made


def serve(origin: Origin, body: bytes = b"", path: str = "/1", **reply: Any) -> str:
    return origin.serve(path, Reply(**{"body": body or page(), "headers": HTML, **reply}))


def send(
    to: Feed,
    link: str,
    *,
    title: str = "Ferry sails",
    body: str = f"<p>{TEASER}</p>",
    updated: float | None = None,
    hours: float = 0,
) -> None:
    take(to, entry(1, title=title, body=body, link=link, updated=updated), hours=hours)


def story() -> Story:
    return Story.objects.get()


def events() -> list[str]:
    return list(story().events.order_by("id").values_list("kind", flat=True))


def watch() -> PageWatch:
    return PageWatch.objects.get()


def text() -> str:
    return clean.text_of(story().body)


def test_a_teaser_gets_the_text_of_its_page_with_its_provenance(origin: Origin, read: Callable[..., int]) -> None:
    send(wire(), serve(origin, page(head="<meta name='author' content='Ines Calder'>")))

    assert TEASER in text()
    assert read() == 1
    assert (text(), story().byline, story().headline) == ("\n".join(SAID), "Ines Calder", "Ferry sails")
    assert events() == ["new", "publish", "refile"]
    came = provenance.received(story())
    assert came and came.copy.origin["body"].path == "from the page (extractor)"
    assert came.copy.origin["byline"].path == "from the page (OpenGraph)"
    assert came.face.body == story().body
    assert Edit.objects.count() == 0
    assert origin.asked[0][0] == "/robots.txt"
    assert origin.asked[1][1]["user-agent"].startswith("Wiredesk/")


def test_nothing_is_read_unless_the_operator_said_so(origin: Origin, read: Callable[..., int]) -> None:
    send(feed(), serve(origin))

    assert (read(), origin.asked, PageWatch.objects.count()) == (0, [], 0)


@pytest.mark.parametrize(
    ("fields", "body", "reason"),
    [
        ({"licence": PRESETS["headline-and-link"]}, f"<p>{TEASER}</p>", "The terms do not allow the whole text."),
        ({}, "".join(f"<p>{one}</p>" for one in SAID * 2), "The feed has the whole text."),
    ],
    ids=["terms", "full"],
)
def test_what_needs_or_may_have_no_page_is_not_asked_for(
    origin: Origin, read: Callable[..., int], fields: dict[str, Any], body: str, reason: str
) -> None:
    send(wire(**fields), serve(origin), body=body)

    assert (read(), origin.asked) == (0, [])
    assert (watch().next_at, watch().error) == (None, reason)


def test_unsure_text_is_not_shown_before_an_editor_has_accepted_it(origin: Origin, read: Callable[..., int]) -> None:
    send(wire(), serve(origin, page(below=WALL)))

    read()
    (asked,) = wholetext.waiting(story())
    assert TEASER in text()
    assert asked.why == ["Readers are asked to pay or to sign in."]
    assert Alert.objects.get(settled_at=None).text.endswith(
        "waits for an editor. Readers are asked to pay or to sign in."
    )

    wholetext.accept(asked.pk, by="ines", now=at(1))
    assert text() == "\n".join(SAID)
    assert story().events.order_by("-id")[0].by == "ines"
    assert not Alert.objects.filter(settled_at=None).exists()
    read(2)
    assert WholeText.objects.count() == 1  # the same text is not asked about again


def test_a_refused_text_is_not_asked_about_again_until_it_changes(origin: Origin, read: Callable[..., int]) -> None:
    send(wire(), serve(origin, page(below=WALL)))
    read()
    wholetext.refuse(wholetext.waiting(story())[0].pk, by="ines", now=at())

    read(1)
    assert wholetext.waiting(story()) == []
    serve(origin, page(said=SAID[1:], below=WALL))
    read(3)
    assert len(wholetext.waiting(story())) == 1
    assert TEASER in text()


def test_only_the_last_unsure_text_waits(origin: Origin, read: Callable[..., int]) -> None:
    send(wire(), serve(origin, page(below=WALL)))
    read()
    serve(origin, page(said=SAID[1:], below=WALL))
    read(1)

    assert [one.fate for one in WholeText.objects.order_by("id")] == ["passed", "asked"]
    with pytest.raises(edit.NotAllowed):
        wholetext.accept(WholeText.objects.order_by("id")[0].pk, by="ines", now=at())


def test_a_page_that_has_hardly_a_word_of_the_teaser_is_unsure(origin: Origin, read: Callable[..., int]) -> None:
    send(wire(), serve(origin), body="<p>Parliament votes tomorrow about pensions, ministers told reporters…</p>")

    read()

    assert wholetext.waiting(story())[0].why == ["The page has hardly a word of the feed's teaser."]


def test_pages_are_read_again_by_schedule_and_corrections_are_followed(
    origin: Origin, read: Callable[..., int]
) -> None:
    send(wire(), serve(origin))
    moments = []
    for _ in range(7):
        if (next_at := watch().next_at) is None:
            break
        moments.append(next_at - NOW)
        read((next_at - NOW) / timedelta(hours=1))
    assert moments == [timedelta(minutes=minutes) for minutes in (0, 5, 30, 120, 720, 4320)]
    assert events() == ["new", "publish", "refile"]

    send(Feed.objects.get(), origin.url + "/1", title="Ferry sails again", updated=80, hours=80)
    serve(origin, page(said=[SAID[0].replace("21 people", "22 people"), *SAID[1:]]))
    assert text() == "\n".join(SAID)  # what the page said stands until it is read again
    assert read(80) == 1
    assert (events()[-1], story().is_corrected) == ("correction", True)
    assert "22 people" in text()


def test_what_was_edited_here_stays(origin: Origin, read: Callable[..., int]) -> None:
    send(wire(licence=PRESETS["public-domain"]), serve(origin))
    read()
    edit.change(story().pk, {"body": "\n\n".join([*SAID, "A word of our own."])}, by="ines", now=at(0.01))

    serve(origin, page(said=[*SAID[:-1], SAID[-1].replace("56", "65")]))
    read(1)

    assert text().endswith("A word of our own.")
    assert SAID[-1].replace("56", "65") in text()


@pytest.mark.parametrize(
    ("rules", "is_read"),
    [
        (Reply(body=b"User-agent: wiredesk\nDisallow: /1"), False),
        (Reply(body=b"User-agent: *\nDisallow: /private"), True),
        (Reply(status=404), True),
        (Reply(status=503), False),
        (Reply(status=429), False),
        (Reply(status=410), True),
    ],
    ids=["closed", "open", "none", "in trouble", "too often", "gone"],
)
def test_robots_txt_is_obeyed(origin: Origin, read: Callable[..., int], rules: Reply, is_read: bool) -> None:
    origin.serve("/robots.txt", rules)
    send(wire(), serve(origin))

    read()

    assert ("/1" in [path for path, _ in origin.asked]) is is_read
    assert (text() == "\n".join(SAID)) is is_read
    assert ("robots.txt" in watch().error) is not is_read


def test_a_redirect_to_a_page_that_is_closed_to_us_is_not_used(origin: Origin, read: Callable[..., int]) -> None:
    origin.serve("/robots.txt", Reply(body=b"User-agent: *\nDisallow: /closed"))
    serve(origin, path="/closed")
    send(wire(), origin.serve("/1", Reply(302, headers={"Location": "/closed"})))

    read()

    assert TEASER in text()
    assert "robots.txt" in watch().error


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ({"status": 404}, "nothing at this address"),
        ({"status": 500}, "status 500"),
        ({"headers": {"Content-Type": "application/pdf"}}, "no web page (application/pdf)"),
        ({"body": b"x" * (6 * 2**20)}, "larger than"),
        ({"cut": 300}, "broke off"),
        ({"body": b"<p></p>"}, "No copy was found"),
        ({"body": b"<p>a</p>" * 16_000}, "elements"),
    ],
    ids=["missing", "broken", "pdf", "huge", "cut", "empty", "hostile"],
)
def test_a_page_that_cannot_be_read_is_tried_again_and_told_in_the_end(
    origin: Origin, read: Callable[..., int], reply: dict[str, Any], reason: str
) -> None:
    send(wire(), serve(origin, **reply))

    read()
    assert reason in watch().error
    assert watch().next_at == at() + timedelta(minutes=5)
    assert (TEASER in text(), Alert.objects.count()) == (True, 0)
    for hours in (1, 2, 3, 24, 80):
        read(hours)
    assert watch().next_at is None
    assert reason in Alert.objects.get().text


def test_a_page_that_is_gone_is_told_at_once(origin: Origin, read: Callable[..., int]) -> None:
    send(wire(), serve(origin, status=410))

    read()

    assert watch().next_at is None
    assert "was it withdrawn?" in Alert.objects.get().text


def test_s5_no_page_is_asked_for_in_our_own_network(origin: Origin, read: Callable[..., int]) -> None:
    send(wire(), serve(origin))

    read(guard=Guard())

    assert origin.asked == []
    assert watch().error != ""


def test_selectors_of_a_feed_are_used(origin: Origin, read: Callable[..., int]) -> None:
    box = "<div class='box'><p>Our correspondents write about ferries every week, and so do their friends at home.</p></div>"
    send(wire(page_drop=".box"), serve(origin, page(above=box)))

    read()

    assert text() == "\n".join(SAID)


def test_a_killed_story_gets_no_text(origin: Origin, read: Callable[..., int]) -> None:
    send(wire(), serve(origin, page(below=WALL)))
    read()
    edit.kill(story().pk, by="ines", now=at())

    assert (read(1), watch().error) == (0, "Its story is killed.")
    with pytest.raises(edit.NotAllowed, match="killed"):
        wholetext.accept(wholetext.waiting(story())[0].pk, by="ines", now=at())


def test_a_frozen_story_is_left_as_it_is(origin: Origin, read: Callable[..., int]) -> None:
    send(wire(), serve(origin))
    edit.freeze(story().pk, by="ines", now=at())

    read()

    assert TEASER in text()
    assert "frozen" in Alert.objects.get().text


def test_a_page_is_claimed_before_it_is_read(origin: Origin) -> None:
    send(wire(), serve(origin))

    assert len(wholetext.due(at())) == 1
    assert wholetext.due(at()) == []
    assert len(wholetext.due(at() + wholetext.CLAIM)) == 1


def test_an_answer_for_an_older_version_is_dropped(origin: Origin) -> None:
    send(wire(), serve(origin))
    (look,) = wholetext.due(at())
    send(Feed.objects.get(), origin.url + "/1", title="Ferry sails again", updated=1, hours=1)

    wholetext.settle(look, wholetext.Got(error="late"), at(1))

    assert (watch().number, watch().looks, watch().error) == (2, 0, "")
    assert len(wholetext.due(at(1))) == 1


def test_a_feed_that_is_no_longer_set_to_it_is_left_alone(origin: Origin) -> None:
    send(wire(), serve(origin))
    Feed.objects.update(whole_text=False)

    assert wholetext.due(at()) == []
    assert watch().error == "Its feed is not set to it."


def test_an_item_that_leads_no_story_needs_no_page(origin: Origin) -> None:
    send(wire(), serve(origin))
    Carrier.objects.update(role=Carrier.Role.ALSO)

    assert wholetext.due(at()) == []
    assert watch().error == "It leads no story."


def test_text_cleaned_by_an_older_policy_is_cleaned_again(origin: Origin, read: Callable[..., int]) -> None:
    send(wire(), serve(origin))
    read()
    WholeText.objects.update(policy=clean.POLICY - 1, body="<p onclick='x()'>" + "</p><p>".join(SAID) + "</p>")

    came = provenance.received(story())

    assert came and "onclick" not in came.face.body


def test_what_a_source_prints_under_every_page_is_learned(origin: Origin, read: Callable[..., int]) -> None:
    to = wire()
    house = "The Courier has brought the news of the harbour to its readers since the year 1890, and does so every day."
    for number, name in enumerate(("Heron", "Gannet", "Curlew", "Plover", "Dunlin", "Avocet", "Godwit"), 1):
        said = [one.replace("ferry number", f"the {name} number") for one in SAID]
        link = serve(origin, page(said=[*said, house]), path=f"/{number}")
        take(to, entry(number, body=f"<p>{said[0][:80]}…</p>", link=link))
        read(0.001 * number)

    texts = [clean.text_of(row.body) for row in Story.objects.order_by("id")]
    assert [house in text for text in texts] == [True] * 5 + [False] * 2
    read(1)
    assert all(house not in clean.text_of(row.body) for row in Story.objects.all())
    assert not Story.objects.filter(events__kind__in=("update", "correction")).exists()
