"""Credentials in source text: a file that holds one is dropped whole."""

from __future__ import annotations

import re

# Each begins with literal text, so that a search through megabytes stays cheap.
SHAPES: dict[str, str] = {
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[\\A-Za-z0-9+/]",
    "AWS key id": r"A(?:KIA|SIA)[0-9A-Z]{16}\b",
    "GitHub token": r"gh[pousr]_[A-Za-z0-9]{36}",
    "GitHub fine-grained token": r"github_pat_[A-Za-z0-9_]{40,}",
    "Slack token": r"xox[abposr]-[A-Za-z0-9-]{10,}",
    "Google key": r"AIza[0-9A-Za-z_-]{35}\b",
    "Stripe key": r"k_live_[0-9a-zA-Z]{16,}",
    "npm token": r"npm_[A-Za-z0-9]{36}\b",
    "JSON web token": r"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{5,}",
    "password in a URL": r"://[A-Za-z0-9._-]+:[^\s:@/'\"<>{}$]{8,}@[A-Za-z0-9]",
}
_SHAPES = [re.compile(shape) for shape in SHAPES.values()]
_ASSIGNED = re.compile(r"[:=]\s*(['\"])(?=[^'\"\s]*\d)(?=[^'\"\s]*[A-Za-z])[A-Za-z0-9+/_=!@#$%^&*-]{12,}\1")
_SECRET_NAME = re.compile(r"(?:password|passwd|secret|api_?key|access_?token|auth_?token)['\"]?\s*$", re.IGNORECASE)


def assigned_secret(text: str) -> bool:
    """A quoted value of letters and digits given to something named like a secret."""
    return any(_SECRET_NAME.search(text, max(0, m.start() - 30), m.start()) for m in _ASSIGNED.finditer(text))


def holds_secret(text: str) -> bool:
    """Whether the text holds something shaped like a credential."""
    return any(shape.search(text) for shape in _SHAPES) or assigned_secret(text)
