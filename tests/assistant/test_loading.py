"""The reading of a trained model: from Rasa's archive or a folder, or an error in French."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from assistant_am.assistant.loading import load_reader
from assistant_am.understanding.heads import BrokenModel
from assistant_am.understanding.reader import FILES, ContextReader


@pytest.fixture
def read(monkeypatch):
    """In place of reading the files: their names and contents are the reader."""

    def names(folder: Path) -> dict[str, bytes]:
        return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}

    monkeypatch.setattr(ContextReader, "load", staticmethod(names))
    return load_reader


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "component_1"
    folder.mkdir()
    for name in (*FILES, "autre.txt"):
        (folder / name).write_bytes(name.encode() * 500)
    return folder


def archive(files: Path) -> Path:
    path = files.parent / "modele.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        tar.add(files, arcname="components/train_1")
    return path


def test_a_folder_is_read_as_it_is(read, files):
    """What `assistant-am evaluate --modele` may name."""
    assert set(read(files)) == {*FILES, "autre.txt"}


def test_an_archive_gives_the_files_of_the_reading_alone(read, files):
    """Wherever they stand in Rasa's archive; nothing else is taken out of it."""
    found = read(archive(files))
    assert set(found) == set(FILES)
    assert found[FILES[0]] == FILES[0].encode() * 500


@pytest.mark.parametrize("damage", ["missing", "short", "other"])
def test_a_damaged_archive_is_told_in_french(read, files, damage):
    """With its name, and what to do."""
    path = archive(files)
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(content[: len(content) // 2] if damage == "short" else b"rien")
    with pytest.raises(BrokenModel, match=r"(?s)modele\.tar\.gz illisible .* lancez `make train`"):
        read(path)


def test_an_archive_of_another_assistant_is_told_in_french(tmp_path):
    """Without our files there is nothing to read."""
    (tmp_path / "a").mkdir()
    with pytest.raises(BrokenModel, match="lancez `make train`"):
        load_reader(archive(tmp_path / "a"))
