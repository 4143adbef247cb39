"""A real browser on the running program: nothing foreign is asked, nothing overflows, and a keyboard is enough."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if CHROMIUM is None and os.environ.get("CI") == "true":
    raise RuntimeError("no Chromium was found, and the browser tests must run here")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on PATH")]
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


WIREDESK = str(Path(sys.executable).with_name("wiredesk"))
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 3
UNKIND = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Unkind</title>
<link>https://o.example/</link><description>d</description>
<item><title>{LONG}</title><guid>1</guid><category>{LONG[:58]}</category><description>{LONG}</description></item>
<item><title>الجسر يفتح يوم الاثنين بعد ثمانية أشهر</title><guid>2</guid><description>نص قصير.</description></item>
<item><title>Catch by port</title><guid>3</guid><content:encoded><![CDATA[<table><tr>{"<th>Mackerel</th>" * 9}</tr>
<tr>{"<td>12,400</td>" * 9}</tr></table><pre>{"one long line " * 20}</pre><p>https://o.example/{"x" * 200}</p>]]>
</content:encoded></item></channel></rss>"""


def running(env: dict[str, str], *options: str, stories: int) -> Iterator[str]:
    """The address of the program at work, once its front page holds so many stories."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [WIREDESK, "run", *options, "--bind", f"127.0.0.1:{port}"],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(url, timeout=2) as answer:
                    if answer.read().count(b"<article") >= stories:
                        break
            except OSError:
                pass
            time.sleep(0.1)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    env = {**os.environ, "WIREDESK_HOME": str(tmp_path_factory.mktemp("home"))}
    yield from running(env, "--sample", stories=16)


@pytest.fixture(scope="module")
def unkind_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with a long name, from a feed with everything that breaks a layout."""
    home = tmp_path_factory.mktemp("home")
    name = "The Harrow Bay, Port Alder and Outer Islands Intelligencer"
    env = {**os.environ, "WIREDESK_HOME": str(home), "WIREDESK_SITE_NAME": name}
    wire = home / "wire"
    wire.mkdir()
    file = wire / "unkind.rss"
    file.write_text(UNKIND, encoding="utf-8")
    os.utime(file, (time.time() - 60, time.time() - 60))
    follow = [WIREDESK, "follow", str(wire), "--licence", "public-domain", "--source", "Unkind"]
    subprocess.run(follow, env=env, check=True, stdout=subprocess.DEVNULL)
    yield from running(env, stories=3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_pages_fit_ask_nobody_else_and_say_nothing_to_the_console(site: str, width: int, scheme: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()  # type: ignore[arg-type]  # light or dark
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        story = ""
        for path in ("/", "/section/coast/", "/popular", "/archive/", "/corrections", "/search?q=bridge"):
            page.goto(site + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert page.locator("h1").count() == 1
            story = story or page.locator("article .head a").first.get_attribute("href") or ""
        page.goto(site + story)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.context.cookies() == []
        browser.close()
    assert [url for url in asked if not url.startswith(site)] == []
    assert said == []


@pytest.mark.parametrize("width", [320, 700, 1000, 1440])
def test_long_words_wide_tables_and_a_long_name_fit_any_width(unkind_site: str, width: int) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(unkind_site)
        stories = [str(link.get_attribute("href")) for link in page.locator(".head a").all()]
        assert len(stories) == 3
        for path in ("/", "/archive/", "/search?q=Catch", *stories):
            page.goto(unkind_site + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert page.locator(".masthead .date").bounding_box()["height"] < 30, path  # type: ignore[index]  # it is there
            for cell in page.locator("th:visible").all():
                assert cell.bounding_box()["width"] > 60, "a word was broken"  # type: ignore[index]  # it is there
        browser.close()


def test_the_first_key_leads_to_the_content(site: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = browser.new_page()
        page.goto(site)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to content"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#content"
        browser.close()
