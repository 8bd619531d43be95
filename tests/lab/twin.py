"""Runs SQL statements over acts and compares what they give with the worker's archive: ACTS ARCHIVE SQL [SQL ...]

ACTS is a folder of `hearth-analytics acts`, ARCHIVE one of `--cache`, SQL a folder of statements, a file a table of
facts. Of each SQL folder it prints a line of JSON: {table: {"rows": in the archive, "wrong": [a few rows that only one
of the two has, or that differ], "months": {community: [months in the archive]}}}. Rows are compared as sets, numbers
with a fraction to 12 digits.
"""

import glob
import json
import os
import sys

import duckdb

MONTH = "CAST(substring(month, 1, 4) AS INT) * 12 + CAST(substring(month, 6, 2) AS INT) - 1"


def split(row):
    """What must be the same, in a form that can be sorted, and the numbers that must be nearly so."""
    exact = tuple(repr(cell) for cell in row if not isinstance(cell, float))
    return exact, [cell for cell in row if isinstance(cell, float)]


def is_near(one, other):
    return abs(one - other) <= 1e-12 * max(abs(one), abs(other))


def differences(ours, theirs):
    """What one has and the other has not."""
    ours, theirs = sorted(map(split, ours)), sorted(map(split, theirs))
    if [exact for exact, _ in ours] != [exact for exact, _ in theirs]:
        one, other = {exact for exact, _ in ours}, {exact for exact, _ in theirs}
        only = [["archive", *row] for row in sorted(one - other)] + [["sql", *row] for row in sorted(other - one)]
        return only or [["rows", len(ours), len(theirs)]]
    pairs = zip(ours, theirs)
    return [
        [*exact, *numbers, "!=", *others]
        for (exact, numbers), (_, others) in pairs
        if not all(map(is_near, numbers, others))
    ]


def text(folder, name):
    with open(os.path.join(folder, f"{name}.sql"), encoding="utf-8") as file:
        return file.read()


def compare(db, archive, folder, table):
    statement = text(folder, table)
    columns = [column[0] for column in db.execute(f"SELECT * FROM ({statement}) LIMIT 0").description]
    wanted = ", ".join(f'"{column}"' for column in columns[2:])
    ours = []
    # A table without rows has no file.
    files = f"{archive}/community=*/month=*/{table}.parquet"
    if glob.glob(files):
        kept = f"read_parquet('{files}', hive_partitioning = true)"
        there = [column[0] for column in db.execute(f"SELECT * FROM {kept} LIMIT 0").description]
        if sorted(there) != sorted(columns):
            raise SystemExit(f"{table}.sql gives {columns}, and the archive has {there}")
        ours = db.execute(f"SELECT community, {MONTH} AS month, {wanted} FROM {kept}").fetchall()
    # What comes after the last closed month may still change.
    closed = f"""
        SELECT community, max({MONTH}) AS last_closed
        FROM read_parquet('{archive}/community=*/month=*/counts.parquet', hive_partitioning = true) GROUP BY community"""
    twin = f"""
        SELECT twin.community, month, {wanted} FROM ({statement}) AS twin
        JOIN ({closed}) AS closed ON closed.community = twin.community AND month <= last_closed"""
    theirs = db.execute(twin).fetchall()
    months = {}
    for row in ours:
        months.setdefault(row[0], set()).add(row[1])
    return {
        "rows": len(ours),
        "wrong": differences(ours, theirs)[:5],
        "months": {community: sorted(those) for community, those in months.items()},
    }


def main(acts, archive, *folders):
    for folder in folders:
        db = duckdb.connect()
        files = f"SELECT * FROM read_parquet('{acts}/community=*/month=*/acts.parquet', hive_partitioning = true)"
        db.execute(f"CREATE VIEW acts_files AS {files}")
        db.execute(f"CREATE VIEW acts AS {text(folder, 'acts')}")
        names = sorted(os.path.basename(path)[: -len(".sql")] for path in glob.glob(f"{folder}/*.sql"))
        print(json.dumps({name: compare(db, archive, folder, name) for name in names if name != "acts"}), flush=True)


main(*sys.argv[1:])
