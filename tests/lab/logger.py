"""A minimal activity log on matrix-nio, to compare Hearth's intake with: URL USER DEVICE TOKEN DATABASE UNTIL.

Syncs until the homeserver's token is UNTIL, writes one row an event, prints {"events", "cpu", "wall"} (seconds).
"""

import asyncio
import json
import sqlite3
import sys
import time

import nio


async def main(url, user, device, token, path, until):
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute(
        "CREATE TABLE activity (id INTEGER PRIMARY KEY, at INTEGER, room TEXT, sender TEXT, kind TEXT, event TEXT UNIQUE)"
    )
    client = nio.AsyncClient(url, user)
    client.restore_login(user, device, token)
    rows = 0
    cpu, wall = time.process_time(), time.monotonic()
    while client.next_batch != until:
        answer = await client.sync(timeout=1000)
        if isinstance(answer, nio.SyncError):
            raise RuntimeError(f"cannot sync: {answer.message}")
        for room, data in answer.rooms.join.items():
            for event in data.timeline.events:
                kind = event.source.get("type")
                row = (event.server_timestamp, room, event.sender, kind, event.event_id)
                database.execute(
                    "INSERT OR IGNORE INTO activity (at, room, sender, kind, event) VALUES (?, ?, ?, ?, ?)", row
                )
                rows += 1
        database.commit()
    cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    await client.close()
    print(json.dumps({"events": rows, "cpu": cpu, "wall": wall}))


asyncio.run(main(*sys.argv[1:7]))
