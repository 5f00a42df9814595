"""A two-way panel without each of its regions (지역 하나씩 빼기): both effects estimated again, out of one solve.

Without region g the cross-products are those of everything less  Z_g' M_g⁺ Z_g , M_g being the part of the residual
maker that belongs to the rows of g. M_g is a diagonal, or a demeaning, less a term of low rank that is small because
a region is one of many: its inverse is a series with a known rate. Where the rate is poor, the panel is solved again.
"""

from __future__ import annotations

import math

import numpy as np

from sigun.analysis.regression.pieces import each
from sigun.analysis.regression.two_way import Cells, Solved, cross_products, inverse_of, sweep_effects
from sigun.analysis.statistics.arrays import FloatArray

EXACT = 1e-13  # what a series may leave out, of a region's own cross-products
ROUNDS = 60  # more would not be quicker than solving again
AT_ONCE = 4_000_000  # numbers of a product of matrices


def without_each(cells: Cells, solved: Solved, cross: FloatArray) -> FloatArray:
    """(G, m, m) cross-products of the columns without each region, both effects estimated again.

    Parameters
    ----------
    cells, solved : after `sweep_effects`.
    cross : (G, m, m) of `cross_products`.

    References
    ----------
    MacKinnon, Nielsen & Webb (2023), J. Appl. Econometrics 38:671–694.
    """
    regions, periods = cells.weight.shape
    if regions <= periods:
        taken = _regions_solved(cells, solved, np.einsum("gii->gi", cross))
    else:
        taken = _periods_solved(cells, solved)
    if taken is None:
        return _solved_again(cells)
    return np.asarray(cross.sum(axis=0) - cross - taken)


def _regions_solved(cells: Cells, solved: Solved, size: FloatArray) -> FloatArray | None:
    """What each region takes away beside its own cross-products, where the regions are the shorter side.

    The series is broken off after its first term; none when what follows is not surely negligible. Each term is at most
    `rate` times the one before: the region's largest share of a period, the others' being 1, times how far the periods
    that regions share are from telling them apart (eigenvalues of the scaled system from `connected` to 1).
    """
    weight = cells.weight
    total = weight.sum(axis=0)

    def take(block: slice) -> tuple[FloatArray, FloatArray, float]:
        others = total - weight[block]
        share = np.divide(weight[block], others, out=np.zeros_like(others), where=others > EXACT * total)
        scaled = cells.values[block] * share[:, None]
        taken = (scaled * weight[block][:, None]) @ cells.values[block].transpose(0, 2, 1)
        onto = _times(scaled, weight.T)
        own = np.arange(len(weight))[block]
        onto[np.arange(len(own)), :, own] = 0.0
        return taken, onto @ solved.inverse @ onto.transpose(0, 2, 1), float(share.max())

    by_block = zip(*each(take, cells.blocks(AT_ONCE)), strict=True)
    taken, first, most = (np.concatenate([np.atleast_1d(part) for part in parts]) for parts in by_block)
    rate = most.max() * (1 - solved.connected) / solved.connected
    beyond = np.einsum("gii->gi", first) * rate
    return taken + first if rate < 0.5 and (beyond <= EXACT * 10 * size).all() else None


def _periods_solved(cells: Cells, solved: Solved) -> FloatArray | None:
    """The same where the periods are the shorter side: term after term, as many as the rate asks for.

    The rate is at most the region's largest share of a period, over how well the panel hangs together.
    """
    rate = float((cells.weight * inverse_of(cells.weight.sum(axis=0))).max()) / solved.connected
    rounds = max(1, math.ceil(math.log(EXACT) / math.log(rate)) - 1) if rate < 1 else ROUNDS + 1
    if rounds > ROUNDS:
        return None

    def take(block: slice) -> FloatArray:
        weight = cells.weight[block][:, None]
        mean = weight * inverse_of(weight.sum(axis=2))[..., None]
        pull = cells.values[block] * weight
        step = _times(pull, solved.inverse)
        sum_of_steps = step.copy()
        for _ in range(rounds - 1):
            step = _times(weight * (step - (step * mean).sum(axis=2, keepdims=True)), solved.inverse)
            sum_of_steps += step
        return np.asarray(pull @ sum_of_steps.transpose(0, 2, 1))

    return np.concatenate(list(each(take, cells.blocks())))


def _times(values: FloatArray, matrix: FloatArray) -> FloatArray:
    """(B, m, T) by (T, S) as one product of matrices, not as many small ones."""
    return (values.reshape(-1, values.shape[2]) @ matrix).reshape(*values.shape[:2], matrix.shape[1])


def _solved_again(cells: Cells) -> FloatArray:
    """Cross-products without each region by sweeping both effects out of the rest."""
    found = np.zeros_like(cells.inside)
    for g in range(len(cells.weight)):
        weight, values, inside = (np.delete(part, g, axis=0) for part in (cells.weight, cells.values, cells.inside))
        rest = Cells(weight, values, inside, cells.size, cells.rows)
        sweep_effects(rest)
        found[g] = cross_products(rest).sum(axis=0)
    return found
