"""The full-text index, in each database its own; and the words that are offered for mistyped ones, by item."""

import django.db.models.deletion
from django.db import migrations, models

POSTGRESQL = [
    """
    ALTER TABLE library_searchdocument ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(
            regexp_split_to_array(title || ' ' || summary || ' ' || body, '\\s+'), ''
        ))
    ) STORED
    """,
    "CREATE INDEX library_search_vector ON library_searchdocument USING gin (vector)",
    # The planner does not count what it costs to fetch and unpack the vectors, and would rather read them all.
    """
    CREATE FUNCTION library_search(query tsquery) RETURNS SETOF bigint
    LANGUAGE sql STABLE ROWS 100 SET enable_seqscan = off
    AS 'SELECT item_id FROM library_searchdocument WHERE vector @@ query'
    """,
]
# The table holds no second copy of the words (content=...): it has to be told the old ones when they go.
COLUMNS = "rowid, title, summary, body"
ADD = f"INSERT INTO library_search ({COLUMNS}) VALUES (new.item_id, new.title, new.summary, new.body)"
REMOVE = (
    f"INSERT INTO library_search (library_search, {COLUMNS}) "
    "VALUES ('delete', old.item_id, old.title, old.summary, old.body)"
)
SQLITE = [
    """
    CREATE VIRTUAL TABLE library_search USING fts5(
        title, summary, body, content='library_searchdocument', content_rowid='item_id', tokenize='ascii'
    )
    """,
    f"CREATE TRIGGER library_search_added AFTER INSERT ON library_searchdocument BEGIN {ADD}; END",
    f"CREATE TRIGGER library_search_removed AFTER DELETE ON library_searchdocument BEGIN {REMOVE}; END",
    f"CREATE TRIGGER library_search_changed AFTER UPDATE ON library_searchdocument BEGIN {REMOVE}; {ADD}; END",
    "INSERT INTO library_search (library_search) VALUES ('rebuild')",
]
POSTGRESQL_BACK = [
    "DROP FUNCTION library_search(tsquery)",
    "ALTER TABLE library_searchdocument DROP COLUMN vector",
]
SQLITE_BACK = [
    "DROP TRIGGER library_search_added",
    "DROP TRIGGER library_search_removed",
    "DROP TRIGGER library_search_changed",
    "DROP TABLE library_search",
]


def make_index(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0001_initial'),
    ]

    operations = [
        migrations.DeleteModel(name='SearchTerm'),
        migrations.CreateModel(
            name='SearchTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(max_length=30)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='search_terms', to='library.catalogueitem')),
            ],
            options={
                'verbose_name': 'search term',
                'verbose_name_plural': 'search terms',
                'constraints': [models.UniqueConstraint(fields=('term', 'item'), name='library_one_term_an_item')],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
