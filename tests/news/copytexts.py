"""Copy of our own invention, as several houses would print it."""

from __future__ import annotations

STORY = """\
The swing bridge over the narrows reopened to traffic on Monday, eight months after a drifting barge struck its central \
pier and cut the old town of Harrow Bay off from the ferry port on the other bank.

Engineers replaced two of the six bearings on which the span turns and strengthened the pier with steel piles driven \
eighteen metres into the river bed. The work cost eleven million, twice what the county had set aside for it.

Ferries had carried the town's goods since the summer, and the fish market had moved to a shed on the northern quay. \
Traders there expect to return to their old hall before the herring season begins in the second week of April.

The owner of the barge, a company registered abroad, has paid a third of the sum so far. A court in Port Orme will hear \
the case for the rest in June, and an inquiry into why the tug let go of its tow is still under way.

Cars may cross at walking pace until the end of the month. Lorries over twelve tonnes have to wait for a load test, which \
the harbour board has set for the last weekend of March, when the tide is lowest.
"""
OTHER = """\
Harrow Bay celebrated the return of its bridge with a brass band and a queue of vintage lorries, some of which had not \
been driven since the crossing was shut last summer after an accident on the river.

For the people who live on the island side the reopening ends a long detour. A nurse at the cottage hospital said she had \
risen at four every day to catch the first boat, and that her children had learned to make their own breakfast.

Not everyone was pleased. The family that ran the emergency ferry service has laid off nine of its crew, and the cafe at \
the landing stage, which had its best year ever, will close at the weekend unless the county finds another use for it.

Historians note that the first crossing at this place, a chain ferry, was run by monks, and that a toll was taken from \
every traveller except pilgrims until the present iron structure was opened by a minister of railways in a downpour.
"""
SPEECH = (
    "Orme said: “We have waited eight months for this day and I want to thank everybody who worked through the winter "
    "nights on the pier, in the cold, in the dark, with the river rising, so that our town could be one town again.” "
    "He added: “There is much to do. The market must come home, the lorries must cross, and those who caused this must "
    "pay what they owe to the last penny, because it is the money of the people who live here and of nobody else.”"
)
CHINESE = (
    "横跨海峡的旋转桥于星期一重新开放通车，八个月前一艘漂流的驳船撞上了中央桥墩，使老城与对岸的渡口中断联系。"
    "工程师更换了桥身转动所用的六个轴承中的两个，并用打入河床十八米的钢桩加固了桥墩。工程耗资一千一百万，是县里预算的两倍。"
    "自夏天以来，渡轮一直运送城里的货物，鱼市也迁到了北码头的棚屋。商贩们预计在四月第二周鲱鱼季开始之前回到旧大厅。"
)
THAI = (
    "สะพานหมุนข้ามช่องแคบเปิดให้สัญจรอีกครั้งเมื่อวันจันทร์ แปดเดือนหลังจากเรือบรรทุกสินค้าลอยมาชนเสากลางและตัดเมืองเก่าออกจากท่าเรือ "
    "วิศวกรเปลี่ยนตลับลูกปืนสองในหกตัวที่ใช้หมุนสะพาน และเสริมเสาด้วยเสาเข็มเหล็กที่ตอกลึกสิบแปดเมตรลงในท้องแม่น้ำ "
    "เรือข้ามฟากขนส่งสินค้าของเมืองมาตั้งแต่ฤดูร้อน และตลาดปลาได้ย้ายไปอยู่ที่โรงเก็บของบนท่าเรือทางเหนือ"
)


def without(text: str, *paragraphs: int) -> str:
    """The same with some of its paragraphs cut out."""
    return "\n\n".join(part for place, part in enumerate(text.split("\n\n")) if place not in paragraphs)


def reworded(text: str, every: int) -> str:
    """The same with every so-many-th word changed, as an editor with strong views would."""
    return " ".join(f"{word}x" if place % every == 0 else word for place, word in enumerate(text.split(), 1))
