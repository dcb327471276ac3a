from threading import Barrier

import pytest

from omsorg_cli.engine.parallel import in_order


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_answers_come_in_the_order_of_the_pieces(jobs):
    assert list(in_order(lambda piece: piece * 10, range(20), jobs)) == [piece * 10 for piece in range(20)]


def test_two_jobs_work_at_the_same_time():
    both = Barrier(2, timeout=10)
    assert sorted(in_order(lambda piece: both.wait() * 0 + piece, range(2), 2)) == [0, 1]


def test_no_more_pieces_are_taken_than_twice_the_jobs_and_one():
    taken = []
    answers = in_order(lambda piece: piece, (taken.append(piece) or piece for piece in range(20)), 2)
    assert next(answers) == 0
    assert taken == [0, 1, 2, 3, 4]
    answers.close()
