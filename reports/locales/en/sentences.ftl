### What changed, in words. Never a score, never a grade.

# $count (Number) - active members
# $value (String) - the same as written
# $month (String) - the month
active = { $count ->
    [0] Nobody wrote or reacted in { $month }.
    [one] One person took part in { $month }.
   *[other] { $value } people took part in { $month }.
}
# $writers (String) - how many wrote
# $reactors (String) - how many only reacted
# $count (Number) - active members
# $value (String) - the same as written
# $month (String) - the month
active-split = { $count ->
    [one] One person took part in { $month }.
   *[other] { $value } people took part in { $month }: { $writers } wrote, { $reactors } only reacted.
}
# $value (String) - effective voices
# $posters (String) - people who wrote
voices = The conversation sounded like { $value } equal voices among the { $posters } people who wrote.
# $value (String) - effective voices
# $posters (String) - people who wrote
# $interval (String) - the interval
voices-interval = The conversation sounded like { $value } equal voices ({ $interval }) among the { $posters } people who wrote.
# $value (String) - the share
# $count (Number) - how many newcomers
# $n (String) - the same as written
newcomers = { $count ->
    [one] { $value } of newcomers’ first messages were left without an answer (one newcomer).
   *[other] { $value } of newcomers’ first messages were left without an answer ({ $n } newcomers).
}
newcomers-none = No newcomer’s first message was left without an answer.
# $value (String) - the share
# $interval (String) - the interval
newcomers-interval = { $value } of newcomers’ first messages were left without an answer ({ $interval }).
# $value (String) - the share
answered = { $value } of conversations that somebody opened got a reply.
# $value (String) - the share
# $interval (String) - the interval
answered-interval = { $value } of conversations that somebody opened got a reply ({ $interval }).
# $time (String) - the median time to reply
answered-time = Half of the replies came within { $time }.

## Where writers came from: parts of a list.

# $count (Number) - people
# $value (String) - the same as written
growth-new = { $count ->
    [0] nobody wrote for the first time
    [one] one person wrote for the first time
   *[other] { $value } people wrote for the first time
}
# $count (Number) - people
# $value (String) - the same as written
growth-back = { $count ->
    [0] nobody came back after a pause
    [one] one came back after a pause
   *[other] { $value } came back after a pause
}
# $count (Number) - people
# $value (String) - the same as written
# $before (String) - the month before
growth-paused = { $count ->
    [0] everybody who wrote in { $before } wrote again
    [one] one who wrote in { $before } paused
   *[other] { $value } who wrote in { $before } paused
}

## Compared with earlier months: clauses, joined with semicolons into one sentence.

# $month (String) - the month before
when-month = in { $month }
when-year = a year ago
# $when (String) - when it was
# $value (String) - what it was
change-higher = clearly more than { $when } ({ $value })
# $when (String) - when it was
# $value (String) - what it was
change-lower = clearly less than { $when } ({ $value })
# $when (String) - when it was
# $value (String) - what it was
change-same = about the same as { $when } ({ $value })
# $when (String) - when it was
# $value (String) - what it was
change-unclear = { $when } it was { $value }, too close to call it a change
# $month (String) - when it was
# $value (String) - what it was
# $year (String) - when it was, long before
# $earlier (String) - what it was then
change-unclear-both = { $month } it was { $value }, { $year } { $earlier }, both too close to call it a change
# $when (String) - when it was
# $value (String) - what it was
change-plain = { $when } it was { $value }
# $when (String) - when it was
change-equal = just as { $when }

## What is said when there is no value.

# $month (String) - the month
nothing-to-say = Too few people took part in { $month } to say anything about the community without saying it about persons.

# $name (String) - the measure
# $reason (String) - the reason, as it goes on after a colon
no-value = { $name }: { $reason }

# $share (String) - the share, with its interval where there is one
connected = { $share } of those who wrote neither replied to anybody nor got a reply.
# $share (String) - the share, with its interval where there is one
bridged = { $share } of those who wrote did so in more than one room.
# $share (String) - the share, with its interval where there is one
followed = Of what was agreed in the last twelve months, { $share } is done.
