"""Fuzzing by structure, and by coverage: documents through the reader, and whole commands.

`nox -s fuzz -- --minutes 30` runs documents of every format through the reader, replay and lint.
`--through commands` runs random commands, with random arguments, over folders of such documents.
`--by coverage` lets Atheris choose the documents, where it is installed; else they are drawn by
structure alone, and the run says so.
"""

from __future__ import annotations

import importlib
import sys

from campaigns.campaign import parser, run

if __name__ == "__main__":
    options = parser(__doc__)
    options.add_argument("--through", choices=("reader", "commands"), default="reader")
    options.add_argument("--by", choices=("structure", "coverage"), default="structure")
    asked = options.parse_args()
    if asked.by == "coverage":
        from campaigns import guided

        sys.exit(guided.run(asked))
    module = importlib.import_module(f"campaigns.{asked.through}")
    end = run(f"fuzz-{asked.through}", module.case, asked)
    if asked.through == "reader":
        found = ", ".join(f"{code} {count}" for code, count in sorted(module.codes.items()))
        print(f"  {len(module.codes)} codes in this run: {found}")
    sys.exit(end)
