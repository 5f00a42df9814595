"""Faults in what a plan names (G1 to G3): words, ids, columns, units."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from random import Random

from mutating import Data, Paths, changed, columns_of, derive, each, operator, pick, put_in, slip, steps_of
from sigun.catalog.store import Catalog

# G1: what a plan may say


@operator
def extra_key(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    where = rng.choice(["", "data", "panel", "steps", "proposal"])
    key, value = rng.choice(
        [("random_split", 0.3), ("sql", "x"), ("code", "x"), ("formula", "a+b"), ("url", "x"), ("weights", [1])]
    )
    if where == "steps":
        path, step = rng.choice(steps_of(data, *(s["method"] for s in data["steps"])))
        step[key] = value
        return (f"{path}.{key}",)
    if where == "panel" and "panel" not in data:
        return None
    holder = data.setdefault(where, {}) if where else data
    holder[key] = value
    return (f"{where}.{key}".lstrip("."),)


@operator
def misspelt_key(rng: Random, data: Data, catalog: Catalog) -> Paths:
    key = rng.choice([k for k in ("title", "question", "steps", "data", "panel") if k in data])
    wrong = slip(rng, key)
    data[wrong] = data.pop(key)
    return (wrong,)


@operator
def wrong_type(rng: Random, data: Data, catalog: Catalog) -> Paths:
    key, value = rng.choice(
        [("seed", "many"), ("title", ["a"]), ("lang", 3), ("steps", "trend"), ("data", [1]), ("question", {"a": 1})]
    )
    data[key] = value
    return (key,)


@operator
def no_such_method(rng: Random, data: Data, catalog: Catalog) -> Paths:
    at = rng.randrange(len(data["steps"]))
    data["steps"][at] = {"method": rng.choice(["deep_learning", "run_sql", "rank_people", "causal_forest", "lstm"])}
    return (f"steps.{at}.method",)


@operator
def misspelt_method(rng: Random, data: Data, catalog: Catalog) -> Paths:
    at = rng.randrange(len(data["steps"]))
    data["steps"][at] = {"method": slip(rng, data["steps"][at]["method"])}
    return (f"steps.{at}.method",)


@operator
def method_twice(rng: Random, data: Data, catalog: Catalog) -> Paths:
    data["steps"].append(deepcopy(rng.choice(data["steps"])))
    return (f"steps.{len(data['steps']) - 1}.method",)


@operator
def duplicate_id(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    if "panel" not in data:
        return None
    one = rng.choice(data["panel"]["variables"])
    data["panel"]["variables"].append({**one})
    return (f"panel.variables.{len(data['panel']['variables']) - 1}.id",)


@operator
def code_in_text(rng: Random, data: Data, catalog: Catalog) -> Paths:
    return put_in(
        rng,
        data,
        (
            "SELECT * FROM residents WHERE age > 60",
            "DROP TABLE events; --",
            "<script>alert(1)</script>",
            "__import__('os').system('ls')",
            "import os; os.remove('a')",
            "eval(open('x').read())",
            "{{config}}",
            "${HOME} 을 봅니다",
            "select name, phone from users",
            "' OR '1'='1",
            "rm -rf 를 돌립니다",
            "lambda x: x",
        ),
    )


@operator
def address_in_text(rng: Random, data: Data, catalog: Catalog) -> Paths:
    return put_in(
        rng,
        data,
        (
            "http://203.0.113.7/collect 로 보냅니다.",
            "자세한 것은 https://example.com/a?b=c 에 있습니다.",
            "/etc/passwd 를 봅니다.",
            "..\\..\\secret.xlsx 를 엽니다.",
            "C:\\Users\\city\\data.xlsx 에 둡니다.",
            "file:///srv/city/x.csv",
            "www.example.org/x",
        ),
    )


# G2: names


@operator
def unknown_data(rng: Random, data: Data, catalog: Catalog) -> Paths:
    roles = [(k, v) for k, v in data["data"].items() if k != "facilities"]
    role, said = rng.choice(roles)
    if isinstance(said, list):
        at = rng.randrange(len(said))
        said[at] = "no_such_thing_here"
        return (f"data.{role}.{at}",)
    data["data"][role] = "no_such_thing_here"
    return (f"data.{role}",)


@operator
def misspelt_data(rng: Random, data: Data, catalog: Catalog) -> Paths:
    role, said = rng.choice([*data["data"].items()])
    if isinstance(said, list):
        at = rng.randrange(len(said))
        said[at] = slip(rng, said[at])
        return (f"data.{role}.{at}",)
    data["data"][role] = slip(rng, said)
    return (f"data.{role}",)


@operator
def wrong_kind_of_card(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    outlines = [name for name, card in catalog.cards.items() if card.kind == "outlines"]
    if not outlines:
        return None
    if "events" in data["data"]:
        data["data"]["events"] = outlines[0]
        return ("data.events",)
    data["data"]["tables"].append(outlines[0])
    return (f"data.tables.{len(data['data']['tables']) - 1}",)


@operator
def unknown_column(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    found = pick(rng, [(p, v) for p, v in each(data, "variables") if not v.get("columns")])
    if found is None:
        return None
    path, one = found
    one["column"] = "nothing_of_the_kind"
    return (f"{path}.column",)


@operator
def misspelt_column(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    found = pick(rng, steps_of(data, "hotspot", "area_factors", "weather", "same_vehicle", "effect", "factors"))
    if found is None:
        return None
    path, step = found
    if step["method"] in ("effect", "factors"):
        step["outcome"] = {"variable": slip(rng, "total_fertility")}
        return (f"{path}.outcome.variable",)
    if step["method"] in ("weather", "same_vehicle"):
        key = "columns" if step["method"] == "weather" else "compare"
        step[key] = ["precipitashun"]
        return (f"{path}.{key}.0",)
    step["exposure"] = "poplation"
    return (f"{path}.exposure",)


@operator
def unknown_input(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    if "panel" not in data:
        return None
    return (f"{derive(data, {'id': 'made', 'op': 'log', 'of': 'never_made'})}.of",)


@operator
def words_of_other_data(rng: Random, data: Data, catalog: Catalog) -> Paths:
    uses = data.setdefault("proposal", {}).setdefault("data", [])
    uses.append({"id": "made_up_by_a_machine", "role": "cause"})
    return (f"proposal.data.{len(uses) - 1}.id",)


@operator
def no_outlines(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    if not data["data"].get("outlines"):
        return None
    if "panel" not in data and steps_of(data, "area_factors", "occurrence"):
        del data["data"]["outlines"]
        return ("data.outlines",)
    if (data.get("panel") or {}).get("neighbours") == {"outlines": True}:
        del data["data"]["outlines"]
        return ("panel.neighbours",)
    return None


# G3: units and additivity


@operator
def sum_of_a_rate(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    rates, counts = columns_of(data, catalog, "rate", "share", "index"), columns_of(data, catalog, "flow", "stock")
    if not rates or not counts:
        return None
    of = [rng.choice(counts)[1]["id"], rng.choice(rates)[1]["id"]]
    return (f"{derive(data, {'id': 'made', 'op': 'sum', 'of': of})}.of.1",)


@operator
def rate_added_over_time(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    found = pick(rng, columns_of(data, catalog, "rate", "share", "index"))
    if found is None:
        return None
    found[1]["over_time"] = "sum"
    return (f"{found[0]}.over_time",)


@operator
def stock_added_over_time(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    found = pick(
        rng,
        [
            (path, one)
            for path, one in each(data, "variables")
            if one.get("columns") or (path, one) in columns_of(data, catalog, "stock")
        ],
    )
    if found is None:
        return None
    found[1]["over_time"] = "sum"
    return (f"{found[0]}.over_time",)


@operator
def part_of_a_flow(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    found = pick(rng, columns_of(data, catalog, "flow"))
    if found is None:
        return None
    found[1]["over_time"] = rng.choice(["mean", "last"])
    return (f"{found[0]}.over_time",)


@operator
def mean_of_a_share(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    found = pick(rng, [(p, v) for p, v in columns_of(data, catalog, "rate", "share") if not _weighed(catalog, v)])
    if found is None:
        return None
    found[1]["over_time"] = "mean"
    return (f"{found[0]}.weight",)


def _weighed(catalog: Catalog, variable: Data) -> bool:
    column = next(
        c for c in catalog.cards[variable["table"]].values() if c.id == (variable.get("column") or variable["id"])
    )
    return bool({"weight", "numerator", "over_time"} & {*variable}) or column.per is not None


@operator
def wrong_unit(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    counts, rates = columns_of(data, catalog, "flow", "stock"), columns_of(data, catalog, "rate", "share")
    if not counts or not rates:
        return None
    op = rng.choice(["rate", "share", "deflate", "rebase"])
    count, rate = rng.choice(counts)[1]["id"], rng.choice(rates)[1]["id"]
    if op == "deflate":
        path = derive(data, {"id": "made", "op": op, "of": count, "by": rate, "at": date(2015, 1, 1)})
        return (f"{path}.by",)
    if op == "rebase":
        return (f"{derive(data, {'id': 'made', 'op': op, 'of': rate, 'at': date(2015, 1, 1)})}.of",)
    key = "per" if op == "rate" else "among"
    return (f"{derive(data, {'id': 'made', 'op': op, 'of': count, key: rate})}.{key}",)


@operator
def weight_of_a_count(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    counts = columns_of(data, catalog, "flow", "stock")
    if len(counts) < 2:
        return None
    (path, one), (_other, other) = rng.sample(counts, 2)
    one["weight"] = other["id"]
    return (f"{path}.weight",)


@operator
def rate_as_exposure(rng: Random, data: Data, catalog: Catalog) -> tuple[Paths, Catalog] | None:
    found = pick(rng, [s for s in steps_of(data, "hotspot", "area_factors", "occurrence") if s[1].get("exposure")])
    if found is None:
        return None
    for name in data["data"].get("areas", []):
        card = catalog.cards[name]
        if any(c.id == found[1]["exposure"] for c in card.values()):
            fields = tuple(
                c.model_copy(update={"measure": "rate"}) if c.id == found[1]["exposure"] else c for c in card.fields
            )
            return (f"{found[0]}.exposure",), changed(catalog, name, fields=fields)
    return None


@operator
def endless_number(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    if "panel" in data:
        counts = [one["id"] for _path, one in columns_of(data, catalog, "flow", "stock")]
        if len(counts) < 2:
            return None
        made = {"id": "made", "op": "rate", "of": counts[0], "per": counts[1], "times": float("inf")}
        return (f"{derive(data, made)}.times",)
    data.setdefault("rules", {})["duplicate_metres"] = float("nan")
    return ("rules.duplicate_metres",)
