"""Work in pieces: in order, and the same on one core and on many."""

from __future__ import annotations

import numpy as np
import pytest
from tests.panels import made_up

from sigun.analysis.regression import leave_out, pieces, two_way
from sigun.analysis.regression.pieces import cut, each
from sigun.analysis.regression.two_way_sums import two_way_sums


def test_results_come_in_the_order_of_the_pieces() -> None:
    assert list(each(lambda piece: piece.start, cut(1000, 3))) == list(range(0, 1000, 3))
    assert cut(3, 0) == [slice(0, 1), slice(1, 2), slice(2, 3)]


def test_what_goes_wrong_in_a_piece_is_told() -> None:
    with pytest.raises(ZeroDivisionError):
        list(each(lambda piece: 1 / piece.start, cut(4, 1)))


@pytest.mark.parametrize("shape", [(20, 300), (300, 20)])
def test_one_core_and_many_give_the_same(shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    obs = made_up(*shape, missing=0.1)
    for name, value in (("BLOCK", 900), ("ROWS", 500)):
        monkeypatch.setattr(two_way, name, value)
    monkeypatch.setattr(leave_out, "AT_ONCE", 5000)
    found = []
    for cores in (1, 4):
        monkeypatch.setattr(pieces.os, "cpu_count", lambda cores=cores: cores)
        found.append(two_way_sums(obs.y, obs.x, obs.region, obs.period))
    assert np.array_equal(found[0].beta, found[1].beta)
    assert np.array_equal(found[0].without, found[1].without)
