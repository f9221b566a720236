"""Fetch the browser files we serve from npm, and write down their versions, licences and checksums.

Run by `make vendor`. Uses the `npm pack` of the machine, so the registry is whatever npm is told.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = ROOT / "static" / "vendor" / "manifest.json"
# npm package -> file in it -> where it goes
WANTED = {
    "htmx.org@4.0.1": {"dist/htmx.min.js": "static/vendor/htmx.min.js"},
    "@fontsource-variable/source-serif-4@5.3.1": {
        "files/source-serif-4-latin-wght-normal.woff2": "static/vendor/source-serif-4-latin.woff2",
    },
    "axe-core@4.14.1": {"axe.min.js": "tests/vendor/axe.min.js"},
}


def fetch(package: str, folder: Path) -> Path:
    """Unpack an npm package into `folder` and return where it is."""
    packed = subprocess.run(  # nosec B607
        ["npm", "pack", package, "--silent"],  # noqa: S607  npm as the machine knows it
        cwd=folder, check=True, capture_output=True, text=True,
    ).stdout.split()[-1]  # fmt: skip
    with tarfile.open(folder / packed) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    return folder / "unpacked" / "package"


def main() -> None:
    """Copy each wanted file and write the manifest."""
    listed = []
    for package, files in WANTED.items():
        with tempfile.TemporaryDirectory() as temporary:
            home = fetch(package, Path(temporary))
            about = json.loads((home / "package.json").read_text())
            for source, target in files.items():
                content = (home / source).read_bytes()
                (ROOT / target).parent.mkdir(parents=True, exist_ok=True)
                (ROOT / target).write_bytes(content)
                listed.append(
                    {
                        "file": target,
                        "package": about["name"],
                        "version": about["version"],
                        "licence": about["license"],
                        "sha256": hashlib.sha256(content).hexdigest(),
                    }
                )
    MANIFEST.write_text(json.dumps(listed, indent=2) + "\n")
    sys.stdout.write(f"{len(listed)} files vendored\n")


if __name__ == "__main__":
    main()
