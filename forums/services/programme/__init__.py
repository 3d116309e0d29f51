"""The programme of an event: what clashes, what is released, what a spreadsheet brings in."""

from forums.services.programme.release import carry_release, release_programme, withdraw_programme

__all__ = ["carry_release", "release_programme", "withdraw_programme"]
