"""A folder of NewsML-G2 files through the whole intake: CPU an item, and memory that must not grow with the files."""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from wiredesk.news import formats

LIMIT_MS = 10.0  # CPU a NewsML-G2 item
WORDS = (
    "harbour ferry council bridge tide keeper market vote budget river storm pilot union school plan road light coast "
    "minister report court appeal strike wage harvest museum film match season goal coach record price bank rate export"
).split()
PLACES = ("Brennet", "Harrow Bay", "Port Calder", "Lindow", "Skerry")


def document(number: int, paragraphs: int, chance: random.Random) -> bytes:
    """One news item of our own invention, as an agency sends it: about 400 words, metadata, a link to a picture."""
    place, moment = PLACES[number % len(PLACES)], f"2026-03-{1 + number % 28:02}T{number % 24:02}:{number % 60:02}:00Z"
    text = "".join(
        f"<p>{' '.join(chance.choices(WORDS, k=55))} {chance.randrange(10**6)}.</p>" for _ in range(paragraphs)
    )
    headline = f"{' '.join(chance.choices(WORDS, k=7)).capitalize()} {number}"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:lantern.example:{number}" version="1"
 standard="NewsML-G2" standardversion="2.33" conformance="power" xml:lang="en">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_38.xml"/>
<rightsInfo><copyrightHolder literal="Lantern"><name>Lantern News Agency</name></copyrightHolder>
<copyrightNotice>(c) Lantern News Agency</copyrightNotice><usageTerms>For subscribers.</usageTerms></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider literal="lantern"><name>Lantern News Agency</name></provider>
<versionCreated>{moment}</versionCreated><firstCreated>{moment}</firstCreated><pubStatus qcode="stat:usable"/>
<link rel="irel:seeAlso" href="https://lantern.example/pictures/{number}.jpg" contenttype="image/jpeg"/></itemMeta>
<contentMeta><urgency>{1 + number % 8}</urgency><contentCreated>{moment}</contentCreated>
<located literal="{place}"><name>{place}</name></located><creditline>Lantern</creditline>
<by>Ines Calder</by><slugline separator="-">{WORDS[number % len(WORDS)]}-{place.lower()}</slugline>
<headline>{headline}</headline><language tag="en"/><subject type="cpnat:abstract" qcode="medtop:04000000"/>
<subject type="cpnat:abstract" qcode="medtop:20000170"/></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title>{headline}</title></head><body>{text}</body></html></inlineXML></contentSet></newsItem>
""".encode()


def write(folder: Path, first: int, count: int, paragraphs: int) -> int:
    """So many files, with names in order; their bytes together."""
    chance, size = random.Random(first), 0
    folder.mkdir(exist_ok=True)
    for number in range(first, first + count):
        body = document(number, paragraphs, chance)
        size += len(body)
        path = folder / f"lantern-{number:06}.xml"
        path.write_bytes(body)
        os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
    return size


def watched(command: list[str], env: dict[str, str]) -> tuple[float, float, list[int]]:
    """Run a program to its end: seconds, seconds of CPU, its memory in MB every half second."""
    begun, memory = time.perf_counter(), []
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    status = Path(f"/proc/{process.pid}/status")
    while True:
        pid, ended, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(ended)
            break
        lines = status.read_text().splitlines() if status.exists() else []
        memory += [int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")]
        time.sleep(0.5)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, memory


def parsing(folder: Path, count: int = 500) -> float:
    """Milliseconds of CPU that reading alone takes, an item."""
    bodies = [path.read_bytes() for path in sorted(folder.iterdir())[:count]]
    formats.parse(bodies[0])
    begun = time.process_time()
    for body in bodies:
        formats.parse(body)
    return (time.process_time() - begun) / len(bodies) * 1000


def main() -> None:
    """Measure, say it, and last one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--paragraphs", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        wires = Path(home) / "wires"
        size = write(wires, 0, options.files, options.paragraphs)
        env = {**os.environ, "WIREDESK_HOME": f"{home}/home"}
        wiredesk = str(Path(sys.executable).with_name("wiredesk"))
        follow = [wiredesk, "follow", str(wires), "--source", "Lantern", "--licence", "cc-by", "--newest", "all"]
        wall, cpu, memory = watched(follow, env)
        _, idle, _ = watched([wiredesk, "poll", "--all"], env)
        said = subprocess.run([wiredesk, "stories", "--json"], env=env, capture_output=True, check=True)
        stories = len(json.loads(said.stdout))
        read = parsing(wires)
    if stories != options.files:
        sys.exit(f"{options.files} files made {stories} stories")
    early, late = max(memory[: max(1, len(memory) // 5)]), max(memory)
    per_item = (cpu - idle) / options.files * 1000
    print(f"{options.files} files of {size // options.files} bytes in {wall:.1f} s: {per_item:.2f} ms CPU an item")
    print(f"reading alone {read:.2f} ms; memory after a fifth {early} MB, at most {late} MB")
    figures = {"files": options.files, "bytes_a_file": size // options.files, "wall_seconds": round(wall, 1)}
    figures |= {"cpu_ms_an_item": round(per_item, 2), "reading_ms_an_item": round(read, 2)}
    figures |= {"memory_mb": {"after_a_fifth": early, "most": late}}
    ratios = {"limit": round(per_item / LIMIT_MS, 2), "memory": round(late / early, 2)}
    print(json.dumps({"bench": "wires", **figures, "ratios": ratios}))


if __name__ == "__main__":
    main()
