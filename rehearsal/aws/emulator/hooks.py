"""Puts a rule in front of a moto method."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

Args = dict[str, Any]
Check = Callable[[Any, Args], None]


def around(cls: type, method: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Replaces a moto method by a function whose first argument is the original, bound to its object."""

    def decorate(replacement: Callable[..., Any]) -> Callable[..., Any]:
        # An AttributeError here says that moto has changed; later the rule would be missing without a word.
        original = getattr(cls, method)

        @functools.wraps(original)
        def replaced(self: Any, *args: Any, **kwargs: Any) -> Any:
            return replacement(functools.partial(original, self), self, *args, **kwargs)

        setattr(cls, method, replaced)
        return replacement

    return decorate


def before(cls: type, method: str) -> Callable[[Check], Check]:
    """Runs a check ahead of a moto method, with its arguments by name. The check raises the error that AWS answers."""
    signature = inspect.signature(getattr(cls, method))

    def decorate(check: Check) -> Check:
        def checked(original: Callable[..., Any], self: Any, *args: Any, **kwargs: Any) -> Any:
            bound = signature.bind(self, *args, **kwargs)
            bound.apply_defaults()
            check(self, dict(bound.arguments))
            return original(*args, **kwargs)

        around(cls, method)(checked)
        return check

    return decorate
