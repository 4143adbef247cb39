"""Fewer indexes on what intake writes: those that another one covers are gone, marks are a table that is its own index."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

# SQLite keeps a table without rowid as the index of its key; other databases know no such thing and need no such thing.
_NEW = """
CREATE TABLE "desk_mark_new" (
  "key" varchar(40) NOT NULL,
  "story_id" bigint NOT NULL REFERENCES "desk_story" ("id") DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY ("key", "story_id")
)"""
_OLD = """
CREATE TABLE "desk_mark_new" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "key" varchar(40) NOT NULL,
  "story_id" bigint NOT NULL REFERENCES "desk_story" ("id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "one_mark_a_story" UNIQUE ("story_id", "key")
)"""


def marks_as_their_own_index(apps: Any, schema_editor: Any) -> None:
    _remake(schema_editor, f"{_NEW} WITHOUT ROWID" if schema_editor.connection.vendor == "sqlite" else _NEW)


def marks_with_ids(apps: Any, schema_editor: Any) -> None:
    _remake(schema_editor, _OLD)


def _remake(schema_editor: Any, statement: str) -> None:
    schema_editor.execute(statement)
    schema_editor.execute('INSERT INTO "desk_mark_new" ("key", "story_id") SELECT DISTINCT "key", "story_id" FROM "desk_mark"')
    schema_editor.execute('DROP TABLE "desk_mark"')
    schema_editor.execute('ALTER TABLE "desk_mark_new" RENAME TO "desk_mark"')


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(marks_as_their_own_index, marks_with_ids)],
            state_operations=[
                migrations.RemoveConstraint(
                    model_name='mark',
                    name='one_mark_a_story',
                ),
                migrations.RemoveField(
                    model_name='mark',
                    name='id',
                ),
                migrations.AddField(
                    model_name='mark',
                    name='pk',
                    field=models.CompositePrimaryKey('key', 'story', blank=True, editable=False, primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name='mark',
                    name='key',
                    field=models.CharField(max_length=40),
                ),
                migrations.AlterField(
                    model_name='mark',
                    name='story',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='desk.story'),
                ),
            ],
        ),
        migrations.RemoveIndex(
            model_name='event',
            name='desk_event_kind_2852ec_idx',
        ),
        migrations.AlterField(
            model_name='delivery',
            name='feed',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='desk.feed'),
        ),
        migrations.AlterField(
            model_name='event',
            name='item',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='desk.item'),
        ),
        migrations.AlterField(
            model_name='event',
            name='story',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='desk.story'),
        ),
        migrations.AlterField(
            model_name='item',
            name='feed',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='desk.feed'),
        ),
        migrations.AlterField(
            model_name='item',
            name='state',
            field=models.TextField(default='{}'),
        ),
        migrations.AlterField(
            model_name='story',
            name='feed',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='stories', to='desk.feed'),
        ),
        migrations.AlterField(
            model_name='story',
            name='section',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='stories', to='desk.section'),
        ),
        migrations.AlterField(
            model_name='story',
            name='source',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='stories', to='desk.source'),
        ),
        migrations.AlterField(
            model_name='version',
            name='item',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='desk.item'),
        ),
        migrations.AddIndex(
            model_name='story',
            index=models.Index(condition=models.Q(('is_corrected', True)), fields=['-order_at'], name='corrected_stories'),
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(fields=["policy"], name="stories_by_policy"),
        ),
    ]
