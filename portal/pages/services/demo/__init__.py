"""The demonstration: invented, labelled as such, relative to today, and as much of it as is asked for."""

from portal.pages.services.demo.accounts import Account, make_accounts
from portal.pages.services.demo.loading import DemoReport, load_demo

__all__ = ["Account", "DemoReport", "load_demo", "make_accounts"]
