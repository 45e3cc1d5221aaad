"""The mutants of a module: its source with one small change each.

The changes are those of mutmut's operators (BSD), of a call only those that give None for an
argument, and four of ours: `return x` becomes `return None`, a filter of a comprehension is
dropped, a condition is negated, a loop runs over nothing. mutmut itself does not run: it leaves
out every decorated function, properties included, and what stands outside of functions.

Left alone are annotations, decorators, docstrings, texts for people (any literal with a space, and
those of `doc`), `strict=` of `zip`, and blocks for type checkers; and False does not become None,
nor None an empty text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import libcst as cst
from attrs import frozen
from libcst import matchers as m
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper
from mutmut.mutation.mutators import mutation_operators, operator_arg_removal, operator_string


@frozen
class Mutant:
    """A module with one change. `was` and `now` are the lines changed."""

    module: str
    function: str  # the outermost one, with its class; the class; or nothing
    line: int
    was: str
    now: str
    source: str
    inside: bool  # of a function's body, so that its code alone differs

    def __str__(self) -> str:
        return (
            f"{self.module}:{self.line} {self.function or 'at the top'}: {self.was} => {self.now}"
        )


def mutants_of(module: str, path: Path) -> list[Mutant]:
    """All mutants of a module, in the order of its source; each text once."""
    text = path.read_bytes()
    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    spans = wrapper.resolve(ByteSpanPositionProvider)
    changes = _Changes()
    wrapper.module.visit(changes)
    made: dict[str, Mutant] = {}
    whole = text.decode()
    for function, inside, old, new in changes.found:
        span = spans[old]
        changed = wrapper.module.code_for_node(new).encode()
        source = (text[: span.start] + changed + text[span.start + span.length :]).decode()
        if source not in made and _compiles(source):
            line, was, now = _difference(whole, source)
            if was.split() != now.split():
                made[source] = Mutant(module, function, line, was, now, source, inside)
    return list(made.values())


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def _difference(was: str, now: str) -> tuple[int, str, str]:
    """The number of the first line that differs, and the lines that do, each as one text."""
    old, new = was.splitlines(), now.splitlines()
    most = min(len(old), len(new))
    first = next((i for i in range(most) if old[i] != new[i]), most)
    last = next((i for i in range(most - first) if old[-1 - i] != new[-1 - i]), most - first)
    old, new = old[first : len(old) - last], new[first : len(new) - last]
    return first + 1, _in_one(old), _in_one(new)


def _in_one(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


class _Changes(cst.CSTVisitor):
    """Every change of a module: (function, whether in its body, node, other node)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, bool, cst.CSTNode, cst.CSTNode]] = []
        self.names: list[str] = []
        self.function = ""
        self.body: cst.CSTNode | None = None
        self.inside = False

    def on_visit(self, node: cst.CSTNode) -> bool:
        if any(m.matches(node, pattern) for pattern in _LEFT_ALONE) or _is_text(node):
            return False
        if not self.function and isinstance(node, cst.FunctionDef | cst.ClassDef):
            self.names.append(node.name.value)
        if not self.function and isinstance(node, cst.FunctionDef):
            self.function, self.body = ".".join(self.names), node.body
        self.inside = self.inside or node is self.body
        name = self.function or ".".join(self.names)
        self.found += [(name, self.inside, old, new) for old, new in _changes_of(node)]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if original_node is self.body:
            self.inside = False
        if isinstance(original_node, cst.FunctionDef) and original_node.body is self.body:
            self.function, self.body = "", None
            self.names.pop()
        elif isinstance(original_node, cst.ClassDef) and not self.function:
            self.names.pop()


def _changes_of(node: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, cst.CSTNode]]:
    for kind, operator in _OPERATORS:
        if isinstance(node, kind):
            for other in operator(node):
                if not _in_vain(node, other):
                    yield node, other
    if isinstance(node, cst.If | cst.While):
        yield node.test, _negated(node.test)
    if isinstance(node, cst.For):
        yield node.iter, cst.Tuple(elements=())


def _in_vain(node: cst.CSTNode, other: cst.CSTNode) -> bool:
    """Whether False becomes None, or None the empty text: as false as before."""
    if isinstance(node, cst.Call):
        pairs = zip(node.args, other.args, strict=False)
        return any(old is not new and m.matches(old.value, _FALSE) for old, new in pairs)
    return isinstance(node, cst.Assign | cst.AnnAssign) and m.matches(
        node.value, _FALSE | m.Name("None")
    )


_FALSE = m.Name("False")


def _is_text(node: cst.CSTNode) -> bool:
    """Whether it is a literal for people."""
    return isinstance(node, cst.ConcatenatedString) or (
        isinstance(node, cst.SimpleString) and (" " in node.value or '"""' in node.value)
    )


_LEFT_ALONE = (
    m.Annotation(),
    m.Decorator(),
    m.Import(),
    m.ImportFrom(),
    m.If(test=m.Name("TYPE_CHECKING")),
    m.Arg(keyword=m.Name("strict")),
    m.Call(func=m.Name("doc")),
    m.Call(func=m.Name("TypeVar")),
    m.Expr(value=m.SimpleString() | m.ConcatenatedString()),
)


def _returns_none(node: cst.Return) -> Iterator[cst.Return]:
    if node.value is not None and not m.matches(node.value, m.Name("None")):
        space = cst.SimpleWhitespace(" ")
        yield node.with_changes(value=cst.Name("None"), whitespace_after_return=space)


def _drops_filter(node: cst.CompFor) -> Iterator[cst.CompFor]:
    for place in range(len(node.ifs)):
        yield node.with_changes(ifs=(*node.ifs[:place], *node.ifs[place + 1 :]))


def _negated(test: cst.BaseExpression) -> cst.BaseExpression:
    inner = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return cst.UnaryOperation(operator=cst.Not(), expression=inner)


def _once(node: cst.SimpleString) -> Iterable[cst.BaseString]:
    """Of mutmut's three changes of a literal the first."""
    return list(operator_string(node))[:1]


def _as_none(node: cst.Call) -> Iterator[cst.Call]:
    """Of mutmut's changes of a call those that give None for an argument."""
    count = len(node.args)
    for other in operator_arg_removal(node):
        changed = [new for old, new in zip(node.args, other.args, strict=False) if old is not new]
        guards = any(m.matches(new, m.Arg(keyword=m.Name("strict"))) for new in changed)
        if len(other.args) == count and not guards:
            yield other


_OPERATORS: Sequence[tuple[type, Callable[..., Iterable[cst.CSTNode]]]] = (
    *(
        (kind, made)
        for kind, made in mutation_operators
        if made not in (operator_string, operator_arg_removal)
    ),
    (cst.SimpleString, _once),
    (cst.Call, _as_none),
    (cst.Return, _returns_none),
    (cst.CompFor, _drops_filter),
)
