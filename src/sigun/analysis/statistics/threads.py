"""One thread (한 가닥): matrices and trees of a few hundred rows cost more to share out than they take."""

from __future__ import annotations

from contextlib import AbstractContextManager


def one_thread() -> AbstractContextManager[object]:
    """While it is open, linear algebra and boosting use one thread; they are loaded first, for it reaches no other."""
    import sklearn.ensemble  # noqa: F401 - with it scipy
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1)  # type: ignore[no-any-return]
