## Topics: what a community wants to talk about.

topics = Topics
    .about = Decide what to talk about
    .verb-topic = topic topics
    .verb-topic-add = add propose
    .verb-topic-list = list
    .verb-topic-vote = vote
    .verb-topic-close = close end
    .verb-topic-claim = claim lead
    .verb-topic-unclaim = unclaim release
    .verb-topic-discussed = discussed done
    .verb-topic-merge = merge
    .verb-topic-drop = drop remove
    .verb-topic-reopen = reopen
    .verb-topic-history = history
    .help =
        - `!hearth topic add How we review` – propose one
        - `!hearth topic list` – what waits
        - `!hearth topic vote` – dots decide what comes first, in meetings too
    .help-more =
        - `!hearth topic close` – end the vote
        - `!hearth topic claim 3` – you lead it
        - `!hearth topic discussed 3 what came out` – done, and in `!hearth topic history`
        - `!hearth topic merge 3 5` – one of two
        - `!hearth topic drop 3` – off the list, `!hearth topic reopen 3` – back
    .set-dots = how many dots each person has in a vote
    .set-sealed = whether votes are sealed (yes) or seen by everybody (no)
    .set-vote-for = how long a vote is open, like 2d
    .set-keep-for = how long I remember what was discussed, and its note, like 365d

## The list

topics-title = **Topics**

# $prefix (String) - what commands begin with
topics-empty = Nothing waits. Propose something with `{ $prefix } topic add …`.

# $word (String) - what was looked for
# $prefix (String) - what commands begin with
topics-not-found = Nothing that waits has `{ $word }` in it. `{ $prefix } topic list` shows all.

# $prefix (String) - what commands begin with
topics-discussed-title = Discussed lately (`{ $prefix } topic history` shows more):

topics-list-moved = Somebody asked for the list again. The new one is kept up to date, this one no longer.

topics-history-title = **What we discussed**

# $prefix (String) - what commands begin with
topics-history-empty = Nothing has been discussed yet. `{ $prefix } topic discussed 3 what came out` says that something was.

# $prefix (String) - what commands begin with
topics-list-how = Propose with `{ $prefix } topic add …`, lead one with `{ $prefix } topic claim 3`.

# $dots (Number) - how many dots
topics-dots = { $dots ->
    [one] one dot
    *[other] { $dots } dots
  }

# $dots (String) - dots in earlier votes, the latest first
topics-before = before: { $dots }

# $who (String) - who leads it
topics-led-by = led by { $who }

## Changing it

# $number (Number) - the topic's number
topics-added = That's topic { $number } now.

# $prefix (String) - what commands begin with
topics-added-list = `{ $prefix } topic list` shows the list here.

# $prefix (String) - what commands begin with
topics-no-text = What is it about? Write it behind: `{ $prefix } topic add How we review`.

# $length (Number) - how many characters it has
# $most (Number) - how many it may have
topics-long-text = That has { $length } characters, and a topic fits into { $most }. Shorten it; the rest can go in a message.

# $number (Number) - the topic's number
topics-there-already = That is on the list already, as topic { $number }.

# $most (Number) - how many topics may wait
topics-too-many = { $most } topics wait already. Drop or merge some first, so that a vote stays readable.

# $prefix (String) - what commands begin with
# $verb (String) - the command, as the language spells it
topics-which = Which topic? Write its number: `{ $prefix } { $verb } 3`.

# $prefix (String) - what commands begin with
topics-which-two = Which two? `{ $prefix } topic merge 3 5` makes topic 3 of both.

topics-merge-itself = Those are one and the same. Write two numbers, the one that stays first.

# $number (Number) - what was written
# $prefix (String) - what commands begin with
topics-unknown = I know of no topic { $number }. `{ $prefix } topic list` shows what waits.

# $number (Number) - the topic's number
# $into (Number) - the number of the topic that it is part of
topics-merged = Topic { $number } is part of topic { $into } now; go on with that one.

# $number (Number) - the topic's number
# $prefix (String) - what commands begin with
topics-no-longer-discussed = Topic { $number } was discussed already. `{ $prefix } topic reopen { $number }` puts it back on the list.

# $number (Number) - the topic's number
# $prefix (String) - what commands begin with
topics-no-longer-dropped = Topic { $number } was dropped. `{ $prefix } topic reopen { $number }` puts it back on the list.

# $number (Number) - the topic's number
topics-waits-already = Topic { $number } is on the list already.

# $length (Number) - how many characters it has
# $most (Number) - how many it may have
topics-long-note = That note has { $length } characters, and { $most } are kept. Say the most important; the rest can go in a message.

# $who (String) - who leads it
# $prefix (String) - what commands begin with
# $number (Number) - the topic's number
topics-claimed-by = { $who } leads it. Do it together, or ask for it: `{ $prefix } topic unclaim { $number }`, by them or a lead, frees it.

# $number (Number) - the topic's number
topics-not-claimed = Nobody leads topic { $number }, so there is nothing to give back.

# $verb (String) - what was written
# $prefix (String) - what commands begin with
# $meant (String) - what was perhaps meant
topics-unknown-verb = I don't know `{ $verb }`. Did you mean `{ $prefix } { $meant }`?

topics-not-yours = Only who proposed it, or a lead, can do that.
topics-only-in-rooms = Topics belong to rooms. Send me that in a room of your community.

## Voting

# $prefix (String) - what commands begin with
topics-too-few = A vote needs two topics that wait. Propose one with `{ $prefix } topic add …`.

# $least (Number) - how many votes are needed
# $people (Number) - how many people are in the room
topics-room-too-small = A vote stays sealed only among at least { $least }, and this room has { $people ->
    [one] one person
    *[other] { $people } people
  }. Vote in a larger room, or a lead sets `sealed` to no.

topics-vote-title = **What shall we talk about?**

topics-vote-sealed = Tap 🗳️ Vote, or write `topic vote` to me: you choose in our direct room, and nobody sees who chose what; `privacy` tells the limits.

# $prefix (String) - what commands begin with
# $dots (Number) - how many dots each has
topics-vote-open = Vote here, so that everybody sees it: `{ $prefix } topic vote 2:1 5:2`. You have { $dots } dots.

# $count (Number) - how many topics
topics-more = { $count } more: `topic list`

# $dots (String) - all dots for one of them
topics-rest-how = Vote for one of them: `dots { $dots }`. Find one by a word: `topic list review`.

# $dots (String) - all dots for one of them
topics-found-how = Vote for it: `dots { $dots }`.

# A button of a paper.
# $count (Number) - how many topics
topics-button-more = … { $count } more

# $chosen (String) - what was chosen
topics-cast = Your dots for topics: **{ $chosen }**. This message goes when the vote closes. Vote again to change it.

topics-taken-back = Done: you have no vote on topics now. You can still vote until it closes.

# $prefix (String) - what commands begin with
topics-no-vote = No vote on topics is open here. `{ $prefix } topic vote` opens one.

# $prefix (String) - what commands begin with
topics-no-vote-for-you = No vote on topics is open for you. A vote is for the people in its room: if you are in one, tap 🗳️ Vote under its card or say `{ $prefix } topic vote` there.

topics-vote-elsewhere = A vote on topics is open in another room of this community. It closes by itself; then you can ask here.

# $prefix (String) - what commands begin with
topics-called-off = **The vote on topics is called off.** My memory had to be restored from an older copy, and the dots in it can't be read by anybody any more, me included. Please ask again with `{ $prefix } topic vote`.
topics-close-not-yours = Only who opened the vote, or a lead, can close it. It also closes by itself.

# $missing (Number) - how many votes are missing
# $until (String) - when it ends
topics-extended = ⏳ The vote on topics needs { $missing ->
    [one] one more vote
    *[other] { $missing } more votes
  } and stays open until **{ $until }**.

# $voted (Number) - how many have voted
# $least (Number) - how many votes there must be
# $until (String) - when it ends
# $prefix (String) - what commands begin with
topics-close-few = This has { $voted } of the { $least } votes it needs. If you close it now, I destroy them unread, and there is no result. It is open until { $until }. If you mean it: `{ $prefix } topic close`
topics-vote-closed = **The vote on topics is closed.**

# $prefix (String) - what commands begin with
topics-vote-next = The first of them open the agenda of the next meeting. Whoever likes to lead one says `{ $prefix } topic claim 3`.

# $prefix (String) - what commands begin with
topics-said-aloud = That was said aloud, so I didn't count it: a sealed vote goes to me alone. Better remove your message. Say `{ $prefix } topic vote` here without dots, and I send you the paper in our direct room.

topics-said-privately = This vote is an open one: give your dots in the room, where everybody sees them.
