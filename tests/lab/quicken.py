"""Leaves out of Synapse what a replay of history does not need, so that it takes half as long.

What it stores and answers stays the same; what is left out is bookkeeping that nobody reads here. Tests and
the demo's live part run without any of this, on Synapse as it is.
"""

import contextlib


def stay_in_one_thread():
    """SQLite has one writer anyway; handing every query to another thread and back costs as much as the query."""
    from twisted.enterprise.adbapi import ConnectionPool
    from twisted.internet.defer import maybeDeferred

    def run(self, work, *args, **kwargs):
        return maybeDeferred(self._runWithConnection, work, *args, **kwargs)

    ConnectionPool.runWithConnection = run


def trust_constant_schemas():
    """With every event, jsonschema is asked to prove that Synapse's own constant schema is one."""
    from synapse.events.validator import MENTIONS_VALIDATOR

    MENTIONS_VALIDATOR.check_schema = classmethod(lambda cls, schema, *args, **kwargs: None)


def count_nothing():
    """Metrics, which the configuration does not let anybody read."""
    from prometheus_client import metrics

    original = metrics.MetricWrapperBase.labels

    def labels(self, *values, **named):
        key = (values, *named.items())
        known = self.__dict__.setdefault("_known_labels", {})
        child = known.get(key)
        if child is None:
            child = known[key] = original(self, *values, **named)
        return child

    metrics.MetricWrapperBase.labels = labels
    metrics.Counter.inc = lambda self, amount=1, exemplar=None: None
    metrics.Histogram.observe = lambda self, amount, exemplar=None: None
    metrics.Summary.observe = lambda self, amount: None


def expect_no_delayed_events():
    """Looks after every event whether it cancels one that was to be sent later; nobody sends such."""
    from synapse.handlers.delayed_events import DelayedEventsHandler

    DelayedEventsHandler.notify_new_event = lambda self: None


def expect_no_upgrades():
    """Locks, in the database, against a room's deletion or upgrade in the same moment; nobody does that either."""
    from synapse.handlers.worker_lock import WorkerLocksHandler

    WorkerLocksHandler.acquire_read_write_lock = lambda self, name, key, *, write: contextlib.nullcontext()


def everything():
    stay_in_one_thread()
    trust_constant_schemas()
    count_nothing()
    expect_no_delayed_events()
    expect_no_upgrades()
