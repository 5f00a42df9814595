"""The plan (분석계획): what is asked, of which data, by which methods."""

from sigun.plan.model import Plan
from sigun.plan.read import read_plan

__all__ = ["Plan", "read_plan"]
