## Retrospectives.

retro = Retrospectives
    .about = Look back together, no names
    .verb-retro = retro retrospective
    .verb-retro-start = start
    .verb-retro-status = status
    .verb-retro-join = join
    .verb-retro-next = next
    .verb-retro-back = back
    .verb-retro-extend = extend
    .verb-retro-close = close
    .verb-retro-hand-over = hand-over handover
    .verb-retro-take-over = take-over takeover
    .verb-retro-group = group
    .verb-retro-split = split
    .verb-retro-name = name
    .help =
        - `!hearth retro start` – begin one
        - `!hearth retro next` – go on, like ▶ on the card
        - `!hearth retro start --format 4ls --collect 2d --vote 1d` – other columns, over days
    .help-more =
        - `!hearth retro start --format "Went well | Puzzles"` – columns of your own
        - `!hearth retro back`, `!hearth retro extend 1h`, `!hearth retro close`
        - `!hearth retro hand-over @who` – somebody else steers
        - `!hearth retro group 3 5`, `!hearth retro split 5`, `!hearth retro name A "deploys"` – sort notes
    .set-format = the columns when nobody says: `three-columns`, `start-stop-continue`, `sailboat`, `4ls`, or names with `|` between them
    .set-collect = how long notes are collected when nobody says, like 10m or 2d
    .set-vote = how long votes are open when nobody says
    .set-theme = how long a theme is discussed when nobody says
    .set-dots = how many dots each person has
    .set-themes = how many themes are discussed at most
    .set-who-starts = who may start one: everyone or leads

## Columns

retro-column-happy = happy
retro-column-unsure = unsure
retro-column-unhappy = unhappy
retro-column-start = start
retro-column-stop = stop
retro-column-continue = continue
retro-column-wind = wind
retro-column-anchor = anchor
retro-column-rocks = rocks
retro-column-island = island
retro-column-liked = liked
retro-column-learned = learned
retro-column-lacked = lacked
retro-column-longed-for = longed for

## Phases

retro-phase-collect = notes
retro-phase-reveal = what we wrote
retro-phase-group = what belongs together
retro-phase-vote = vote
retro-phase-discuss = discussion
retro-phase-actions = what we do
retro-phase-worth = a last question

## The card in the room

# $number (Number) - the retro's number
# $phase (String) - the phase
retro-title = **Retro { $number } · { $phase }**

# $number (Number) - the retro's number
# $phase (String) - the phase
# $until (String) - until when
retro-title-until = **Retro { $number } · { $phase }**, until { $until }

# $column (String) - a column
retro-card-collect = Tap *I have a note*, or write me `{ $column }: …`.

retro-sealed = Sealed, and without names. `privacy` tells the limits.

# $count (Number) - how many people wrote notes
retro-card-writers =
    { $count ->
        [0] Nobody has written yet
        [one] One person has written
        *[other] { $count } people have written
    }

# $notes (Number) - how many notes there are
# $people (Number) - how many people took part
# $themes (Number) - how many themes there are, 0 before they are sorted
retro-card-revealed =
    { $notes ->
        [one] One note
        *[other] { $notes } notes
    } of { $people ->
        [one] one person
        *[other] { $people } people
    }{ $themes ->
        [0] {""}
        [one] , one theme
        *[other] , { $themes } themes
    }

retro-card-vote = I have sent everybody the themes. Tap *Vote* if you have none.

# $count (Number) - how many people voted
retro-card-voters =
    { $count ->
        [0] Nobody has voted yet
        [one] One person has voted
        *[other] { $count } people have voted
    }

# $label (String) - the theme with its letter
# $place (Number) - which theme it is
# $themes (Number) - how many there are
retro-card-discuss = **{ $label }** ({ $place } of { $themes })

# $prefix (String) - what commands begin with
retro-card-actions = `{ $prefix } action @who what by when`

retro-card-worth = I have asked everybody whether it was worth it.

# $count (Number) - how many people answered
retro-card-answers =
    { $count ->
        [0] Nobody has answered yet
        [one] One person has answered
        *[other] { $count } people have answered
    }

# $who (String) - the facilitator
retro-card-facilitator = { $who } facilitates

retro-nobody = Nobody

retro-tap-note = ✍️ I have a note

retro-tap-vote = 🗳️ Vote

retro-tap-next = ▶ next

retro-tap-group = ▶ group

retro-tap-back = ◀ back

retro-tap-more = +5 min

## Starting

retro-open-actions = **Still open from before:**

# $count (Number) - how many more there are
retro-more = { $count ->
    [one] and one more
    *[other] and { $count } more
  }

# $themes (String) - the themes
retro-recurring = **Came up more than once lately:** { $themes }

# $label (String) - the theme
# $times (Number) - how often it came up
retro-recurring-theme = { $label } ({ $times } times)

# $number (Number) - the running retro
# $prefix (String) - what commands begin with
retro-already = Retro { $number } still goes on here: `{ $prefix } retro status` shows where, `{ $prefix } retro close` ends it.

retro-leads-start = In this community leads start retros. Ask one of them to start yours.
retro-only-in-rooms = A retro lives in a room. Send me that in the room, or in the retro's thread.

# $prefix (String) - what commands begin with
retro-none = No retro is going on in this room. `{ $prefix } retro start` starts one.

# $format (String) - what was written
# $known (String) - the formats
# $prefix (String) - what commands begin with
retro-unknown-format = I don't know the format `{ $format }`. There is { $known }, and your own: `{ $prefix } retro start --format "Went well | Puzzles | Ideas"`.

# $format (String) - what was written
# $prefix (String) - what commands begin with
# $meant (String) - the nearest format
retro-unknown-format-suggest = I don't know the format `{ $format }`. Did you mean `{ $prefix } retro start --format { $meant }`?

# $count (Number) - how many columns there are
# $most (Number) - how many there may be
retro-column-count = { $count ->
    [0] I see no column
    [one] I see only one column
    *[other] I see { $count } columns
  }; two to { $most } work, with `|` between them.

# $name (String) - the column
# $longest (Number) - how many characters a name may have
retro-column-wrong = “{ $name }” does not work as a column: a name has letters, no colon, and { $longest } characters at most.

# $name (String) - the column
retro-column-twice = Two columns are called “{ $name }”. Give one of them another name.

# $name (String) - the column
retro-column-command = “{ $name }” begins with one of my commands, so I could not tell notes from it. Give that column another name.

## Steering

# $prefix (String) - what commands begin with
retro-leads-take-over = Only leads can take a retro over. Who facilitates can pass it on: `{ $prefix } retro hand-over @who`.
retro-yours-already = You facilitate already.

# $who (String) - the facilitator
# $prefix (String) - what commands begin with
retro-lead-not-yours = { $who } facilitates this retro. As a lead you can take over: `{ $prefix } retro take-over`.

# $who (String) - the facilitator
retro-not-yours = { $who } facilitates this retro. Ask them to do that, or to hand over to you.

# $prefix (String) - what commands begin with
retro-nobody-facilitates = Nobody facilitates this retro. A lead can say `{ $prefix } retro take-over`, or `{ $prefix } retro hand-over @who`.

# $who (String) - the facilitator who left
# $prefix (String) - what commands begin with
retro-facilitator-left = { $who }, who facilitates this retro, has left; nothing is lost. A lead can say `{ $prefix } retro take-over`, or `{ $prefix } retro hand-over @who`.

# $who (String) - the new facilitator
retro-handed-over = { $who } facilitates from now on: ▶ is for you.

# $who (String) - the person
retro-facilitates-already = { $who } facilitates already.

# $who (String) - the person
retro-has-left = { $who } is not in this room any more. Hand over to somebody who is here.

# $who (String) - the person
retro-stranger = I don't see { $who } in this room. Choose somebody who is here.
retro-not-me = Thank you, but that takes a person. Hand over to somebody in this room.

# $prefix (String) - what commands begin with
# $example (String) - a whole id
retro-hand-over-to-whom = To whom? Mention them, or write their whole name: `{ $prefix } retro hand-over { $example }`.

# $prefix (String) - what commands begin with
retro-no-notes-yet = No notes yet. `{ $prefix } retro extend 1h` gives more time, `{ $prefix } retro close` ends the retro.

# $writers (Number) - from how many writers on notes are shown
retro-waits = Fewer than { $writers } people have written, so others could guess whose notes these are. I have asked them: the notes come when all agree, or when others write, too.

# $writers (Number) - from how many writers on notes are shown
retro-later-wait = The new notes are of fewer than { $writers } people, so I show none yet. I have asked them: the notes come when all agree, or with others if you go back once more.

# $prefix (String) - what commands begin with
retro-late-lost = Notes that had come since the last reveal are lost: my memory had to be restored from an older copy, and nobody can read them any more, me included. Everything else goes on. With `{ $prefix } retro back` to the notes, they can be written once more.

# $number (Number) - the retro's number
# $room (String) - its room
# $writers (Number) - how many have written
retro-may-i-show = **Retro { $number } in { $room }: may I show your notes?** { $writers ->
        [one] Nobody else has written, so others could tell
        *[other] Only { $writers } people have written, so others could guess
    } that they are yours. Tap 👍 or answer `yes`. If not, do nothing: they wait for more writers, or go unread. Nobody learns what you chose.
retro-at-the-beginning = This is the first phase; there is nothing to go back to.

# $text (String) - what was written
# $prefix (String) - what commands begin with
retro-wrong-span = `{ $text }` is no length of time. Like this: `{ $prefix } retro extend 30m`, or `2h`, `1d`.

# $prefix (String) - what commands begin with
retro-nothing-to-extend = This phase has no end of its own: take your time. `{ $prefix } retro next` goes on.

# $until (String) - until when
retro-extended = Gladly: until { $until }.

# $who (String) - the facilitator
retro-your-turn = { $who }, it is your turn: ▶ goes on.

## Sorting

# $prefix (String) - what commands begin with
retro-groups-later = Notes are sorted after they were read: `{ $prefix } retro next` leads there.

# $prefix (String) - what commands begin with
retro-groups-done = The notes are sorted. `{ $prefix } retro back` leads back there.

# $text (String) - what was written
# $most (Number) - how many notes there are
retro-no-such-note = There is no note `{ $text }`. They are numbered from 1 to { $most }.

# $text (String) - what was written
# $last (String) - the last letter
retro-no-such-theme = There is no theme `{ $text }`. They go from A to { $last }.

# $command (String) - the same with letters
retro-themes-are-letters = Numbers are notes, letters are themes. Did you mean `{ $command }`?

# $prefix (String) - what commands begin with
retro-how-to-group = Which notes? `{ $prefix } retro group 3 5` puts them together, `{ $prefix } retro split 5` takes one out.

# $most (Number) - how many characters it may have
# $prefix (String) - what commands begin with
retro-name-length = A name has 1 to { $most } characters: `{ $prefix } retro name A "deploys"`.

## What is said in the thread

# $until (String) - until when
retro-collect-again = More notes, until { $until }? What was read so far stays.

retro-back-at-notes = Back at the notes above.

# $column (String) - the column
retro-reveal = **{ $column }**

# $column (String) - the column
retro-reveal-more = **{ $column }**, more

# $column (String) - the column
retro-reveal-none = **{ $column }**: no note

retro-groups = **What might belong together**
retro-groups-none = **Each note on its own**
retro-alone = On their own:
retro-dots-dropped = The dots that were given so far are gone; the next vote starts anew.

# $prefix (String) - what commands begin with
retro-groups-how = `{ $prefix } retro group 3 5` joins, `{ $prefix } retro split 5` takes a note out, `{ $prefix } retro name A "deploys"` names a theme; names are kept, to see what returns.

# $text (String) - the beginning of a note
retro-unnamed = “{ $text }”

retro-together = together

# $label (String) - the theme
# $count (Number) - how many notes it has
retro-theme-notes = { $label } { $count ->
    [one] (1 note)
    *[other] ({ $count } notes)
  }

# $until (String) - until when
# $dots (Number) - how many dots each person has
retro-vote = **What do we talk about?** Until { $until }. I have sent you { $dots } dots; if not, tap *Vote*. Sealed: sums are shown from five voters on.

# $voters (Number) - how many voted
retro-result = **The vote is closed.** { $voters } people gave their dots:

# $voters (Number) - how many voted
retro-result-few = { $voters ->
    [0] **The vote is closed.** Nobody gave dots, so we begin with the themes that have most notes.
    *[other] **The vote is closed.** Fewer than five gave dots, so I show none and have dropped them. We begin with the themes that have most notes.
  }

# $label (String) - the theme with its letter
# $place (Number) - which theme it is
# $themes (Number) - how many there are
# $until (String) - until when
retro-theme = **{ $label }** ({ $place } of { $themes }), until { $until }

# $label (String) - the theme
retro-theme-over = The time for **{ $label }** is over: ▶, or a little more?

# $prefix (String) - what commands begin with
retro-actions = **What do we do about it?** One or two that get done are worth more than ten: `{ $prefix } action @who what by when`

# $until (String) - until when
retro-worth = **Was this worth your time?** Until { $until }. I have asked each of you directly; the mean is shown from five answers on.

## The end

# $number (Number) - the retro's number
retro-over = **Retro { $number } is over**

# $people (Number) - how many took part
# $notes (Number) - how many notes there were
# $themes (Number) - how many themes there were
retro-over-counts = { $people ->
    [one] One person took part
    *[other] { $people } people took part
  }, { $notes ->
    [0] no notes were read
    [one] one note
    *[other] { $notes } notes
  }{ $themes ->
    [0] .
    [one] , one theme.
    *[other] , { $themes } themes.
  }
retro-over-unread = It ended before the reveal, so the notes were dropped unread.
retro-over-empty = Nobody wrote a note this time. You can start another whenever you like.
retro-over-quiet = Nobody moved it for two weeks, so I put it away.

# $prefix (String) - what commands begin with
retro-over-lost = Called off: my memory had to be restored from an older copy, and what you had sent me can't be read by anybody any more, me included. Please start again with `{ $prefix } retro start`.

# $themes (String) - the themes
retro-over-themes = Themes: { $themes }

# $themes (String) - the themes
retro-over-again = Came up before, too: { $themes }

# $mean (String) - the mean
# $spread (String) - the standard deviation
# $count (Number) - how many answered
retro-over-worth = Worth the time: { $mean } of 4, give or take { $spread } ({ $count } answers)
retro-over-worth-few = Worth the time: fewer than five answered, so I show nothing.

# $count (Number) - how many actions were agreed and are open
retro-over-actions = { $count ->
    [one] Agreed, and brought up again next time:
    *[other] Agreed, and brought up again next time ({ $count }):
  }
retro-over-kept = Notes and votes are forgotten; the names of themes stay.

## By direct message

# $number (Number) - the retro's number
# $room (String) - the room
# $until (String) - until when
retro-invite-collect = **Retro { $number } in { $room }**, until { $until }

# $columns (String) - the columns
retro-invite-columns = One line a note: { $columns }

retro-invite-sealed = Sealed, and without names.

# $other (Number) - another retro's number
# $room (String) - its room
# $column (String) - one of its columns
retro-invite-other = For retro { $other } in { $room }, put its number in front: `{ $other } { $column }: …`

# $number (Number) - the retro's number
# $room (String) - the room
# $dots (Number) - how many dots each person has
# $until (String) - until when
retro-invite-vote = **Retro { $number } in { $room }: your { $dots } dots**, until { $until }

retro-invite-tap = Tap themes to share dots, or write `dots A:2 B:1`.

retro-tap-sealed = Sealed, yet servers see taps.

retro-dots-none = No dots given.

# $count (Number) - how many more
retro-more-there = and { $count } more, in the room

# $number (Number) - the retro's number
# $room (String) - the room
# $until (String) - until when
retro-invite-worth = **Retro { $number } in { $room }: was it worth your time?** Until { $until }

    `0` lost time · `2` what I put in · `4` much more

    Tap or write a number. Sealed, yet servers see taps.

# $number (Number) - the retro's number
# $room (String) - the room
# $phase (String) - the phase
retro-invite-later = Retro { $number } in { $room } is at “{ $phase }”, in the room. I write to you when there is something to send me.

# $number (Number) - the retro's number
retro-first-note = Noted for retro { $number }. Nobody here learns whose it is; `privacy` tells the limits.

# $number (Number) - the retro's number
# $room (String) - the room
# $result (String) - what came of it
retro-paper-line = Retro { $number } in { $room }: { $result }

# $notes (Number) - how many notes there are
retro-line-revealed =
    { $notes ->
        [one] one note is in the room.
        *[other] { $notes } notes are in the room.
    }

# $theme (String) - the theme with its letter
retro-line-voted = we begin with { $theme }.

retro-line-again = the vote starts anew.

retro-line-unread = it is over, and no notes were read.

# $count (Number) - how many actions were agreed
retro-line-agreed =
    { $count ->
        [one] One thing agreed.
        *[other] { $count } things agreed.
    }

# $mean (String) - the mean
retro-line-worth = Worth { $mean } of 4.

# $result (String) - what came of it
retro-line-over = it is over. { $result }

# $number (Number) - the retro's number
# $room (String) - the room
retro-noted-where = Noted for retro { $number } in { $room }.

# $retros (String) - the retros
# $example (Number) - the number of one of them
retro-which = More than one retro is open for you: { $retros }. Put the number in front, like `{ $example } …`.

# $number (Number) - the retro's number
# $room (String) - the room
retro-which-one = **{ $number }** in { $room }
retro-which-unknown = More than one retro is open. React to the card of yours in its room, then I know which one you mean.

# $number (Number) - the retro's number
# $room (String) - its room
retro-not-there = I didn't take that: retro { $number } is for the people in { $room }. Join it, and send me this again.

# $number (Number) - the retro's number
# $who (String) - the facilitator
retro-notes-revealed = Too late to stay without a name: the notes of retro { $number } are in the room. Say it there, or ask { $who } to go back a phase.

# $number (Number) - the retro's number
retro-vote-not-yet = Retro { $number } has not come to its vote yet. I write to you when it has.

# $number (Number) - the retro's number
retro-vote-over = The vote of retro { $number } is closed. Say in the room what matters to you.

# $number (Number) - the retro's number
retro-worth-over = If that is your answer for retro { $number }: it is over, so this came too late to be counted. Thank you all the same.

# $column (String) - what was written
# $columns (String) - the columns
# $note (String) - the note with a column
retro-unknown-column = I don't know the column “{ $column }”. There are { $columns }. Perhaps `{ $note }`?

# $column (String) - what was written
# $note (String) - the note with the nearest column
retro-unknown-column-suggest = I don't know the column “{ $column }”. Did you mean `{ $note }`?

# $number (Number) - the retro's number
# $columns (String) - the columns
# $note (String) - the note with a column
retro-no-column = If that is a note for retro { $number }, put its column in front ({ $columns }), like `{ $note }`.

# $column (String) - the column
retro-empty-note = There is nothing after `{ $column }:`. Write your note there.

# $length (Number) - how many characters it has
# $most (Number) - how many it may have
retro-long-note = That note has { $length } characters, and { $most } fit on a card. Make it shorter, or two of it.

# $most (Number) - how many notes one person may write
retro-many-notes = You have written { $most } notes, which is as many as one person can. Remove one of your messages to make room.

# $most (Number) - how many notes there may be
retro-full = This retro has { $most } notes, more than anybody can read. Yours does not fit in any more; say it in the discussion.

# $given (Number) - how many dots they gave
# $dots (Number) - how many they have
# $chosen (String) - dots and themes
retro-dots-given = { $given ->
    [0] You have taken your dots back.
    *[other] **{ $chosen }** ({ $given } of { $dots } dots).
  } Send them again to change them.

# $given (Number) - how many dots they gave
# $dots (Number) - how many they have
# $command (String) - as many as they have
retro-dots-too-many = That's { $given } dots, and you have { $dots }. Perhaps `{ $command }`?

# $text (String) - what was written
retro-dots-unread = I can't read `{ $text }` as dots. Two for A and one for B are `dots A:2 B:1`.
retro-worth-range = The answer is a number from 0 (lost time) to 4 (much more than I put in), like `3`.

## Where things are

retro-status-nothing = You take part in no retro at the moment. React to the card of one in its room, and I tell you how.

# $number (Number) - the retro's number
# $room (String) - the room
# $phase (String) - the phase
retro-status-one = Retro { $number } in { $room }: { $phase }

## What counts as a yes to a question in the direct room, as first word.
retro-yes-words = yes y yep sure ok okay
