"""Rules for the sources themselves."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[3] / "rehearsal" / "aws"
FILES = sorted(ROOT.rglob("*.py"))


def test_no_file_is_longer_than_200_lines():
    assert len(FILES) > 20
    assert [str(f) for f in FILES if len(f.read_text().splitlines()) > 200] == []


def test_no_line_is_longer_than_120_characters():
    assert [f"{f}: {line}" for f in FILES for line in f.read_text().splitlines() if len(line) > 120] == []


def test_no_function_is_longer_than_60_lines():
    functions = [(f, n) for f in FILES for n in ast.walk(ast.parse(f.read_text())) if isinstance(n, ast.FunctionDef)]
    assert [f"{f}: {n.name}" for f, n in functions if (n.end_lineno or 0) - n.lineno >= 60] == []
