"""What EKS answers when it refuses. Messages are AWS's where they are known."""

from __future__ import annotations

from functools import partial


class EksError(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


invalid = partial(EksError, 400, "InvalidParameterException")
bad_request = partial(EksError, 400, "InvalidRequestException")
in_use = partial(EksError, 409, "ResourceInUseException")
missing = partial(EksError, 404, "ResourceNotFoundException")
