"""The parser of python-edtf, an independent reader of the notation."""

import warnings

with warnings.catch_warnings():  # edtf 5.0 sets up its grammar in a way that newer pyparsing notes
    warnings.simplefilter("ignore")
    from edtf import parse_edtf

__all__ = ["parse_edtf"]
