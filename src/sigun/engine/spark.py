"""Spark, on this machine or on a cluster: what it needs is checked first, and a cluster that is gone is said."""

from __future__ import annotations

import importlib.util
import logging
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from sigun.engine.address import Engine
from sigun.errors import RunError, SettingsError
from sigun.text import _

JAVAS = range(17, 22)  # Spark 4 is built for Java 17 and 21
PATIENCE = 60.0  # seconds a cluster may be without any worker; Spark alone would wait for ever
ANSWER = 5.0  # seconds a master has to answer the telephone

# One appender is needed, or Spark takes its own talkative profile.
QUIET = """rootLogger.level = off
rootLogger.appenderRef.none.ref = none
appender.none.type = Null
appender.none.name = none
"""


def require_spark(engine: Engine) -> None:
    """See that PySpark, Java and the cluster's master are there.

    Raises
    ------
    SettingsError
        One of them is not.
    """
    if importlib.util.find_spec("pyspark") is None:
        remedy = _("In sigun's folder: pip install -c constraints.txt '.[spark]'. Or leave --engine out.")
        raise SettingsError(_("Spark is not installed."), engine.url, remedy)
    _require_java(engine)
    if engine.kind == "spark":
        _require_master(engine)


def _require_java(engine: Engine) -> None:
    version = java_version()
    if version in JAVAS:
        return
    what = _("Spark needs Java 17; there is none here.")
    if version is not None:
        what = _("Spark needs Java 17; the Java found here is {version}.").format(version=version)
    remedy = _(
        "Install Java 17 (Debian, Ubuntu: openjdk-17-jre-headless) or set JAVA_HOME to it. Or leave --engine out."
    )
    raise SettingsError(what, engine.url, remedy)


def java_version() -> int | None:
    """Major version of the Java that Spark would start; none when there is none. Java 8 calls itself 1."""
    home = os.environ.get("JAVA_HOME")
    command = shutil.which(str(Path(home) / "bin" / "java") if home else "java")
    if command is None:
        return None
    try:
        said = subprocess.run(
            [command, "-version"], capture_output=True, encoding="utf-8", errors="replace", timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(\d+)', said.stderr + said.stdout)
    return int(found[1]) if found else None


def _require_master(engine: Engine) -> None:
    try:
        with socket.create_connection((str(engine.host).strip("[]"), int(engine.port or 0)), ANSWER):
            return
    except OSError as bad:
        remedy = _("See that the cluster runs and that the address is its master's. Or leave --engine out.")
        raise SettingsError(_("The Spark cluster does not answer."), engine.url, remedy) from bad


@contextmanager
def open_spark(engine: Engine, tables: Mapping[str, Any]) -> Iterator[Any]:
    """An Ibis connection to a Spark session of its own; see `sigun.engine.connect`."""
    import ibis

    lost = _failures()
    logging.getLogger("py4j").setLevel(logging.CRITICAL)  # it would log a traceback for what is raised anyway
    with tempfile.TemporaryDirectory(prefix="sigun-spark-", ignore_cleanup_errors=True) as scratch:
        try:
            session = _start(engine, Path(scratch))
        except lost as bad:
            remedy = _("See that Java 17 runs and that the cluster takes applications. Or leave --engine out.")
            raise SettingsError(
                _("Spark does not start: {reason}").format(reason=_first_line(bad)), engine.url, remedy
            ) from bad
        try:
            connection = ibis.pyspark.connect(session)
            for name, table in tables.items():
                _hand_over(session, name, table)
            with _given_up_on(session) if engine.kind == "spark" else nullcontext():
                yield connection
        except lost as bad:
            raise RunError(
                _("Spark stopped before the tables were done: {reason}").format(reason=_first_line(bad)),
                engine.url,
                _("Run it again, or without --engine: finished steps are kept, and the figures are the same."),
            ) from bad
        finally:
            with suppress(*lost):
                session.stop()


def _start(engine: Engine, scratch: Path) -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("sigun").master(_master(engine))
    for name, value in _conf(engine, scratch).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _master(engine: Engine) -> str:
    if engine.kind == "spark":
        return f"spark://{engine.host}:{engine.port}"
    return f"local[{engine.threads or '*'}]"


def _conf(engine: Engine, scratch: Path) -> dict[str, str]:
    quiet = scratch / "log4j2.properties"
    quiet.write_text(QUIET, encoding="utf-8")
    conf = {
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={quiet.as_uri()}",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.maxResultSize": "0",
        "spark.hadoop.fs.defaultFS": "file:///",  # paths are files, also where the cluster has another store
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.timestampType": "TIMESTAMP_NTZ",  # local times without a zone, as everywhere here
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.execution.arrow.pyspark.fallback.enabled": "false",
    }
    memory = "spark.driver.memory"
    if engine.kind == "spark":
        memory = "spark.executor.memory"
        conf |= {"spark.cores.max": str(engine.threads)} if engine.threads else {}
    else:  # nothing outside this machine may talk to it
        conf |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.local.dir": tempfile.gettempdir(),  # emptied by Spark itself when its process ends
        }
    return conf | ({memory: f"{engine.memory}m"} if engine.memory else {})


def _hand_over(session: Any, name: str, table: Any) -> None:
    import pyarrow as pa

    if isinstance(table, Path):
        frame = session.read.parquet(str(table.resolve()))
    else:
        arrow = table if isinstance(table, pa.Table) else pa.Table.from_pandas(table, preserve_index=False)
        frame = session.createDataFrame(arrow)
    frame.createOrReplaceTempView(name)


@contextmanager
def _given_up_on(session: Any) -> Iterator[None]:
    """Cancel what runs once the cluster has had no worker for PATIENCE seconds."""
    done, alone = threading.Event(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(session.sparkContext, done, alone), daemon=True)
    watcher.start()
    try:
        yield
    except _failures() as bad:
        if alone.is_set():
            raise ConnectionError(_("no worker of the cluster for {n} seconds").format(n=round(PATIENCE))) from bad
        raise
    finally:
        done.set()
        watcher.join()


def _watch(context: Any, done: threading.Event, alone: threading.Event) -> None:
    gone: tuple[type[Exception], ...] = (*_failures(), AttributeError)  # Spark itself: the query ends by that
    pause = PATIENCE / 10
    seconds = 0.0
    while not done.wait(pause):
        try:
            executors = len(context._jsc.sc().statusTracker().getExecutorInfos()) - 1  # the driver is one of them
            seconds = 0.0 if executors > 0 else seconds + pause
            if seconds >= PATIENCE:
                alone.set()
                context.cancelAllJobs()
        except gone:
            return


def _failures() -> tuple[type[Exception], ...]:
    """What is raised when Spark, its Java or the line to it gives way."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return (PySparkException, Py4JError, ConnectionError, EOFError)


def _first_line(bad: BaseException) -> str:
    """What Spark says, without its Java stack."""
    lines = [line.strip(": ") for line in str(bad).splitlines() if line.strip(": ")]
    told = next((line for line in lines if line.startswith(("org.apache.spark", "java."))), lines[0] if lines else "")
    return (told or type(bad).__name__)[:200]
