### What members get, after a lead's yes.

# $month (String) - the month
# $community (String) - the community
members-title = { $month } in { $community }: what we did together
# $people (String) - how many wrote
members-wrote = { $people } of us wrote.
# $people (String) - how many wrote
# $messages (String) - a range of messages
members-wrote-messages = { $people } of us wrote: { $messages } messages altogether.
# $people (String) - how many took part
members-took-part = Counting everybody who reacted, { $people } of us took part.
# $people (String) - how many were new
members-new = { $people } people wrote here for the first time. Welcome!
# $share (String) - a share
members-taken-up = { $share } of the conversations that somebody opened were taken up by somebody else.
# $count (Number) - actions
# $value (String) - the same as written
members-agreed = { $count ->
    [one] In this month’s retrospectives we agreed on one thing.
   *[other] In this month’s retrospectives we agreed on { $value } things.
}
# $count (Number) - actions
# $value (String) - the same as written
members-done = { $count ->
    [one] One is done already.
   *[other] { $value } are done already.
}
members-thanks = Thank you to everybody who wrote, answered, reacted or read along.
members-next = What comes next
# $name (String) - a meeting
# $when (String) - its day and time
members-meeting = { $name }: { $when }
# $what (String) - what the leads are trying
members-try = We are trying something: “{ $what }”.
members-privacy = These are totals: nobody is named, nobody is compared, and no message was read.
