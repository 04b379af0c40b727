"""Which mentions are found in a sentence, and what is decided on them. `cases.py` describes the tables."""

from pathlib import Path

import pytest

from tests.annotate.cases import decide, write_decisions
from tests.sites import rows

HERE = Path(__file__).parent
TABLES = sorted(HERE.glob("*.txt"))


@pytest.mark.parametrize("row", [row for table in TABLES for row in rows(table)])
def test_decisions(row):
    annotation = decide(row.given)
    assert write_decisions(annotation) == row.expected
