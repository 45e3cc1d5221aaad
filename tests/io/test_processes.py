"""Work in several processes: what comes back, and who gets Ctrl-C."""

from __future__ import annotations

import signal

import pytest

from recognition_model.io.processes import in_processes


def test_each_job_gives_what_the_function_returns() -> None:
    assert sorted(in_processes(divmod, [(7, 2), (9, 4)], 2)) == [(2, 1), (3, 1)]


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no signals can be held back")
def test_ctrl_c_reaches_this_process_alone() -> None:
    mask = signal.pthread_sigmask
    (held,) = in_processes(mask, [(signal.SIG_BLOCK, ())], 1)
    assert signal.SIGINT in held
    assert signal.SIGINT not in mask(signal.SIG_BLOCK, ())
