## Polls.

poll = Polls
    .about = Ask a question, tap an answer
    .verb-poll = poll
    .verb-poll-close = close end
    .help =
        - `!hearth poll "Where do we meet?" Park | Café | Online` – ask the room
        - `!hearth poll "Lunch?" Yes | No --hidden --close 2h` – results at the end, in two hours
        - `!hearth poll close` – end yours sooner; leads can end any
    .set-close-after = how long a poll is open when nobody says, like 2h or 3d
    .set-longest = how long a poll may be open at most
    .set-hidden = whether results are kept back until the end when nobody says
    .set-who-opens = who may open polls: everyone or leads
    .set-announce-members-polls = whether I also post the results of polls that members open in their app

## Opening

# $until (String) - when it ends
# $prefix (String) - what commands begin with
poll-open-until = Until **{ $until }**. You can change your vote until then; `{ $prefix } poll close` ends it sooner.
poll-hidden-note = Apps show the results only then. It is no secret ballot: whoever knows how can read the votes in the room.

poll-only-in-rooms = Polls live in rooms. Send me that in the room that you want to ask.
poll-leads-only = In this community leads open the polls. Ask one of them to open yours.

## What can be wrong

# $prefix (String) - what commands begin with
poll-no-question = I miss the question. It comes first, in quotation marks: `{ $prefix } poll "Where do we meet?" Park | Café`.

# $prefix (String) - what commands begin with
poll-unclear = I can't tell where the question ends. Put it in quotation marks, or end it with a question mark: `{ $prefix } poll "Where do we meet?" Park | Café`.

# $count (Number) - how many answers there are
# $prefix (String) - what commands begin with
poll-too-few = { $count ->
    [0] I see a question, but no answers.
    *[other] I see only one answer, and a poll needs two to choose from.
  } Put `|` between the answers: `{ $prefix } poll "Where do we meet?" Park | Café`.

# $count (Number) - how many answers there are
# $most (Number) - how many there may be
poll-too-many = That's { $count } answers, and apps show { $most } at most. Leave some out, or make two polls of it.

# $prefix (String) - what commands begin with
poll-empty-answer = One answer is empty: two `|` stand side by side, or one stands at the end. Write it like `{ $prefix } poll "Where do we meet?" Park | Café`.

# $length (Number) - how many characters it has
# $most (Number) - how many it may have
poll-long-question = The question has { $length } characters, and apps show { $most } at most. Shorten it; the rest can go in a message before the poll.

# $number (Number) - which answer
# $length (Number) - how many characters it has
# $most (Number) - how many it may have
poll-long-answer = Answer { $number } has { $length } characters, and apps show { $most } at most. Shorten it and send the poll again.

poll-no-close-time = After `--close` I need to know how long the poll is open: `--close 30m`, `--close 2h` or `--close 3d`.

# $text (String) - what was written
poll-wrong-close-time = “{ $text }” is not a length of time from now on. Write it like `--close 30m`, `--close 2h` or `--close 3d`.

# $longest (String) - how long a poll may be open
poll-close-too-late = In this community a poll is open for { $longest } at most. Choose a shorter time, or ask a lead to change the setting `longest`.

# $option (String) - what was written
poll-unknown-option = I don't know the option “{ $option }”. A poll takes `--hidden`, `--open` and `--close 2h`.

## Closing

# $question (String) - the poll's question
poll-ended = The poll is closed: { $question }

poll-close-none = No poll of mine is open in this room.
poll-close-not-yours = Only who asked for a poll, or a lead, can close it. It also closes by itself when its time is over.
poll-close-in-your-app = The poll that is open here was opened in an app. Who opened it can end it there.

# $question (String) - the poll's question
poll-name = “{ $question }”

# $names (String) - the polls that are still open
# $prefix (String) - what commands begin with
poll-close-more = I close the newest one. Still open: { $names }. `{ $prefix } poll close` again closes the next.

# $question (String) - the poll's question
poll-result-title = **The poll is closed: { $question }**

poll-nobody = Nobody voted this time.

# $count (Number) - how many votes
poll-spoilt = { $count ->
    [one] One vote could not be counted, because it named an answer that this poll doesn't have.
    *[other] { $count } votes could not be counted, because they named an answer that this poll doesn't have.
  }
