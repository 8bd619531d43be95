## Sealed ballots.

ballot = Ballots
    .about = Decide by sealed ballot
    .verb-ballot = ballot
    .verb-ballot-close = close end
    .verb-vote = vote
    .verb-dots = dots
    .help =
        - `!hearth ballot "Where do we meet?" Park | Café | Online` – vote in private
        - `!hearth vote` – get your ballot; answer in our direct room, like `vote 2`
        - `!hearth ballot close` – end yours sooner
    .help-more =
        - `!hearth ballot "What first?" Tea | Talk | Walk --kind ranked` – or `several`, or `dots`
        - `!hearth ballot "First?" Tea | Talk --kind dots --dots 5 --close 2h` – in two hours
    .set-close-after = how long a ballot is open when nobody says, like 2h or 3d
    .set-longest = how long a ballot may be open at most
    .set-dots = how many dots each person has when nobody says
    .set-who-opens = who may open ballots: everyone or leads

## Opening

# $number (Number) - the ballot's number
# $question (String) - the question
ballot-card-title = **Ballot { $number }: { $question }**

# $until (String) - when it ends
# $votes (String) - how many have voted
ballot-card-state = Until **{ $until }** · { $votes }

ballot-card-how = Tap 🗳️ Vote, or write `vote` to me: you choose in our direct room, and nobody sees who chose what; `privacy` tells the limits.

# A button under the card.
ballot-button-vote = 🗳️ Vote

# $voted (Number) - how many have voted
# $least (Number) - how many votes there must be
ballot-card-needs = **{ $voted }** of the { $least } votes it needs

# $voted (Number) - how many have voted
ballot-card-count = { $voted ->
    [0] no votes yet
    [one] **one** vote
    *[other] **{ $voted }** votes
  }

# $number (Number) - the ballot's number
# $missing (Number) - how many votes are missing
# $until (String) - when it ends
# $question (String) - the question
ballot-extended = ⏳ Ballot { $number } needs { $missing ->
    [one] one more vote
    *[other] { $missing } more votes
  } and stays open until **{ $until }**: { $question }

# $bot (String) - the bot, as a link
ballot-waiting = ✉️ Some of you are waiting for a message from me: I may open only a few direct rooms a minute. Write to { $bot } first, and yours comes at once.

ballot-only-in-rooms = Ballots belong to rooms. Send me that in the room that you want to ask.
ballot-leads-only = In this community leads open the ballots. Ask one of them to open yours.

# $least (Number) - how many ballots are needed
# $people (Number) - how many people are in the room
ballot-room-too-small = A ballot stays sealed only among at least { $least } votes, and this room has { $people ->
    [one] one person
    *[other] { $people } people
  }. Ask in a larger room, or simply talk.

# $longest (String) - how long a ballot may be open
ballot-too-long = In this community a ballot is open for { $longest } at most. Choose a shorter time, or ask a lead to change the setting `longest`.

# $option (String) - what was written
ballot-unknown-option = I don't know the option “{ $option }”. A ballot takes `--kind`, `--dots` and `--close 2h`; it is always sealed.

# $kind (String) - what was written
ballot-unknown-kind = I don't know the kind “{ $kind }”. Choose `single`, `several`, `ranked` or `dots`.

# $dots (String) - what was written
# $most (Number) - how many there may be
ballot-wrong-dots = “{ $dots }” is no number of dots. Write a number from 1 to { $most }, like `--dots 3`.

ballot-dots-without = Dots go with `--kind dots` only. Leave `--dots` out, or choose that kind.

# $command (String) - the command as it should be
ballot-to-copy = Copy this: `{ $command }`

## The paper

# $last (Number) - the last option's number
ballot-how-single = Choose one: `vote { $last }`.

# $first (Number) - an option's number
# $last (Number) - another
ballot-how-several = Choose as many as you like: `vote { $first } { $last }`.

# $last (Number) - an option's number
# $first (Number) - another
ballot-how-ranked = Rank what you want, best first: `vote { $last } > { $first }`.

# $last (Number) - an option's number
ballot-how-one-dot = You have one dot: `dots { $last }:1`.

# $dots (Number) - how many one has
# $last (Number) - an option's number
# $most (Number) - how many dots it gets
# $first (Number) - another option's number
ballot-how-dots = You have { $dots } dots: `dots { $last }:{ $most } { $first }:1`.

# $first (Number) - an option's number
# $last (Number) - another
ballot-tap-several = Tap any, or write `vote { $first } { $last }`.

# $last (Number) - an option's number
# $first (Number) - another
ballot-tap-ranked = Tap best first, or `vote { $last } > { $first }`.

# $last (Number) - an option's number
ballot-tap-one-dot = Tap one, or write `dots { $last }:1`.

# $dots (Number) - how many one has
# $last (Number) - an option's number
# $most (Number) - how many dots it gets
# $first (Number) - another option's number
ballot-tap-dots = { $dots } dots: tap, or `dots { $last }:{ $most } { $first }:1`.

# $chosen (String) - what was chosen
ballot-stands = ✅ **{ $chosen }**

ballot-stands-in-poll = ✅ **Your vote counts**: the poll shows it.

ballot-again = Change it, or write `none`.

ballot-stands-not = You have no vote in this now.

# $receipt (String) - six letters and digits
ballot-receipt = Your receipt is `{ $receipt }`: note it.

# $number (Number) - the ballot's number
# $question (String) - the question
ballot-paper-title = 🗳️ **{ $number }: { $question }**

# $until (String) - when it ends
ballot-paper-until = Until **{ $until }**

ballot-promise = Sealed: nobody here sees it.

# The same on a paper with buttons.
ballot-promise-taps = Sealed, yet servers see taps.

# $number (Number) - the ballot's number
# $chosen (String) - what was chosen
# $receipt (String) - six letters and digits
ballot-cast = Your vote in ballot { $number }: **{ $chosen }**. Your receipt is `{ $receipt }`: note it, this message goes at the close. Vote again to change it.

# $number (Number) - the ballot's number
ballot-taken-back = Done: you have no vote in ballot { $number } now. You can still vote until it closes.

ballot-paper-empty = I see no choice there.
ballot-paper-unclear = I can't read that. Write the numbers of the options, nothing else.

# $number (Number) - what was written
ballot-paper-unknown = There is no option { $number } here.

# $number (Number) - what was written
ballot-paper-twice = You named option { $number } twice; once is enough.

ballot-paper-only-one = Here you can choose one option only.

# $sum (Number) - how many dots were given
# $dots (Number) - how many one has
ballot-paper-too-many-dots = That's { $sum } dots, and you have { $dots }. Nothing has changed yet.

ballot-too-late = That came after the close, so I can't count it any more.

# $number (Number) - the ballot's number
# $prefix (String) - what commands begin with
ballot-called-off = **Ballot { $number } is called off.** My memory had to be restored from an older copy, and the votes in it can't be read by anybody any more, me included. Rather than count wrongly, I count nothing. Please ask again with `{ $prefix } ballot`, and everybody votes anew.

# $number (Number) - the ballot's number
ballot-not-there = I didn't count that: ballot { $number } is for the people in its room, and I don't see you there.

# $prefix (String) - what commands begin with
ballot-none-for-you = I know of no ballot that is open for you and would take this. A ballot is for the people in its room: if you are in one, tap 🗳️ Vote under its card or say `{ $prefix } vote` there.

ballot-no-dots-for-you = Nothing is open in which you could give dots. Where you are in the room of a vote, tap 🗳️ Vote under its card, and I send you the paper.

ballot-said-aloud = That was said aloud, so I didn't count it: a sealed vote goes to me alone. Better remove your message. Say `vote` here without a choice, and I send you the ballot in our direct room.

## Closing

ballot-close-none = No ballot is open in this room.
ballot-close-not-yours = Only who asked for a ballot, or a lead, can close it. It also closes by itself when its time is over.

# $voted (Number) - how many have voted
# $least (Number) - how many votes there must be
# $until (String) - when it ends
# $prefix (String) - what commands begin with
# $number (Number) - the ballot's number
ballot-close-few = This has { $voted } of the { $least } votes it needs. If you close it now, I destroy them unread, and there is no result. It is open until { $until }. If you mean it: `{ $prefix } ballot close { $number }`

# $number (Number) - the ballot's number
# $question (String) - the question
ballot-result-title = **Ballot { $number } is closed: { $question }**

# $option (String) - the option that won
# $share (String) - what share of the votes it has
ballot-won = 🏆 **{ $option }**, { $share }

# $options (String) - the options that won, in bold
# $share (String) - what share of the votes each has
ballot-tie = 🤝 A tie: { $options }, { $share } each

# $votes (Number) - how many
# $all (Number) - of how many
ballot-share = { $votes } of { $all ->
    [one] 1 vote
    *[other] { $all } votes
  }

# $votes (Number) - how many
# $all (Number) - of how many
ballot-share-dots = { $votes } of { $all ->
    [one] 1 dot
    *[other] { $all } dots
  }

# $people (Number) - how many are in the room
ballot-in-room = { $people } in the room

ballot-nobody = Nobody voted this time.

ballot-last-round = The last round. What had gone out before is shown with the votes that it had then:

# $options (String) - options in the order in which they were taken out
ballot-runoff = At first nothing had more than half of the votes. So the weakest went out, one after the other ({ $options }), and each of their votes went to its next choice.

# $voted (Number) - how many took part
# $people (Number) - how many are in the room
ballot-turnout-of = { $voted } of { $people } took part.

# $voted (Number) - how many took part
ballot-turnout = { $voted } took part.

ballot-papers = Every ballot with its receipt, in an order drawn by lot:

# $least (Number) - how many ballots are needed
ballot-too-few-papers = Fewer than { $least } voted, which could tell who chose what: destroyed unread, without a result.
