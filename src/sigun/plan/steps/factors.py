"""The factor analysis as a plan asks it (요인 분석): outcome, groups of factors, estimators, checks, specifications."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sigun.plan.part import Part, Slug, Words

Estimator = Literal[
    "pooled",  # 통합 최소제곱; of one period: the cross-section
    "between",  # 지역 간
    "within_region",  # 지역 고정효과
    "within_twoway",  # 지역 + 기간 고정효과
    "first_difference",  # 1차 차분
    "random_effects",  # 확률효과 (Swamy–Arora), with Hausman and Mundlak
    "poisson",  # 고정효과 포아송, with exposure
    "spatial_lag",
    "spatial_error",
    "spatial_durbin",
]
ErrorKind = Literal[
    "iid", "hc1", "crv1", "crv1_period", "crv1_region_period", "crv3", "wild_cluster", "driscoll_kraay", "conley"
]
Axis = Literal["lag", "transform", "controls", "weights", "sample", "estimator", "periods"]
Lag = Annotated[int, Field(ge=0, le=10)]


class Outcome(Part):
    """결과변수: a column of the panel."""

    variable: Slug
    transform: Literal["level", "log"] = "level"


class FactorGroup(Part):
    """요인 묶음: factors that tell of one thing, each so many periods before the outcome."""

    group: Words
    variables: tuple[Slug, ...] = Field(min_length=1, max_length=60)
    lag: tuple[Lag, ...] = Field(
        default=(0,), min_length=1, max_length=6
    )  # the first is the main one; others are tried
    expect: Literal["+", "-", "?"] = "?"

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({*self.variables}) < len(self.variables) or len({*self.lag}) < len(self.lag):
            raise PydanticCustomError(
                "factor_twice", "a variable or lag repeats in group {group}", {"group": self.group}
            )
        return self


class Multiplicity(Part):
    """다중검정: how many false finds among all finds are borne with."""

    method: Literal["BH"] = "BH"
    q: float = Field(default=0.10, gt=0, lt=0.5)


class Inference(Part):
    """추론: by which clusters, and which errors stand behind a sentence."""

    cluster: Literal["region", "sido"] = "region"
    few_clusters: Literal["auto", "wild_cluster", "crv3", "crv1"] = "auto"  # auto: the wild bootstrap under 50 clusters
    draws: int = Field(default=9999, ge=99, le=99_999)
    multiplicity: Multiplicity = Multiplicity()
    errors: tuple[ErrorKind, ...] = ()  # others beside, printed in a table
    purpose: Literal["answer", "replication"] = "answer"  # replication: naive errors may be asked for
    kernel_lag: int | None = Field(default=None, ge=0, le=50)  # Driscoll–Kraay; none: floor(T^1/4)
    conley_km: float | None = Field(default=None, gt=0, le=2000)  # none: where neighbours are, by their distance

    @model_validator(mode="after")
    def _naive_only_to_replicate(self) -> Self:
        naive = sorted({"iid", "hc1", "driscoll_kraay", "crv1_period"} & {*self.errors})
        if naive and self.purpose != "replication":
            raise PydanticCustomError(
                "naive_errors", "{names}: only with purpose: replication", {"names": ", ".join(naive)}
            )
        return self


class Checks(Part):
    """점검: what is looked at before an answer is believed."""

    vif_max: float = Field(default=10, gt=1, le=1000)
    unit_root: tuple[Literal["ips", "cips"], ...] = ("ips", "cips")
    cd: bool = True
    moran: bool = True
    lead_placebo: int = Field(default=1, ge=0, le=5)  # periods after the outcome; 0: none
    leave_one_out: Literal["region", "none"] = "region"
    mde: bool = True


class Robustness(Part):
    """강건성: the axes along which every sensible specification is tried."""

    axes: tuple[Axis, ...] = ("lag", "transform", "controls", "weights", "sample", "estimator")
    max_specs: int = Field(default=2000, ge=1, le=20_000)
    draws: int = Field(default=499, ge=99, le=9999)  # of the joint test


class Explain(Part):
    """설명 가능한 기계학습: boosting beside, held out by region and by time. Predictive, not cause."""

    model: Literal["boosting", "none"] = "boosting"
    folds: int = Field(default=5, ge=2, le=20)
    draws: int = Field(default=20, ge=5, le=500)  # shuffles of each group of factors


class FactorAnalysis(Part):
    """요인 분석: which factors go with the outcome inside regions, and which only between them."""

    method: Literal["factors"]
    outcome: Outcome
    factors: tuple[FactorGroup, ...] = Field(min_length=1, max_length=60)
    controls: tuple[Slug, ...] = ()
    together: Literal["all", "group", "one"] = (
        "all"  # factors in one model, a group at a time, or each with the controls
    )
    estimators: tuple[Estimator, ...] = ("pooled", "between", "within_twoway", "first_difference")
    exposure: Slug | None = None  # of a count, for `poisson`
    weight: Slug | None = None  # the other side of the axis `weights`, such as people of the first period
    inference: Inference = Inference()
    checks: Checks = Checks()
    robustness: Robustness | None = Robustness()
    explain: Explain = Explain()

    @model_validator(mode="after")
    def _each_factor_once(self) -> Self:
        names = [*self.variables(), *self.controls, self.outcome.variable]
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise PydanticCustomError(
                "variable_twice", "outcome, factors and controls repeat: {names}", {"names": ", ".join(twice)}
            )
        return self

    def variables(self) -> tuple[str, ...]:
        """Every factor, in the plan's order."""
        return tuple(name for group in self.factors for name in group.variables)
