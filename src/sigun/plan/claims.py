"""Words that say more than figures can (주장의 말): causes, and judgements on places and persons."""

from __future__ import annotations

import re

CAUSAL = (
    *(
        "때문에",
        "영향을 미",
        "영향을 주",
        "효과가",
        "효과를",
        "변화시",
        "원인",
        "로 인해",
        "덕분",
        "기여",
        "초래",
        "유발",
    ),
    *("높였", "낮췄", "낮추었", "늘렸", "늘리", "줄였", "줄이", "끌어올", "떨어뜨"),
    *("because of", "caused by", "causes", "leads to", "effect of", "effects of", "impact of", "due to", "drives"),
    *("raises", "lowers", "reduces", "results in", "brings about", "contributes"),
)
"""Words of causes and effects: only a design that passed its checks may use them (`effect`)."""

BANNED = ("위험", "우범", "불량 지역", "dangerous", "crime-prone", "high-risk", "risky")
"""Not words for a place or a person."""

COUNTED = re.compile(
    r"(?<![가-힣])(?:(?:두|세|네|다섯|열|몇)\s?배"
    r"|(?:[일이삼사오육칠팔구수몇]?[십백천만억]){1,4}\s?(?:여\s?)?"
    r"(?:건|명|원(?!인|도심|하)|대(?!상|책|응|비|부분)|곳|가구)(?!\s?당))"
)
"""Figures in words that measure something: "두 배", "삼천 건"; not "시군만 대상", "천 명당"."""

SPELT = re.compile(
    COUNTED.pattern + r"|(?<![가-힣])(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무|수십|수백|수천|백|천|만)\s?"
    r"(?:배|건|명|곳|개소|퍼센트|프로|할)"
    r"|절반|분의\s?[일이삼사오]|\b(?:twice|double|half|third|tenfold|percent)\b",
    re.IGNORECASE,
)
"""Every figure in words: "세 배", "절반", too."""
