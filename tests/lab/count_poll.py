"""Counts a poll as MSC3381 says, from what matrix-nio reads in the room: URL USER PASSWORD ROOM POLL.

Prints {"counts": {answer: n}, "votes": {user: [answers]}, "spoiled": [users], "closed": bool}. Shares no code
and no author's assumptions with Hearth: where the two disagree, one of them is wrong.
"""

import asyncio
import json
import sys

START = ("org.matrix.msc3381.poll.start", "m.poll.start")
RESPONSE = ("org.matrix.msc3381.poll.response", "m.poll.response")
END = ("org.matrix.msc3381.poll.end", "m.poll.end")


def block(event, names):
    """The part of the content that a poll event is about, under its unstable or stable name."""
    for name in names:
        if isinstance(event.get("content", {}).get(name), dict):
            return event["content"][name]
    return {}


def belongs(event, names, poll):
    relation = event.get("content", {}).get("m.relates_to") or {}
    return event.get("type") in names and relation.get("rel_type") == "m.reference" and relation.get("event_id") == poll


def count(events, poll, may_redact):
    """Counts the poll with the id `poll` among events (dicts, in the room's order); `may_redact` tells of a user."""
    start = next((event for event in events if event.get("event_id") == poll and event["type"] in START), None)
    question = block(start, START) if start else {}
    known = [answer.get("id") or answer.get("m.id") for answer in question.get("answers", [])[:20]]
    most = question.get("max_selections", 1)
    ends = [
        event["origin_server_ts"]
        for event in events
        if belongs(event, END, poll) and start and (event["sender"] == start["sender"] or may_redact(event["sender"]))
    ]
    closed_at = min(ends) if ends else None
    last = {}
    # A redacted vote has lost its relation and is not among these, so the one before it counts again.
    for event in events:
        if not belongs(event, RESPONSE, poll):
            continue
        if closed_at is not None and event["origin_server_ts"] > closed_at:
            continue
        before = last.get(event["sender"])
        if before is None or event["origin_server_ts"] >= before["origin_server_ts"]:
            last[event["sender"]] = event
    votes, spoiled = {}, []
    for user, event in last.items():
        answers = block(event, RESPONSE).get("answers", event["content"].get("m.selections"))
        valid = isinstance(answers, list) and answers and all(answer in known for answer in answers)
        if valid:
            votes[user] = list(dict.fromkeys(answers[:most]))
        else:
            spoiled.append(user)
    counts = {answer: sum(answer in chosen for chosen in votes.values()) for answer in known}
    return {"counts": counts, "votes": votes, "spoiled": sorted(spoiled), "closed": closed_at is not None}


async def read_all(client, room):
    """Every event of a room as dicts, oldest first, decrypted where the client can."""
    import nio

    events, token = [], None
    while True:
        answer = await client.room_messages(room, start=token, direction=nio.MessageDirection.front, limit=500)
        if isinstance(answer, nio.RoomMessagesError):
            raise RuntimeError(f"cannot read {room}: {answer.message}")
        for event in answer.chunk:
            source = dict(event.source)
            if isinstance(event, nio.MegolmEvent) and client.olm:
                try:
                    source = {**source, **client.decrypt_event(event).source}
                except nio.EncryptionError:
                    pass
            events.append(source)
        if not answer.end or answer.end == token or not answer.chunk:
            return events
        token = answer.end


async def who_may_redact(client, room):
    """A function that tells whether a user may redact others' events, from the room's state now."""
    import nio

    answer = await client.room_get_state(room)
    if isinstance(answer, nio.RoomGetStateError):
        raise RuntimeError(f"cannot read the state of {room}: {answer.message}")
    state = {event["type"]: event for event in answer.events if event.get("state_key") == ""}
    create = state["m.room.create"]
    version = create["content"].get("room_version", "1")
    creators = [create["sender"], *create["content"].get("additional_creators", [])]
    # Since room version 12 creators stand above every number.
    sovereign = creators if version.isdigit() and int(version) >= 12 else []
    levels = state.get("m.room.power_levels", {}).get("content", {})
    users, default, needed = levels.get("users", {}), levels.get("users_default", 0), levels.get("redact", 50)
    return lambda user: user in sovereign or users.get(user, default) >= needed


async def main(url, user, password, room, poll):
    import nio

    client = nio.AsyncClient(url, user)
    try:
        answer = await client.login(password, device_name="count")
        if isinstance(answer, nio.LoginError):
            raise RuntimeError(f"cannot log in as {user}: {answer.message}")
        print(json.dumps(count(await read_all(client, room), poll, await who_may_redact(client, room))))
    finally:
        await client.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:6]))
