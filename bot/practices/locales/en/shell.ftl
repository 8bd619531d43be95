## What the bot says that belongs to no practice.

# $month (String) - year and month
report-failed = I could not make the report for { $month }. Whoever runs me finds the reason in my log; I'll try again tomorrow.

sending-too-large = There is too much to say for one message here, and the homeserver does not take it. Please ask for less of it.
sending-refused = I had an answer for you, but the homeserver did not take it. Please ask me once more.
sending-left = This room is no longer only between the two of us, so I don't write here about anything that is personal, and leave. Write to me again, and we'll have a new one.
