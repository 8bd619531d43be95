"""Runs Synapse in this process, for one test or demo: CONFIG SIGNING_KEY [--quicken] [--ahead FILE].

Three things that Synapse's own entry point does not do:

* it ends when its standard input closes, so a crashed test never leaves a server behind;
* with `--ahead`, what happens while FILE holds a number happens so many seconds from now, in the past
  say, and in each room in the order in which it is sent: a bot that lives in the past has no other way
  to say so;
* it tells SQLite not to wait for the disk. A killed process loses nothing by that (the kernel
  has the pages), only a power cut would, and a lab does not outlive one.
"""

import os
import sys
import threading


def end_with_parent():
    """Waits for the end of standard input, then leaves at once."""
    while os.read(0, 4096):
        pass
    os._exit(3)


def do_not_wait_for_the_disk():
    from synapse.storage.engines.sqlite import Sqlite3Engine

    original = Sqlite3Engine.on_new_connection

    def on_new_connection(self, connection):
        original(self, connection)
        for pragma in ("synchronous = OFF", "cache_size = -65536", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma};")
        connection.commit()

    Sqlite3Engine.on_new_connection = on_new_connection


def live_at_another_time(file):
    import time

    from synapse.handlers.message import EventCreationHandler

    original = EventCreationHandler.create_event
    latest = {}

    async def create_event(self, requester, event_dict, *args, **kwargs):
        try:
            with open(file) as opened:
                ahead = int(opened.read()) * 1000
        except (FileNotFoundError, ValueError):
            ahead = None
        # The first event of a room names none.
        room = event_dict.get("room_id")
        if ahead is not None:
            at = event_dict.get("origin_server_ts") or int(time.time() * 1000) + ahead
            event_dict["origin_server_ts"] = at = max(at, latest.get(room, 0) + 1000)
            if room:
                latest[room] = at
        return await original(self, requester, event_dict, *args, **kwargs)

    EventCreationHandler.create_event = create_event


def make_signing_key(path):
    """Synapse refuses to start without one, and makes it only in a run of its own."""
    if os.path.exists(path):
        return
    from signedjson.key import generate_signing_key, write_signing_keys

    with open(path, "w") as file:
        write_signing_keys(file, [generate_signing_key("a_lab")])


def main():
    config, key = sys.argv[1:3]
    threading.Thread(target=end_with_parent, daemon=True).start()
    make_signing_key(key)
    do_not_wait_for_the_disk()
    if "--quicken" in sys.argv:
        import quicken

        quicken.everything()
    if "--ahead" in sys.argv:
        live_at_another_time(sys.argv[sys.argv.index("--ahead") + 1])
    sys.argv = ["synapse", "-c", config]
    from synapse.app.homeserver import main as serve

    serve()


main()
