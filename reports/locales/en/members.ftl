### What members get, after a lead's yes.

# $month (String) - the month
# $community (String) - the community
members-title = { $month } in { $community }: what we did together
# $count (Number) - people
# $value (String) - the same as written
members-took-part = { $count ->
    [one] One of us took part.
   *[other] { $value } of us took part.
}
# $messages (String) - how many, with the unit
members-messages = We wrote { $messages }.
# $count (Number) - people
# $value (String) - the same as written
members-new = { $count ->
    [one] One person wrote here for the first time. Welcome!
   *[other] { $value } people wrote here for the first time. Welcome!
}
# $share (String) - a share
members-answered = { $share } of the conversations that somebody opened were taken up by somebody else.
# $count (Number) - actions
# $value (String) - the same as written
members-done = { $count ->
    [one] One thing that we agreed in our retrospectives is done.
   *[other] { $value } things that we agreed in our retrospectives are done.
}
members-thanks = Thank you to everybody who wrote, answered, reacted or read along.
members-next = What comes next
# $name (String) - a meeting
# $when (String) - its day and time
members-meeting = { $name }: { $when }
# $what (String) - what the leads are trying
members-try = We are trying something: “{ $what }”.
members-privacy = These are totals: nobody is named, nobody is compared, and no message was read.
