import math

import numpy as np
import pytest

from omsorg_cli.engine.roots import scan

# around 4, nine powers of ten to either side
SCANS = {
    "between two bounds, evenly": (0, 1_000, 4, 2_001, [0, 0.5], [999.5, 1_000]),
    "from a lower bound on": (10, math.inf, 4, 2_002, [10], [10 + 4e9]),
    "up to an upper bound": (-math.inf, 10, 4, 2_002, [10 - 4e9], [10]),
    "without a bound": (-math.inf, math.inf, -4, 4_003, [-4e9], [4e9]),
    "without a bound, around zero": (-math.inf, math.inf, 0, 4_003, [-1e9], [1e9]),
}


@pytest.mark.parametrize(("low", "high", "around", "count", "first", "last"), SCANS.values(), ids=SCANS.keys())
def test_a_scan_reaches_from_end_to_end_in_order(low, high, around, count, first, last):
    points = scan(low, high, around)
    assert len(points) == count
    assert (np.diff(points) > 0).all()
    assert points[: len(first)].tolist() == pytest.approx(first)
    assert points[-len(last) :].tolist() == pytest.approx(last)
