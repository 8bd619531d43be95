### Pictures: titles, what they say, how to read them. Looked up by the figure's id.

picture-activity = People and messages, month by month
    .read = Above, people who wrote or reacted; below, all messages.
picture-voices = How many voices are heard
    .read = The thick line counts effective voices: how many people it would take to sound this varied if all wrote equally much. The shade is its 95% interval; the thin line counts everybody who wrote.
picture-lorenz = How evenly the talking is shared
    .read = People who wrote stand in line from the quietest to the most active. The straight line is where everybody writes equally much; the further a curve sags below it, the more a few people write.
picture-growth = Who comes, stays and pauses
    .read = Above the line, people who wrote in the month; below it, people who had written the month before and paused.
picture-answered = Who gets an answer
    .read = Dots are what was measured; the lines through them are 95% intervals: the truth may well lie anywhere along them.

## What a picture says in one sentence, also for those who do not see it.

# $name (String) - the line's name
# $value (String) - its last value
# $month (String) - the last month
alt-last = { $name }: { $value } in { $month }.
# $name (String) - the line's name
# $value (String) - its last value
# $interval (String) - its interval
# $month (String) - the last month
alt-last-interval = { $name }: { $value } ({ $interval }) in { $month }.
# $name (String) - the line's name
# $value (String) - its last value
# $month (String) - the last month
# $low (String) - the lowest earlier value
# $high (String) - the highest earlier value
alt-last-range = { $name }: { $value } in { $month }, between { $low } and { $high } in the months before.
# $name (String) - the line's name
# $month (String) - the last month
alt-last-unknown = { $name }: not known for { $month }.
# $share (String) - a share of messages
# $month (String) - the month
alt-lorenz = In { $month }, the quieter half of those who wrote sent { $share } of the messages.
# $share (String) - a share of messages
# $month (String) - the month
alt-lorenz-earlier = In { $month } it was { $share }.
# $month (String) - the month
# $parts (String) - names and values
alt-growth = { $month }: { $parts }.
# $names (String) - what is not shown
alt-not-shown = Not shown: { $names }.

## Labels inside pictures.

lorenz-equal = everybody equally
lorenz-x = people who wrote, quietest first
lorenz-y = share of messages
# $share (String) - a share
lorenz-half = quieter half: { $share }
note-suppressed = Hatched: not shown, too few people to say
note-na = Hatched: not known
note-both = Hatched: too few people to say, or not known
no-value-here = not known
not-shown-here = not shown

## Events in time. Looked up as event-<id>.

event-hearth_started = Hearth started
event-meeting = meeting
event-retro = retro
event-new_rules = new rules
