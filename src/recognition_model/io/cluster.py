"""Run one function over many items on Dask: on a local cluster, or on one that somebody runs.

The only module that knows Dask. It distributes, and does no more: Dask runs an item again that was
on a worker which died. The result of every item is yielded once, as it comes, so a caller must join
results in a way that does not depend on their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_PATIENCE = 10  # seconds to wait for a scheduler


class NeedsDask(ImportError):
    """Raised if work is to be distributed and Dask is not installed."""

    def __init__(self) -> None:
        super().__init__("a cluster needs Dask: pip install 'recognition-model[dask]'")


class ClusterError(RuntimeError):
    """A cluster that cannot be used: no scheduler there, or other versions at work on it."""


@contextmanager
def cluster(*, workers: int | None = None, scheduler: str | None = None) -> Iterator[Any]:
    """Open a client of a local cluster with so many workers, or of a scheduler by its address.

    Raises `NeedsDask`, and `ClusterError` if no scheduler answers or its workers have other
    versions of Python or Dask.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise NeedsDask from None
    with ExitStack() as stack:
        try:
            if scheduler is None:
                local = LocalCluster(
                    n_workers=workers or 1,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address=None,
                    silence_logs=50,
                )
                stack.enter_context(local)
                client = Client(local)
            else:
                client = Client(scheduler, timeout=_PATIENCE)
        except (OSError, TimeoutError, ValueError, RuntimeError) as error:
            where = scheduler or "this machine"
            raise ClusterError(f"no cluster on {where}: {_first_line(error)}") from None
        stack.enter_context(client)
        try:
            client.get_versions(check=True)
        except ValueError as error:
            raise ClusterError(
                f"the workers have other versions than this program: {_first_line(error)}"
            ) from None
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise ClusterError(f"the scheduler on {scheduler} has no workers")
        yield client


def mapped(
    client: Any, function: Callable[[Item], Result], items: Sequence[Item]
) -> Iterator[tuple[Item, Result | Exception]]:
    """Run a function on every item, and yield each item with its result as it comes.

    An exception of the function is yielded in place of the result. Raises `ClusterError` if workers
    died again and again on one item.
    """
    from distributed import KilledWorker, as_completed

    futures = {
        client.submit(function, item, key=f"item-{number}", pure=False): item
        for number, item in enumerate(items)
    }
    for future in as_completed(list(futures)):
        try:
            result: Result | Exception = future.result()
        except KilledWorker as error:
            raise ClusterError(f"workers died on {futures[future]}: {_first_line(error)}") from None
        except Exception as error:
            result = error
        yield futures[future], result


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n", 1)[0] or type(error).__name__
