"""What is not drafted, and what may be asked instead (거절과 대안): persons are never ranked, sought or joined."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sigun.proposal.draft.asked import Asked
from sigun.text import N_, Message, say

PERSONS = (
    r"민원인|신고자|신고인|체납자|위반자|수급자|소유자|소유주|차주|운전자|주민|시민|사람|인물|가구주|세대주|여성|남성|남자|여자|임산부|산모|부부|"
    r"청년|어르신|노인|할머니|할아버지|독거노인|아이들?|아동|학생|환자|장애인|외국인|이주민|다문화\s?가정|공무원|직원|전과자|탈북민|노숙인|고객|회원"
)
SEEK = (
    r"찾아|찾고|찾는|찾기|골라|고르|추려|선별|색출|특정하|특정해|식별|명단|리스트|순위|점수|등급|랭킹|서열|블랙리스트|추적|감시|미행|신상|"
    r"누구인지|누군지|연락처|집\s?주소|위치"
)
AREAS = re.compile(r"동네|지역|곳|읍면동|행정동|시군|마을|구역|위치한|시설|정류장|주차장|어린이집|병원|요양")
ENGLISH = "individuals?|persons?|people|residents?|women|citizens|complainants?|owners?|debtors?"
RANKED = re.compile(
    rf"(?P<who>(?:상습|악성|고질|불량|위험|문제|특정|개인|개별)[가-힣]{{0,4}}\s?[가-힣]{{0,6}}(?:{PERSONS}))(?P<gap>.{{0,12}}?)(?P<seek>{SEEK})"
    rf"|(?P<who2>{PERSONS})(?:들)?(?P<gap2>.{{0,8}}?)(?P<seek2>{SEEK})"
    r"|(?P<who3>누가)\s?.{0,20}?(?:할지|낳을지|했는지|버렸는지|위반|예측|가능성)"
    r"|(?P<who4>(?:개인|사람|주민|민원인)(?:별|마다))\s?.{0,12}?(?:점수|순위|등급|위험도|예측)"
    rf"|(?:{ENGLISH})\s.{{0,40}}?(?:likely to|ranking|rank|score|blacklist|track)"
    rf"|(?:rank|score|track|identify|blacklist|list of|find)\s(?:the\s|all\s|every\s)?.{{0,24}}?(?:{ENGLISH})\b",
    re.IGNORECASE,
)
WHERE_IS = re.compile(
    r"○○○\s?(?:씨|님)(?:이|가|은|는|의)?\s?.{0,10}?(?:어디\s?(?:에\s?)?(?:사|있|다니|로)|사는\s?곳|주소|집이?\s?어디|위치|동선|경로)"
    r"|(?:특정인|그\s?사람|헤어진|전\s?(?:남편|아내|여자\s?친구|남자\s?친구)|이웃집).{0,16}(?:어디|위치|주소|동선|경로)"
    r"|개인\s?(?:위치|동선|이동\s?경로)|동선을?\s?추적|where .{0,20} lives|track .{0,20} (?:person|location)",
    re.IGNORECASE,
)
JOINED = re.compile(
    r"(?:주민\s?(?:등록)?\s?번호|휴대폰\s?번호|전화번호|차량번호|이름|개인|고객|가입자|사람)\S{0,4}\s?.{0,14}?(?:별로|단위로|기준으로|으로|로|를|을)?\s?.{0,10}?"
    r"(?:결합|연계|연결|매칭|이어\s?붙|합쳐|맞춰|조인)"
    r"|(?:join|link|match|merge).{0,40}(?:persons?|individuals?|customers?|by name|resident number)",
    re.IGNORECASE,
)
TARGETED = re.compile(
    r"(?:종교|정치\s?(?:성향|색)|지지\s?정당|출신\s?지역|성적\s?지향|동성애|노조원?|인종)\S*\s?.{0,24}(?:골라|찾|분류|단속|제외|배제|구분|많은|예측|선별)"
    r"|(?:외국인|이주민|다문화|장애인|여성|노인|저소득층?|가난한|기초\s?수급자?|탈북민|노숙인)"
    r"(?!\s?(?:전용|보호|주차|시설|편의|복지))\S*\s?.{0,20}"
    r"(?:내보내|쫓아|몰아내|제외하|배제하|차별하|못\s?오게|거르|(?:들어|이사|유입|오는|사는)\S{0,4}\s?.{0,6}막고\s?싶|단속|추방|감시)"
    r"|(?:exclude|expel|keep out|get rid of).{0,30}(?:foreigners?|immigrants?|disabled|poor|women|elderly)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Refusal:
    """What is not drafted and why, and what may be asked instead."""

    what: Message
    instead: Message
    sentence: str = ""  # a question on areas that can be drafted


BIRTHS = re.compile(r"출산|임신|출생|가임|birth|pregnan", re.IGNORECASE)
USUAL = "시군별 인구를 한눈에 보고 싶다"
RANKING = N_(
    "Single persons are not ranked, scored or looked for (“{said}”): public data are analysed by area and count, and "
    "an "
    "order of persons could not be lawfully used."
)
PLACE_OF = N_(
    "Where a single person is or lives is not looked for (“{said}”): that is personal data no analysis may use."
)
JOINING = N_(
    "Records of persons are not joined across organisations here (“{said}”): the law leaves that to a designated "
    "joining "
    "body (결합전문기관), by application, joining keys, joining and processing, and a review before release."
)
TARGETING = N_(
    "People are not sorted or kept out by origin, faith, opinion, disability or means (“{said}”): that would be "
    "discrimination."
)
INSTEAD_HERE = N_("Ask by area instead, for example: “{sentence}” (needs data), or with the data here: “{here}”")
INSTEAD = N_("Ask by area instead, for example: “{sentence}”")


def why_refused(asked: Asked) -> Message | None:
    """Why no draft is made of this sentence; none where one may be made."""
    text = asked.sentence
    for pattern, template in ((WHERE_IS, PLACE_OF), (TARGETED, TARGETING), (JOINED, JOINING)):
        found = pattern.search(text)
        if found is not None:
            return say(template, said=found[0])
    ranked = next((found for found in RANKED.finditer(text) if not _of_areas(found)), None)
    return None if ranked is None else say(RANKING, said=ranked[0])


def _of_areas(found: re.Match[str]) -> bool:
    """Whether what is sought is a place after all: 어르신이 많은 동네를 찾고."""
    gap = found["gap"] or found["gap2"] or ""
    return bool(AREAS.search(gap))


def alternatives(asked: Asked) -> tuple[str, ...]:
    """Questions on areas about the same things, the likeliest first."""
    births = ("우리 시 출생이 왜 줄어드는지 알고 싶다",) if BIRTHS.search(asked.sentence) else ()
    names = [thing.name for thing in asked.named][:3]
    reports = (f"{name} 신고가 언제 어디에 많은지 살펴보고 싶다" for name in names)
    figures = (f"지역별 {name} 통계를 한눈에 보고 싶다" for name in names)
    return tuple(dict.fromkeys((*births, *reports, *figures, USUAL)))


def offered(asked: Asked) -> str:
    """The question that is offered where the catalogue can answer none of them: it says what would be looked at."""
    name = next((thing.name for thing in asked.named), "")
    return f"지역별 {name} 통계를 한눈에 보고 싶다" if name else USUAL
