"""Runs Synapse in this process, for one test or demo: CONFIG SIGNING_KEY [--quicken].

Two things that Synapse's own entry point does not do:

* it ends when its standard input closes, so a crashed test never leaves a server behind;
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
    sys.argv = ["synapse", "-c", config]
    from synapse.app.homeserver import main as serve

    serve()


main()
