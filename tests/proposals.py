"""Filled 기획안 of made-up places: what the tests of the document read, write and print."""

from __future__ import annotations

from sigun.plan.model import Plan

VEHICLES = {
    "schema_version": 1,
    "id": "vehicles_patrol",
    "title": "방치차량 발생 예측과 순찰 우선순위",
    "question": "방치차량 신고는 언제 어디에 몰리며, 다음 주에는 어느 곳을 먼저 순찰하는 것이 좋은가?",
    "data": {"events": "reports", "outlines": "dongs", "areas": ["dong_figures"], "weather": "weather"},
    "space": {"cell": 500},
    "time": {"start": "2021-01-01", "end": "2025-07-01"},
    "steps": [
        {"method": "quality"},
        {"method": "trend"},
        {"method": "rhythm"},
        {"method": "hotspot"},
        {"method": "backtest", "every": "7d", "months": 12},
        {"method": "forecast", "horizon": "7d"},
        {"method": "patrol", "capacity": 10, "days": 7, "random_share": 0.1},
    ],
    "proposal": {
        "sentence": "방치 차량이 어디에 생길지 미리 알고 순찰하고 싶다",
        "org": "가람시",
        "team": ["차량등록과", "데이터정책팀", "도시안전과"],
        "background": "방치차량 신고가 들어온 뒤에야 현장에 나가므로 처리까지 시일이 걸리고, "
        "같은 곳에서 신고가 되풀이된다.\n"
        "순찰 인력은 두 조뿐이어서, 어디를 먼저 볼지 정하는 기준이 필요하다.",
        "problem": "신고가 잦을 것으로 예상되는 곳을 한 주 앞서 알려, 같은 인력으로 더 많은 방치차량을 먼저 찾는다.",
        "stakeholders": ["차량등록과 순찰조", "읍면동 민원 담당", "공영주차장 관리기관", "시민"],
        "questions": [
            "신고는 어느 계절·요일에, 어느 곳에 몰리는가?",
            "다음 한 주에 신고가 예상되는 곳은 어디이며, 얼마나 맞는가?",
            "하루에 열 곳을 본다면 신고의 몇 할을 먼저 만나는가?",
        ],
        "hypotheses": [
            {"variable": "단독·다세대 주택이 많은 구역", "direction": "+", "reason": "집에 딸린 주차면이 적다"},
            {"variable": "공영주차장 주차면", "direction": "?", "reason": "오래 세워 두기 쉬우나 관리도 된다"},
        ],
        "decision": "주간 순찰 경로를 예측 목록의 순서대로 짤지, 지금처럼 신고 순서대로 짤지 정한다.",
        "evidence": [
            {"sentence": "순찰 인력은 두 조뿐이다.", "source": "가람시 차량등록과 2025년 업무 분장"},
        ],
        "data": [
            {"id": "reports", "role": "target", "purpose": "신고의 때와 곳, 처리 상태", "approval": "데이터-2025-014"},
            {"id": "dong_figures", "role": "exposure", "purpose": "인구와 주택 유형"},
            {"id": "weather", "role": "environment", "purpose": "날씨에 따른 신고의 변화"},
            {"id": "dongs", "role": "boundary", "purpose": "지도와 구역"},
        ],
        "lacking": [
            {"role": "cause", "what": "공영주차장별 장기주차 현황", "where": "주차장 관리기관의 정산 기록(협의 필요)"},
            {"role": "environment", "what": "CCTV 설치 지점", "where": "공공데이터포털 전국CCTV표준데이터"},
        ],
        "joins": [{"left": "reports", "right": "dong_figures", "keys": ["행정동"], "expected": 0.98}],
        "method": "지난 신고의 때와 곳으로 다음 한 주를 예측하고, "
        "지난 열두 달에 같은 방법을 썼다면 얼마나 맞았을지 견준다.",
        "handling": {
            "procedure": "신고자와 차량번호는 자료를 받을 때 지우며, 다섯 건 미만의 칸은 가린다.",
            "export": "inside",
        },
        "model": {"used": True, "place": "inside", "sent": ["자료명", "열 이름과 단위"]},
        "outputs": [
            {"kind": "priority", "unit": "500m 격자", "audience": "순찰조"},
            {"kind": "map", "unit": "행정동", "audience": "차량등록과"},
            {"kind": "report", "audience": "도 협의체"},
        ],
        "use": "매주 월요일에 목록을 뽑아 순찰 경로를 짜고, 찾은 차량을 목록에 적어 다음 예측에 돌려준다.",
        "effects": [
            {
                "indicator": "신고 뒤 처리까지 걸린 날",
                "base": "2024년 중앙값(분석에서 산출)",
                "goal": "10% 단축",
                "measured": "시행 여섯 달 뒤",
            },
            {"indicator": "순찰로 먼저 찾은 차량", "base": "집계 없음", "goal": "월 20대", "measured": "매월"},
        ],
        "spread": "같은 신고 서식을 쓰는 이웃 시군이 자료만 바꾸어 다시 실행한다.",
        "schedule": [
            {"what": "자료 이용 승인과 수집", "when": "착수 후 2주"},
            {"what": "분석과 과거검증", "until": "2026-03-31"},
            {"what": "시범 순찰 석 달", "until": "2026-06-30"},
        ],
        "budget": "별도 예산 없음(기존 인력과 장비)",
        "risks": [
            {
                "what": "신고가 많은 곳만 순찰하여 다시 신고가 늘어 보임",
                "response": "순찰의 1할은 예측과 무관하게 고른다",
            },
            {"what": "접수 체계가 바뀌어 과거와 견줄 수 없음", "response": "수집 공백을 점검하고 그 기간은 뺀다"},
        ],
        "rubric": "council",
        "conflicts": ["심사위원 가운데 가람시 소속은 이 안의 심사에서 빠진다"],
        "reasons": [
            {"path": "steps.5", "said": "문장의 ‘미리 알고’는 앞날을 묻는 말이어서 예측을 골랐습니다."},
            {"path": "space.cell", "said": "순찰조가 걸어서 볼 수 있는 넓이여서 500m를 골랐습니다."},
        ],
        "open": [
            {"path": "steps.6.capacity", "asks": "하루에 몇 곳까지 순찰할 수 있습니까?", "answer": "열 곳"},
            {"path": "proposal.budget", "asks": "차량 견인 비용을 예산에 넣습니까?"},
        ],
        "by": {
            "background": {"by": "model"},
            "problem": {"by": "model", "confirmed": True},
            "questions": {"by": "rule"},
            "hypotheses": {"by": "person"},
            "data": {"by": "rule"},
            "use": {"by": "person"},
            "risks": {"by": "model"},
        },
    },
}

BIRTHS = {
    "schema_version": 1,
    "id": "births_factors",
    "title": "저출생 요인 분석과 출산지원금의 효과",
    "question": "시군의 합계출산율은 무엇과 함께 움직이며, 출산지원금을 올린 시군에서 달라졌는가?",
    "data": {"tables": ["tfr_table", "women", "childcare", "grants"], "outlines": "outlines"},
    "time": {"start": "2012-01-01", "end": "2023-01-01"},
    "panel": {
        "unit": "sigungu",
        "base": "2022-12-31",
        "within": ["경기도"],
        "variables": [
            {"id": "tfr", "table": "tfr_table", "title": "합계출산율"},
            {"id": "women_25_34", "table": "women", "columns": ["women_25..women_34"], "title": "여성 인구 25–34세"},
            {"id": "women_15_49", "table": "women", "columns": ["women_15..women_49"], "title": "여성 인구 15–49세"},
            {"id": "public_childcare", "table": "childcare", "title": "국공립 어린이집 이용률"},
            {"id": "grant", "table": "grants", "title": "출산지원금"},
        ],
        "derived": [
            {
                "id": "share_25_34",
                "op": "share",
                "of": "women_25_34",
                "among": "women_15_49",
                "title": "15–49세 여성 가운데 25–34세",
            },
        ],
    },
    "steps": [
        {"method": "coverage"},
        {
            "method": "factors",
            "outcome": {"variable": "tfr"},
            "factors": [{"group": "돌봄", "variables": ["public_childcare"], "lag": [1], "expect": "+"}],
            "controls": ["share_25_34"],
        },
        {
            "method": "effect",
            "outcome": {"variable": "tfr"},
            "treatment": {"variable": "grant", "title": "출산지원금"},
        },
    ],
    "proposal": {
        "sentence": "우리 시 출생이 왜 줄어드는지 알고 싶다",
        "org": "누리군",
        "team": ["인구정책과", "보육지원과"],
        "background": "출생아 수가 해마다 줄고 있으나, 무엇과 함께 움직이는지 시군 단위로 견준 적이 없다.",
        "problem": "돌봄·주거·일자리 가운데 출산율과 함께 움직이는 것을 가려, 다음 해 인구정책의 순서를 정한다.",
        "questions": [
            "같은 시군 안에서 출산율과 함께 움직인 요인은 무엇인가?",
            "출산지원금을 올린 뒤 출산율이 달라졌는가?",
        ],
        "hypotheses": [{"variable": "국공립 어린이집 이용률", "direction": "+", "reason": "맡길 곳이 가까워진다"}],
        "decision": "지원금과 돌봄 가운데 어느 쪽에 예산을 먼저 둘지 정한다.",
        "data": [
            {"id": "tfr_table", "role": "target"},
            {"id": "women", "role": "exposure"},
            {"id": "childcare", "role": "cause"},
            {"id": "grants", "role": "cause"},
        ],
        "use": "다음 해 인구정책 시행계획의 근거 자료로 쓴다.",
        "schedule": [{"what": "분석", "when": "착수 후 4주"}],
    },
}


def vehicles() -> Plan:
    """방치차량: every field filled."""
    return Plan.model_validate(VEHICLES)


def births() -> Plan:
    """저출생: filled as a short draft is."""
    return Plan.model_validate(BIRTHS)
