"""One JSON object a line for every mention: the contract in docs/reference.md."""

from __future__ import annotations

import json
from collections.abc import Iterator

from explainer.report.links import LinksReport
from explainer.report.records import contract


def render(report: LinksReport) -> Iterator[str]:
    return (json.dumps(contract(finding), ensure_ascii=False) + "\n" for finding in report.findings)
