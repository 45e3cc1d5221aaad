"""What is said of a cluster that cannot be opened; no cluster is needed for it."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from recognition_model.io.cluster import ClusterError, NeedsDask, cluster


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError("\nno route to host\n\nTraceback: ..."), "no route to host"),
        (TimeoutError(), "TimeoutError"),  # it has no words
    ],
)
def test_scheduler_that_cannot_be_reached_is_told_in_one_line(
    error: Exception, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    dask = ModuleType("distributed")
    vars(dask).update(Client=refuse, LocalCluster=refuse)
    monkeypatch.setitem(sys.modules, "distributed", dask)
    with pytest.raises(ClusterError) as theirs, cluster(scheduler="tcp://10.0.0.1:8786"):
        pass
    assert str(theirs.value) == f"no cluster on tcp://10.0.0.1:8786: {says}"
    with pytest.raises(ClusterError) as own, cluster(workers=2):
        pass
    assert str(own.value) == f"no cluster on this machine: {says}"


def test_cluster_without_dask_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NeedsDask) as error, cluster(workers=2):
        pass
    assert str(error.value) == "a cluster needs Dask: pip install 'recognition-model[dask]'"
