"""The log under the name that this room knows it by; it is kept with the accounts, whose deeds it lists."""

from __future__ import annotations

from caveat.accounts.log import BEGINNING, check, history, name_of, record, record_all

__all__ = ["BEGINNING", "check", "history", "name_of", "record", "record_all"]
