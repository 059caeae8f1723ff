"""Files that wait beside a site until all of them are made."""

from __future__ import annotations

import pytest

from dateline.files import digest_of
from dateline.problems import UsageError
from dateline.staged import STAGING, Staged
from trackers import files_of


def test_files_wait_on_disk_and_nowhere_else(tmp_path):
    out = tmp_path / "site"
    with Staged(out) as staged:
        staged["a.html"] = b"a"
        staged["b/c.html"] = b"c"
        staged["a.html"] = b"anew"
        assert dict(staged) == {"a.html": b"anew", "b/c.html": b"c"}
        assert staged.digests == {"a.html": digest_of(b"anew"), "b/c.html": digest_of(b"c")}
        assert sorted(path.read_bytes() for path in out.glob(f"{STAGING}*/*")) == [b"anew", b"c"]
        staged.move("b/c.html")
    assert files_of(out) == {"b/c.html": b"c"}


def test_nothing_is_left_of_files_that_were_not_wanted(tmp_path):
    with Staged(tmp_path / "site") as staged:
        staged["a.html"] = b"a"
        assert (tmp_path / "site").is_dir()
    assert list(tmp_path.iterdir()) == []


def test_what_stands_there_is_not_written_again(tmp_path):
    (tmp_path / "a.html").write_bytes(b"a")
    (tmp_path / "b.html").write_bytes(b"b")
    with Staged(tmp_path, {"a.html": digest_of(b"a")}) as staged:
        staged["a.html"] = b"a"
        assert list(tmp_path.glob(STAGING + "*")) == []
        staged["b.html"] = b"b"
        staged["c.html"] = b"c"
        assert [staged.stands(path) for path in staged] == [True, True, False]
        assert staged["a.html"] == b"a"


def test_a_file_made_again_as_it_stands_waits_no_longer_and_takes_no_place(tmp_path):
    (tmp_path / "a.html").write_bytes(b"a")
    with Staged(tmp_path, {"a.html": digest_of(b"a")}) as staged:
        staged["a.html"] = b"other"
        staged["b.html"] = b"b"
        staged["a.html"] = b"a"
        staged["c.html"] = b"c"
        assert dict(staged) == {"a.html": b"a", "b.html": b"b", "c.html": b"c"}


def test_a_folder_that_takes_no_file_says_so(tmp_path):
    (tmp_path / "site").write_text("a file")
    with pytest.raises(UsageError, match="cannot write site"), Staged(tmp_path / "site") as staged:
        staged["a.html"] = b"a"
