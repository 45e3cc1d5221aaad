"""The settings of the documentation site: `nox -s docs` builds it with Sphinx."""

from __future__ import annotations

import sys
from importlib.metadata import version as version_of
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_sphinx"))

project = "recognition_model"
author = "the authors of recognition_model"
project_copyright = f"{author}. Code: MIT. Record and pages made from it: CC BY 4.0"
release = version_of("recognition-model")

extensions = ["myst_parser", "sphinx.ext.autodoc", "docstrings", "pages"]
exclude_patterns = ["_build", "_sphinx"]
root_doc = "index"
language = "en"
nitpicky = True  # every type of ours in a signature is on a page; those of others are not ours
nitpick_ignore_regex = [
    ("py:.*", r"(collections|datetime|fractions|hypothesis|matplotlib|numpy|os|pathlib)\..*")
]

myst_heading_anchors = 4

autodoc_default_options = {"members": True, "undoc-members": True, "member-order": "bysource"}
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
add_module_names = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
python_trailing_comma_in_multi_line_signatures = False
toc_object_entries_show_parents = "hide"

pygments_dark_style = "a11y-dark"
html_theme = "furo"
html_title = f"recognition_model {release}"
html_copy_source = False
html_show_sphinx = False
html_static_path = ["_sphinx/static"]
html_css_files = ["site.css"]
