"""Files are sealed and packed beside who writes them: the same bytes for the same files in the same order, and no fault goes unheard."""

import hashlib
import zipfile

import pytest

from deliberation.exports import parcel


@pytest.fixture
def files(tmp_path):
    """A folder with two files."""
    folder = tmp_path / "files"
    (folder / "csv").mkdir(parents=True)
    (folder / "b.jsonl").write_bytes(b"b" * 300_000)
    (folder / "csv/a.csv").write_bytes(b"a,b\r\n")
    return folder


def packed(files, out):
    with parcel.packing(files, out, "water") as taken:
        taken.take("b.jsonl")
        taken.take_rest()
        return taken.seals()


def test_a_parcel_is_the_same_bytes_and_its_seals_are_those_of_the_files(files, tmp_path):
    seals = packed(files, tmp_path / "one.zip")
    packed(files, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["water/b.jsonl", "water/csv/a.csv"]
        for name, seal in seals.items():
            held = archive.read(f"water/{name}")
            assert held == (files / name).read_bytes()
            assert seal == {"bytes": len(held), "sha256": hashlib.sha256(held).hexdigest()}
    with parcel.sealing(files) as taken:
        taken.take_rest()
        assert taken.seals() == seals


def test_a_file_that_cannot_be_taken_ends_the_parcel(files, tmp_path):
    with (
        pytest.raises(FileNotFoundError),
        parcel.packing(files, tmp_path / "one.zip", "water") as taken,
    ):
        taken.take("gone.jsonl")
