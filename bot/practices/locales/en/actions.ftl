## What somebody said they would do.

actions = Actions
    .about = Who does what by when
    .verb-action = action
    .verb-action-done = done
    .verb-action-drop = drop
    .verb-action-take = take
    .verb-action-give = give
    .verb-action-move = move
    .verb-actions = actions
    .verb-actions-mine = mine
    .verb-actions-all = all
    .help =
        - `!hearth action @ana book the room by friday` – note it
        - `!hearth actions` – what is open, `!hearth actions mine` – your own
        - `!hearth action done 4` – it is done
    .help-more =
        - `!hearth action drop 4`, `!hearth action take 4`, `!hearth action move 4 friday` – off, yours, later
        - `!hearth action somebody cleans up in two weeks` – nobody's yet
    .set-remind = whether I remind people, privately, of what they took on
    .set-remind-before = how long before the day the first reminder comes, like 2d; another comes on the day
    .set-hour = at what time of day reminders come

actions-nobody = nobody yet

## Whom an action is given to that is nobody's, as a command says it.
actions-somebody = somebody

# $day (String) - the day
actions-due-today = today, { $day }

# $day (String) - the day
actions-due = by { $day }

# $day (String) - the day
# $late (Number) - how many days ago it was
actions-overdue = was for { $day } ({ $late ->
    [one] yesterday
    *[other] { $late } days ago
  })

# $action (String) - number, what, who, by when
actions-agreed = Noted: { $action }.

# $prefix (String) - what commands begin with
# $number (Number) - the action's number
actions-hint-take = Whoever wants it: `{ $prefix } action take { $number }`.

# $prefix (String) - what commands begin with
# $number (Number) - the action's number
actions-hint-date = If it should have a day: `{ $prefix } action move { $number } friday`.

# $action (String) - number, what, who, by when
actions-taken = Thank you! { $action }.

# $action (String) - number, what, who, by when
actions-given = Passed on: { $action }.

# $action (String) - number, what, who, by when
actions-moved = Moved: { $action }.

# $number (Number) - the action's number
# $who (String) - who has it
# $prefix (String) - what commands begin with
actions-is-taken = Number { $number } is with { $who } already. They can pass it on: `{ $prefix } action give { $number } @ana`.

# $number (Number) - the action's number
# $who (String) - who has it
actions-not-yours = Number { $number } is with { $who }. They say what becomes of it, or whoever noted it, or a lead.

# $number (Number) - the action's number
actions-is-done = Number { $number } is done already. Well done!

# $number (Number) - the action's number
actions-is-dropped = Number { $number } was dropped already.

actions-none = Nothing is open. `!hearth action @ana book the room by friday` notes something.

actions-none-mine = Nothing is waiting for you.

# $count (Number) - how many
actions-open = { $count ->
    [one] One action is open:
    *[other] { $count } actions are open:
  }

# $count (Number) - how many
actions-mine = { $count ->
    [one] One thing that you took on is open:
    *[other] { $count } things that you took on are open:
  }

# $count (Number) - how many more
actions-more = And { $count } more.

# $count (Number) - how many
actions-others = { $count ->
    [one] One more is with others: `!hearth actions all`.
    *[other] { $count } more are with others: `!hearth actions all`.
  }

# $count (Number) - how many actions
# $community (String) - the community's name
actions-reminder = { $count ->
    [one] A small reminder of something that you took on in { $community }, between the two of us:
    *[other] A small reminder of what you took on in { $community }, between the two of us:
  }

# $number (Number) - the first action's number
actions-reminder-how = `action done { $number }` when it's done, `action move { $number } friday` for another day, `action drop { $number }` if it's no longer needed. All are fine.

## What can be wrong

actions-only-in-rooms = Actions are agreed in a room, where everybody concerned can see them. Send me that there. Here you can see yours with `actions`, and say `action done 4`.

# $most (Number) - how many may be open
# $prefix (String) - what commands begin with
actions-too-many = { $most } actions are open, and nobody can keep more than that in mind. `{ $prefix } actions` shows them; perhaps some can be dropped.

# $number (Number) - the number that was asked for
# $prefix (String) - what commands begin with
actions-no-such = There is no action { $number }. `{ $prefix } actions` shows what is open.

# $prefix (String) - what commands begin with
# $verb (String) - what was written
actions-no-number = Which one? Say its number, like `{ $prefix } action { $verb } 4`. `{ $prefix } actions` shows the numbers.

# $prefix (String) - what commands begin with
# $number (Number) - the action's number
actions-no-day = To which day? Write it like `{ $prefix } action move { $number } friday`, or `in two weeks`, `end of month`, `2027-03-31`.

actions-day-or-words = If that belongs to what is to be done, put it in quotation marks.

# $name (String) - what was written
# $prefix (String) - what commands begin with
actions-unknown-person = I can't tell who `{ $name }` is. Choose them from the list that your app offers when you type @, write the whole id like `@ana:example.org`, or write `{ $prefix } action somebody …` if nobody has it yet.

actions-whose = Whose is it? I noted nothing yet. Copy the line that you mean:

# $who (String) - the person
actions-stranger = I don't see { $who } in this room, so I noted nothing. An action goes to somebody who is here.

# $number (Number) - the action's number
actions-elsewhere = Number { $number } was agreed in a room in which I don't see you. Those who are there say what becomes of it.

# $number (Number) - the action's number
actions-give-there = Pass number { $number } on in the room where it was agreed: only there I see who is in it.

# $who (String) - the person
# $count (Number) - how many actions they had
actions-handed-back = { $who } has left this room. { $count ->
    [one] What they had taken on is open again:
    *[other] What they had taken on is open again, { $count } actions:
  }

# $prefix (String) - what commands begin with
# $number (Number) - the first action's number
actions-handed-back-how = Whoever wants one: `{ $prefix } action take { $number }`. If it's no longer needed: `{ $prefix } action drop { $number }`.

# $prefix (String) - what commands begin with
actions-no-what = What is to be done? Write it like `{ $prefix } action @ana book the room by friday`.

# $length (Number) - how many characters it has
# $most (Number) - how many it may have
actions-long = That has { $length } characters; please say it in { $most } at most.
