"""Words that say more than figures can (주장의 말): causes, and judgements on places and persons."""

from __future__ import annotations

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
