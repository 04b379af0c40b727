"""Writes the list of views in docs/templates.md from `explainer/render/views/`.

python -m tests.docs.views_reference
"""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
VIEWS = [ROOT / "explainer" / "render" / "views" / f"{name}.py" for name in ("shared", "maps", "parts", "pages")]
PAGE = ROOT / "docs" / "templates.md"
BEGIN = "<!-- written by tests/docs/views_reference.py from explainer/render/views/ -->\n"
END = "<!-- end of what is written -->\n"

PLAIN = {
    "Html": "markup",
    "SourcePath": "text",
    "Url": "url",
    "bool": "true or false",
    "dt.date": "date",
    "dt.datetime": "date and time",
    "float": "number",
    "int": "number",
    "str": "text",
}


def views_reference(source: str) -> str:
    """The classes of views as Markdown, in the order of the source."""
    tree = ast.parse(source)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    names = {c.name: c for c in classes}
    return "\n".join(line for c in classes for line in _class(c, names))


def _class(node: ast.ClassDef, names: Mapping[str, ast.ClassDef]) -> Iterator[str]:
    yield f"### {node.name}\n"
    doc = _cleaned(ast.get_docstring(node) or "")
    if doc:
        yield f"{doc}\n"
    yield "| field | type | meaning |"
    yield "|---|---|---|"
    yield from _fields(node, names)
    yield ""


def _fields(node: ast.ClassDef, names: Mapping[str, ast.ClassDef]) -> Iterator[str]:
    """Those of the class that it is made from come first, as they do in its values."""
    for base in node.bases:
        if isinstance(base, ast.Name) and base.id in names:
            yield from _fields(names[base.id], names)
    for number, statement in enumerate(node.body):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            meaning = _docstring(node.body[number + 1 : number + 2])
            yield f"| `{statement.target.id}` | {_type(statement.annotation, names)} | {meaning} |"


def _docstring(after: list[ast.stmt]) -> str:
    """The string that follows a field."""
    match after:
        case [ast.Expr(value=ast.Constant(value=str(text)))]:
            return _cleaned(text)
        case _:
            return ""


def _cleaned(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _type(node: ast.expr, names: Container[str]) -> str:
    match node:
        case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=[one, ast.Constant(value=value)])) if (
            value is ...
        ):
            return f"list of {_type(one, names)}"
        case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=elements)):
            return f"({', '.join(_type(e, names) for e in elements)})"
        case ast.BinOp(left=left, right=ast.Constant(value=None)):
            return f"{_type(left, names)} or none"
    written = ast.unparse(node)
    return f"[{written}](#{written.lower()})" if written in names else PLAIN[written]


def written_page() -> str:
    """docs/templates.md as it should be."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in VIEWS)
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{views_reference(source)}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written_page(), encoding="utf-8", newline="\n")
