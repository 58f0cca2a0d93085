"""A worker on another machine reads its slice from an address."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from aidkit.errors import MissingTablesError
from aidkit.internal.open import open_stored
from aidkit.project import Project
from aidkit.show.sliced import open_slice
from tests.slices.conftest import AUTUMN, Made


class Ranges(SimpleHTTPRequestHandler):
    """Serves files, parts of them too, as object stores do."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        asked = self.headers.get("Range")
        first, last = 0, len(content) - 1
        if asked:
            start, _, end = asked.removeprefix("bytes=").partition("-")
            first = int(start) if start else max(0, len(content) - int(end))
            last = min(int(end), last) if start and end else last
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(last - first + 1))
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.end_headers()
        self.wfile.write(content[first : last + 1])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address(made: Made, tmp_path: Path) -> Iterator[str]:
    """Where the slices of the county lie, and nothing else."""
    made.slices(tmp_path / "demo" / AUTUMN.code, made.internal)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Ranges, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_report_needs_nothing_but_the_address(
    made: Made, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIDKIT_WORK", f"{address}/")
    school = made.public["schools"]["school_code"][0]
    elsewhere = Project(tmp_path / "empty")
    frames = open_slice(elsewhere, Path("data/demo"), AUTUMN, "public", school)
    assert set(frames["schools"]["school_code"]) == {school}
    monkeypatch.chdir(made.project.root)
    view, stored = open_stored(AUTUMN.code, "data/demo", school)
    assert (view.school, stored.of_school) == (school, True)


def test_what_is_not_there_is_missing_and_not_decided_on_the_spot(
    made: Made, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIDKIT_WORK", address)
    monkeypatch.chdir(made.project.root)
    with pytest.raises(MissingTablesError, match="2027 年春季学期"):
        open_stored("2027-spring", "data/demo", None)
