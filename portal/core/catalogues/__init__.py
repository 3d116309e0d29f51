"""Translations without a system gettext: texts are collected from code and templates and held against locale/."""

from portal.core.catalogues.files import compile_catalogue, faults, merge
from portal.core.catalogues.sources import collect
from portal.core.catalogues.words import catalogue_files

__all__ = ["catalogue_files", "collect", "compile_catalogue", "faults", "merge"]
