"""A member of encrypted rooms, on matrix-nio: one JSON request a line in, one JSON answer a line out.

Requests are {"do": NAME, ...arguments}; the names are the methods of `Member`. An answer is {"ok": value} or
{"error": sentence}. It trusts every device, as a person who never verifies does. Ends with its standard input.
"""

import asyncio
import json
import sys
import time
import traceback

import nio

import count_poll

FILTER = {"room": {"timeline": {"limit": 1000}}}


def good(answer, what):
    if isinstance(answer, nio.ErrorResponse):
        raise RuntimeError(f"cannot {what}: {answer.message}")
    return answer


class Member:
    def __init__(self, url, user, store):
        config = nio.AsyncClientConfig(encryption_enabled=True, store_sync_tokens=False)
        self.client = nio.AsyncClient(url, user, store_path=store, config=config)
        self.heard = []
        self.unread = []
        self.held = []

    async def login(self, password):
        good(await self.client.login(password, device_name="lab nio"), "log in")
        await self.turn(0)
        return {"user_id": self.client.user_id, "device_id": self.client.device_id}

    async def turn(self, timeout):
        """One sync and what follows from it for keys."""
        client = self.client
        answer = good(await client.sync(timeout, sync_filter=FILTER), "sync")
        await client.send_to_device_messages()
        if client.should_upload_keys:
            good(await client.keys_upload(), "upload keys")
        if client.should_query_keys:
            good(await client.keys_query(), "query keys")
        if client.should_claim_keys:
            await client.keys_claim(client.get_users_for_key_claiming())
        for room, data in answer.rooms.join.items():
            for event in data.timeline.events:
                self.take(room, event)
        waiting, self.unread = self.unread, []
        for room, event in waiting:
            self.take(room, event)

    def take(self, room, event):
        encrypted = getattr(event, "decrypted", False)
        if isinstance(event, nio.MegolmEvent):
            try:
                source, encrypted = {**event.source, **self.client.decrypt_event(event).source}, True
            except nio.EncryptionError:
                self.unread.append((room, event))
                return
        else:
            source = event.source
        self.heard.append({"room": room, "event": source, "encrypted": encrypted})

    async def sync(self, timeout_ms=0):
        await self.turn(timeout_ms)
        return len(self.heard)

    async def create_room(self, name="", invite=(), encrypted=True, direct=False):
        state = [{"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}]
        answer = await self.client.room_create(
            name=name or None, invite=invite, is_direct=direct, initial_state=state if encrypted else []
        )
        good(answer, "make a room")
        await self.turn(0)
        return answer.room_id

    async def join(self, room):
        good(await self.client.join(room), "join")
        await self.turn(0)

    async def leave(self, room):
        good(await self.client.room_leave(room), "leave")

    async def invites(self):
        """Rooms to which one is invited, and by whom."""
        await self.turn(0)
        return [{"room": room, "inviter": data.inviter} for room, data in self.client.invited_rooms.items()]

    async def send(self, room, kind, content):
        await self.turn(0)
        answer = await self.client.room_send(room, kind, content, ignore_unverified_devices=True)
        return good(answer, "send").event_id

    async def talk(self, room, times):
        """Says as much without looking up in between; whoever joins meanwhile gets no keys."""
        await self.turn(0)
        for number in range(times):
            content = {"msgtype": "m.text", "body": f"number {number}"}
            answer = await self.client.room_send(room, "m.room.message", content, ignore_unverified_devices=True)
            good(answer, "talk")

    async def send_with_relation(self, room, kind, content, relation=None):
        """Sends an encrypted event as no client does: what stands beside the ciphertext differs from what is in it."""
        client = self.client
        await self.turn(0)
        if client.olm.should_share_group_session(room):
            good(await client.share_group_session(room, ignore_unverified_devices=True), "share keys")
        kind, outer = client.encrypt(room, kind, content)
        outer.pop("m.relates_to", None)
        if relation:
            outer["m.relates_to"] = relation
        method, path, data = nio.Api.room_send(client.access_token, room, kind, outer, str(time.monotonic_ns()))
        return good(await client._send(nio.RoomSendResponse, method, path, data, (room,)), "send").event_id

    async def send_ahead_of_key(self, room, kind, content):
        """Sends an event in a new session, whose key nobody gets until `send_keys`: so it looks when keys are late."""
        client, send = self.client, self.client._send

        async def hold(response_class, method, path, data=None, response_data=None, **others):
            if response_class is not nio.ShareGroupSessionResponse:
                return await send(response_class, method, path, data, response_data, **others)
            self.held.append((method, path, data))
            answer = nio.ShareGroupSessionResponse(*response_data)
            await client.receive_response(answer)
            return answer

        client.invalidate_outbound_session(room)
        client._send = hold
        try:
            return await self.send(room, kind, content)
        finally:
            del client._send

    async def send_keys(self):
        """Sends the keys that were held back; says how many devices' worth of messages that were."""
        held, self.held = self.held, []
        for method, path, data in held:
            good(await self.client._send(nio.ToDeviceResponse, method, path, data, (None,)), "send keys")
        return len(held)

    async def redact(self, room, event):
        return good(await self.client.room_redact(room, event), "redact").event_id

    async def seen(self, room):
        """Every readable event of a room that came since the login, as it was sent."""
        await self.turn(0)
        return [entry for entry in self.heard if entry["room"] == room]

    async def unreadable(self, room):
        """How many events of a room came whose key is missing."""
        await self.turn(0)
        return sum(where == room for where, _ in self.unread)

    async def wait_for(self, text, seconds, room=None, sender=None):
        """The first event heard whose body (of an edit: the new one) contains a text; it is taken from what is heard."""
        end = time.monotonic() + seconds
        while True:
            for place, entry in enumerate(self.heard):
                event = entry["event"]
                content = event.get("content", {})
                bodies = [content.get("body"), (content.get("m.new_content") or {}).get("body")]
                if (
                    any(isinstance(body, str) and text in body for body in bodies)
                    and room in (None, entry["room"])
                    and sender in (None, event["sender"])
                ):
                    return self.heard.pop(place)
            left = end - time.monotonic()
            if left <= 0:
                last = [entry["event"].get("content", {}).get("body") for entry in self.heard[-8:]]
                raise RuntimeError(
                    f"nobody wrote {text!r} within {seconds} s; last heard {last}, unreadable {len(self.unread)}"
                )
            await self.turn(int(min(left, 5) * 1000))

    async def count_poll(self, room, poll):
        await self.turn(0)
        events = await count_poll.read_all(self.client, room)
        return count_poll.count(events, poll, await count_poll.who_may_redact(self.client, room))


async def main(url, user, store):
    member = Member(url, user, store)
    loop = asyncio.get_running_loop()
    try:
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            try:
                request = json.loads(line)
                answer = {"ok": await getattr(member, request.pop("do"))(**request)}
            except Exception as error:  # Whatever goes wrong is the answer: the caller fails the test with it.
                traceback.print_exc()
                answer = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(answer), flush=True)
    finally:
        await member.client.close()


asyncio.run(main(*sys.argv[1:4]))
