## What the bot says that belongs to no practice.

# $month (String) - year and month
report-failed = I could not make the report for { $month }. Whoever runs me finds the reason in my log; I'll try again tomorrow.

sending-too-large = There is too much to say for one message here, and the homeserver does not take it. Please ask for less of it.
sending-refused = I had an answer for you, but the homeserver did not take it. Please ask me once more.
sending-left = This room is no longer only between the two of us, so I don't write here about anything that is personal, and leave. Write to me again, and we'll have a new one.
sending-cut = … There is more than fits into one message.

## The reason given with an invitation to a direct room, in plain text.

# $number (Number) - the ballot's number
# $room (String) - the room's name
sending-why-ballot = You asked to vote in ballot { $number }, in { $room }. Your paper is here.

# $room (String) - the room's name
sending-why-topics = You asked to vote on topics, in { $room }. Your paper is here.

# $number (Number) - the retrospective's number
# $room (String) - the room's name
sending-why-retro = You take part in retro { $number }, in { $room }. Your paper is here.

# $community (String) - the community's name
sending-why-welcome = Welcome to { $community }! I'm its bot, with a word to begin with.

# $community (String) - the community's name
# $title (String) - the practice
sending-why = I'm the bot of { $community }. This is about: { $title }.

## Rooms that are gone.

# $room (String) - the room's name
# $new (String) - the new room's id
room-closed = { $room } was closed in favour of a new room, { $new }, and I can't get in there. Please invite me to it: then everything goes on there, settings, polls and meetings too. Until then nothing that I have to say for { $room } reaches anybody.

# $community (String) - the community's name
# $link (String) - the new room
room-moved = { $community } has moved: everything goes on in { $link }. Please write to me there, or here.

# $room (String) - the room's name
room-lost = I'm no longer in { $room }: I was removed, or the room is gone. What I keep for it stays. Invite me again, and everything goes on there.
