"""Get the search library of the site: MiniSearch, one file, as its package has it.

    python tools/get_minisearch.py

It needs npm. The file and its licence go into `templates/site/`. Both digests are checked, so that
a new version is a change of the lines below.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path

VERSION = "7.2.0"  # MIT
PACKAGE = "cb3b8126a3ea65d6b387787294f0792b0ea4a40b70f8f37688066a5638e0218a"
SCRIPT = "03c27931eb603af1d3358579e9885eafdb6a2f5fa9929557b3e77d7e99d06d03"
ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "src" / "recognition_model" / "report" / "templates" / "site"
FILES = {
    "package/dist/umd/index.js": "minisearch.js",
    "package/LICENSE.txt": "minisearch.LICENSE.txt",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", f"minisearch@{VERSION}", "--silent"]
        subprocess.run(command, cwd=folder, check=True)
        (packed,) = Path(folder).iterdir()
        data = packed.read_bytes()
    if sha256(data).hexdigest() != PACKAGE:
        raise SystemExit("the package is another one than before")
    with tarfile.open(fileobj=io.BytesIO(data)) as package:
        for name, ours in FILES.items():
            part = package.extractfile(name)
            assert part is not None
            (PLACE / ours).write_bytes(part.read())
    if sha256((PLACE / "minisearch.js").read_bytes()).hexdigest() != SCRIPT:
        raise SystemExit("the script is another one than before")


if __name__ == "__main__":
    main()
