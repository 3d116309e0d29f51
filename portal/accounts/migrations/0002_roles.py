"""The groups of the roles.

Only their names: permissions are made by Django after the migrations of their application, so
``portal.accounts.services.roles.sync_roles`` gives them to the groups in ``post_migrate``.
"""

from django.db import migrations

NAMES = ["manager", "event officer", "logistics", "check-in desk", "editor", "translator", "read-only"]


def make_groups(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name in NAMES:
        group.objects.using(schema_editor.connection.alias).get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
