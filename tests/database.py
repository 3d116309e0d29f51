"""The whole database, to tell whether anything changed."""

from django.db import connection


def everything() -> dict[str, list[tuple]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        dump = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            dump[table] = sorted(cursor.fetchall(), key=repr)
    return dump
