## Meetings: planned, announced, led in turn.

meetings = Meetings
    .about = Meet regularly, with agenda
    .verb-meeting = meeting meetings
    .verb-meeting-new = new
    .verb-meeting-find = find
    .verb-meeting-can = can
    .verb-meeting-adopt = adopt
    .verb-meeting-list = list
    .verb-meeting-agenda = agenda
    .verb-meeting-skip = skip
    .verb-meeting-move = move
    .verb-meeting-cancel = cancel
    .verb-meeting-volunteer = volunteer
    .verb-meeting-unvolunteer = unvolunteer
    .verb-meeting-swap = swap
    .verb-meeting-here = here
    .verb-meeting-round = round
    .verb-meeting-next = next
    .verb-meeting-back = back
    .verb-meeting-end = end close
    .verb-meeting-extend = extend
    .verb-meeting-ics = ics calendar
    .help =
        - `!hearth meeting new "Community call" every tuesday 10:00` – plan a series
        - `!hearth meeting find "Design talk" tue 10:00 | wed 16:00` – ask when people can
        - `!hearth meeting list` – what comes, `!hearth meeting agenda` – what about
    .help-more =
        - `!hearth meeting move friday 15:00`, `!hearth meeting cancel`
        - `!hearth meeting skip`, `!hearth meeting skip until 8 january`
        - `!hearth meeting volunteer` – lead in turn, `!hearth meeting swap @ana` – swap
        - `!hearth meeting ics` – for your calendar
        - `!hearth meeting new "Tea" every other tuesday 10:00 --link URL` – with a link
        - On the day: `here`, `!hearth meeting next` – the next topic, `!hearth meeting end`
        - `!hearth meeting round Any news?` – ask everybody in turn
    .set-remind = whether I remind the room before a meeting
    .set-remind-before = how long before, like 1h
    .set-ask-before = how long before a meeting those who lead it are told, like 1d
    .set-length = how long a meeting is when nobody says
    .set-who-plans = who may plan meetings: everyone or leads
    .set-zones = in which zones I show times beside the meeting's own, like Europe/Berlin, America/New_York

meetings-nth-first = first

meetings-nth-second = second

meetings-nth-third = third

meetings-nth-fourth = fourth

meetings-nth-last = last

# $day (Number) - the day of the week, 1 is Monday
meetings-short-day =
    { $day ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
        *[other] Sun
    }

# $time (String) - the time of day
meetings-tap-daily = daily { $time }

# $time (String) - the time of day
meetings-tap-weekdays = Mon–Fri { $time }

# $day (String) - the day of the week
# $time (String) - the time of day
# $weeks (Number) - how many weeks lie between
meetings-tap-weeks = { $day } { $time }, { $weeks } weeks

meetings-tap-here = ✋ I am in

meetings-tap-next = ▶ next

meetings-tap-back = ◀ back

meetings-tap-more = +5 min

meetings-tap-pass = pass

# $time (String) - the time of day
meetings-daily = every day at { $time }

# $time (String) - the time of day
meetings-weekdays = Monday to Friday at { $time }

# $day (String) - the day
# $time (String) - the time of day
meetings-weekly = every { $day } at { $time }

# $weeks (Number) - how many weeks lie between
# $day (String) - the day
# $time (String) - the time of day
meetings-every-weeks = every { $weeks } weeks, on { $day } at { $time }

# $nth (String) - which of the month's
# $day (String) - the day
# $time (String) - the time of day
meetings-monthly = every month on the { $nth } { $day } at { $time }

## How often, as a command says it

# $time (String) - at what time
meetings-written-daily = daily { $time }

# $time (String) - at what time
meetings-written-weekdays = weekdays { $time }

# $day (String) - a day of the week
# $time (String) - at what time
meetings-written-weekly = every { $day } { $time }

# $weeks (Number) - how many weeks
# $day (String) - a day of the week
# $time (String) - at what time
meetings-written-weeks = every { $weeks } weeks on { $day } { $time }

# $nth (String) - which of the month's
# $day (String) - a day of the week
# $time (String) - at what time
meetings-written-monthly = monthly { $nth } { $day } { $time }

meetings-role-open = still open

# $facilitator (String) - who facilitates
# $notes (String) - who takes notes
meetings-roles = Facilitates: { $facilitator }. Takes notes: { $notes }.

# $link (String) - where people call in
meetings-link = Call: { $link }

## Planning

# $name (String) - the meeting's name
# $rhythm (String) - when it repeats
# $when (String) - day, time and zone
# $prefix (String) - what commands begin with
meetings-planned = **{ $name }**: { $rhythm }, first on { $when }. I remind the room, and bring the agenda. Who leads now and then? `{ $prefix } meeting volunteer`

# $name (String) - the meeting's name
# $rhythm (String) - when it repeats
# $next (String) - when the next one is
meetings-list-line = **{ $name }**: { $rhythm }, next on { $next }

# $name (String) - the meeting's name
# $when (String) - day, time and zone
# $next (String) - when the next one is
meetings-skipped = **{ $name }** does not take place on { $when }. The next one is on { $next }.

# $name (String) - the meeting's name
# $count (Number) - how many
# $days (String) - their days
# $next (String) - when the next one is
meetings-skipped-several = **{ $name }** is left out { $count } times: { $days }. The next one is on { $next }.

# $name (String) - the meeting's name
# $day (String) - the day
meetings-skipped-before = **{ $name }** is skipped on { $day } already.

# $name (String) - the meeting's name
# $before (String) - when it was to be
# $when (String) - day, time and zone
meetings-moved = **{ $name }** moves from { $before } to { $when }, this once.

# $name (String) - the meeting's name
# $prefix (String) - what commands begin with
meetings-cancelled = **{ $name }** is over for good. `{ $prefix } meeting new` begins something else.

## Leading in turn

# $name (String) - the meeting's name
# $roles (String) - who leads it
meetings-volunteered = Thank you! Your turn in **{ $name }** will come. Next time: { $roles }

# $name (String) - the meeting's name
# $when (String) - day, time and zone
# $roles (String) - who leads it
meetings-volunteered-for-next = Thank you! The next **{ $name }** is yours: { $when }. { $roles }

# $roles (String) - who leads it
meetings-unvolunteered = All right, you're no longer in the rota. Next time: { $roles }

# $roles (String) - who leads it
meetings-swapped = Swapped. { $roles }

# $name (String) - the meeting's name
# $when (String) - day, time and zone
# $prefix (String) - what commands begin with
meetings-asked-to-facilitate = You facilitate **{ $name }** next: { $when }. The agenda comes by itself; you open, watch the time, and see that everybody gets a word in. If it doesn't suit you: `{ $prefix } meeting swap @who`, in the room.

# $name (String) - the meeting's name
# $when (String) - day, time and zone
# $prefix (String) - what commands begin with
meetings-asked-for-notes = You take notes in **{ $name }** next: { $when }. A few lines in the thread are plenty; what is agreed goes down with `{ $prefix } action @who what by when`. If it doesn't suit you: `{ $prefix } meeting swap @who`, in the room.

# $who (String) - a person
# $roles (String) - who leads it
# $prefix (String) - what commands begin with
meetings-leader-left = { $who } has left the room and can't lead next time. Instead: { $roles } `{ $prefix } meeting swap @who` changes it.

# $who (String) - a person
# $prefix (String) - what commands begin with
meetings-leader-left-now = { $who } has left the room. Whoever takes over says `{ $prefix } meeting swap @me`.

# $prefix (String) - what commands begin with
meetings-nobody-leads = Nobody leads yet. Whoever does says `{ $prefix } meeting swap @me`.

## When it comes

# $name (String) - the meeting's name
# $when (String) - day, time and zone
meetings-soon = **{ $name }** is coming up: { $when }

# $name (String) - the meeting's name
meetings-begun = **{ $name }** has begun, below.

# $name (String) - the meeting's name
# $until (String) - the time of day
meetings-on = **{ $name } begins now**, until { $until }

# $prefix (String) - what commands begin with
meetings-how = Tap *I am in*, or write `here`. Talk goes in the thread, and `{ $prefix } action @who what by when`.

# $name (String) - the meeting's name
# $when (String) - day, time and zone
meetings-agenda-title = **{ $name }**, { $when }

meetings-agenda-actions = What is still open:

meetings-agenda-topics = What you want to talk about:

# $count (Number) - how many
meetings-agenda-dots = { $count ->
    [one] one dot
    *[other] { $count } dots
  }

# $count (Number) - how many
meetings-agenda-more = and { $count } more

meetings-agenda-empty = The agenda is still empty. Bring what's on your mind.

# $who (String) - a person
meetings-your-turn = { $who }, what would you like to say?

# $question (String) - what the round is about, in the words of whoever began it
# $who (String) - a person
meetings-round-about = **{ $question }** { $who }, you first.

meetings-round-over = That was everybody. Thank you.

# $name (String) - the meeting's name
# $when (String) - day, time and zone
# $count (Number) - how many
meetings-over = **{ $name }**, { $when }, is over. { $count ->
    [0] Nobody said that they were there.
    [one] One person was there.
    *[other] { $count } people were there.
  }

# $count (Number) - how many
meetings-closing = { $count ->
    [0] That's the end of the meeting.
    [one] That's the end of the meeting. Thank you for coming!
    *[other] That's the end of the meeting. Thank you, all { $count } of you!
  }

# $count (Number) - how many
meetings-agreed = { $count ->
    [one] One thing was agreed:
    *[other] { $count } things were agreed:
  }

meetings-agreed-nothing = No actions were agreed, which is fine too.

# $count (Number) - how many
meetings-discussed = { $count ->
    [one] Discussed:
    *[other] Discussed ({ $count }):
  }

# $next (String) - when the next one is
meetings-next = Next time: { $next }.

## What can be wrong

# $prefix (String) - what commands begin with
meetings-none = No meetings are planned. `{ $prefix } meeting new "Community call" every tuesday 10:00` plans one.

meetings-only-in-rooms = A meeting belongs to a room. Send me that in the room that meets.

meetings-leads-only = In this community leads plan the meetings. Tell one of them your idea.

# $most (Number) - how many there may be
meetings-too-many = { $most } meetings are as many as I can keep. Cancel one that is no longer needed.

# $prefix (String) - what commands begin with
meetings-no-name = What is it called? Write it like `{ $prefix } meeting new "Community call" every tuesday 10:00`.

# $count (Number) - how many
# $most (Number) - how many there may be
meetings-long-name = The name has { $count } characters; { $most } are enough.

# $name (String) - the meeting's name
# $prefix (String) - what commands begin with
meetings-name-taken = There is a **{ $name }** already. Choose another name, or end that one with `{ $prefix } meeting cancel`.

# $prefix (String) - what commands begin with
meetings-no-time = At what time? Write it like `{ $prefix } meeting new "Community call" every tuesday 10:00`, on a 24-hour clock or with am and pm.

# A command that plans a series, to be copied.
meetings-example = meeting new "Community call" every tuesday 10:00

# $days (String) - the days that were understood
# $command (String) - the command with a time
meetings-no-clock = I read `{ $days }`; at what time? Like this: `{ $command }`

# $days (String) - the days that were understood
# $wrong (String) - what was written as the time
# $command (String) - the command as it would be right
meetings-wrong-clock = I read `{ $days }`, but `{ $wrong }` is no time of day. Like this: `{ $command }`

# $rhythm (String) - when it repeats
# $prefix (String) - what commands begin with
meetings-unnamed = I read `{ $rhythm }`; what is it called? Like this: `{ $prefix } meeting new "Community call" { $rhythm }`

# $wrong (String) - what was written
# $prefix (String) - what commands begin with
meetings-wrong-rhythm = I can't read `{ $wrong }` as a rhythm. Like this: `{ $prefix } meeting new "Community call" every tuesday 10:00`, or `every other tuesday 10:00`, `every month on the first tuesday 10:00`, `weekdays 9:00`.

# $wrong (String) - what was written
meetings-no-value = Something is missing after `{ $wrong }`.

# $wrong (String) - what was written
meetings-wrong-link = I can't use `{ $wrong }` as a link. It begins with `https://`, and has no brackets or spaces.

# $wrong (String) - what was written
meetings-wrong-length = `{ $wrong }` is no length for a meeting. Write it like `45m` or `2h`, a day at most.

# $wrong (String) - what was written
# $prefix (String) - what commands begin with
meetings-unknown-option = I don't know `{ $wrong }`. `{ $prefix } meeting new` takes `--zone Europe/Berlin`, `--link https://…`, `--for 45m` and `--from 2027-01-12`.

# $wrong (String) - what was written
# $prefix (String) - what commands begin with
# $meant (String) - what was perhaps meant
meetings-unknown-verb-suggest = I don't know `{ $wrong }`. Did you mean `{ $prefix } { $meant }`?

# $wrong (String) - what was written
# $names (String) - names of meetings
meetings-no-such = There is no meeting `{ $wrong }`. There are: { $names }.

# $wrong (String) - what was written
# $meant (String) - what was perhaps meant
meetings-no-such-suggest = There is no meeting `{ $wrong }`. Did you mean “{ $meant }”?

# $names (String) - names of meetings
meetings-which = Which one do you mean? There are: { $names }.

# $name (String) - the meeting's name
meetings-not-yours = **{ $name }** is changed by who planned it, by who leads it next time, and by leads. Ask one of them.

# $name (String) - the meeting's name
meetings-no-more = **{ $name }** has no more meetings planned.

# $name (String) - the meeting's name
# $next (String) - when the next one is
meetings-none-then = **{ $name }** does not meet in that time anyway. The next one is on { $next }.

# $name (String) - the meeting's name
# $day (String) - the day
# $next (String) - when the next one is
meetings-none-on = **{ $name }** does not meet on { $day }. The next one is on { $next }.

# $prefix (String) - what commands begin with
meetings-move-how = When should it be? Write it like `{ $prefix } meeting move thursday 15:00`, or `2027-01-12 to thursday 15:00` for another one than the next.

# $when (String) - day, time and zone
meetings-move-past = { $when } is over already. When should it be?

# $prefix (String) - what commands begin with
meetings-move-far = That is more than two months from its day. `{ $prefix } meeting skip` leaves one out.

# $wrong (String) - what was written
# $prefix (String) - what commands begin with
meetings-cancel-one = `cancel` ends the whole series, so I did nothing. To leave out one meeting (`{ $wrong }`), say `{ $prefix } meeting skip`.

# $wrong (String) - what was written
# $prefix (String) - what commands begin with
meetings-unknown-role = I don't know `{ $wrong }`. Say `{ $prefix } meeting volunteer` for both, or `facilitate` or `notes` after it.

# $prefix (String) - what commands begin with
# $example (String) - a whole id
meetings-swap-whom = With whom? Write `{ $prefix } meeting swap { $example }`, or `{ $prefix } meeting swap @me` to take what is open.

# $who (String) - a person
meetings-swap-gone = { $who } has left the room and can't lead. Choose somebody who is here.

# $name (String) - the series
meetings-swap-there = Pass that on in the room of { $name }: only there I see who is in it.

# $who (String) - the person
meetings-stranger = I don't see { $who } in this room. Choose somebody who is here.

# $name (String) - the series
meetings-elsewhere = { $name } belongs to a room in which I don't see you. Join it, and then ask me again.

# $roles (String) - who leads it
meetings-swap-not-yours = You have no turn to pass on. { $roles } They can swap, and so can leads.

# $name (String) - the meeting's name
# $next (String) - when the next one is
meetings-not-on = **{ $name }** is not on at the moment. The next one is on { $next }.

# $who (String) - a person
# $prefix (String) - what commands begin with
meetings-round-on = A round is on, and it is { $who }'s turn. `{ $prefix } meeting next` goes on.

meetings-round-nobody = Everybody who said that they are here has spoken. Write `here` in the thread to be asked.

# $prefix (String) - what commands begin with
meetings-no-round = No round is on. `{ $prefix } meeting round` begins one.

# $prefix (String) - what commands begin with
meetings-at-beginning = No topic is being talked about yet. `{ $prefix } meeting next` begins with the first.

# $prefix (String) - what commands begin with
meetings-extend-how = By how much? Write it like `{ $prefix } meeting extend 15m`, twelve hours at most.

## Finding a time

# $name (String) - what the meeting will be called
# $until (String) - day, date and time
meetings-find-title = **When shall “{ $name }” meet?** Until { $until }

# $name (String) - what the meeting will be called
meetings-find-over = **When shall “{ $name }” meet?**

# $prefix (String) - what commands begin with
meetings-find-how = Tap every time that suits you, or write `{ $prefix } meeting can 1 3`.

# $count (Number) - how many can
meetings-find-can = **{ $count }** can

# $count (Number) - how many have answered
meetings-find-count =
    { $count ->
        [0] Nobody has answered yet.
        [one] One person has answered.
        *[other] { $count } have answered.
    }

meetings-find-closed = This is closed; the result is below.

# $name (String) - what the meeting will be called
# $time (String) - day, time and zones
# $count (Number) - how many can
# $people (Number) - how many answered
meetings-find-winner = 🏆 “{ $name }”: **{ $time }**, { $count } of { $people } can

# $name (String) - what the meeting will be called
# $times (String) - several times
# $count (Number) - how many can
# $people (Number) - how many answered
meetings-find-tie = 🏆 “{ $name }”, { $count } of { $people } can at each: { $times }

# $prefix (String) - what commands begin with
meetings-find-adopt = Whoever asked, or a lead: `{ $prefix } meeting adopt` makes it a series.

# $first (Number) - the number of one of them
# $prefix (String) - what commands begin with
meetings-find-adopt-tie = Whoever asked, or a lead, chooses: `{ $prefix } meeting adopt { $first }`.

# $name (String) - what the meeting will be called
# $prefix (String) - what commands begin with
meetings-find-nobody = “{ $name }”: nobody has answered, so nothing was found. `{ $prefix } meeting find` asks again, perhaps with other times.

# $prefix (String) - what commands begin with
meetings-find-how-to = What shall it be called, and between which times shall people choose? Two at least, like `{ $prefix } meeting find "Design talk" tue 10:00 | wed 16:00 | fri 9:00`.

# $count (Number) - how many times there are
# $most (Number) - how many there may be
meetings-find-many = { $count } times are more than anybody compares. Choose { $most } at most.

# $time (String) - what was written
meetings-find-wrong-time = I can't read `{ $time }` as a time for a series. Write a day of the week and a time, like `tue 10:00` or `every other wednesday 16:00`.

# $time (String) - what was written
meetings-find-twice = `{ $time }` is there twice; once is enough.

# $close (String) - what was written
meetings-find-wrong-close = I can't read `{ $close }` as a length of time. Write it like `2d` or `12h`.

# $longest (String) - how long it may be open
meetings-find-long-close = That is too long: by then people have forgotten. { $longest } at most.

# $most (Number) - how many there may be
meetings-find-many-zones = More than { $most } zones make lines that nobody reads.

# $option (String) - what was written
# $prefix (String) - what commands begin with
meetings-find-unknown-option = I don't know `{ $option }`. `{ $prefix } meeting find` takes `--zone Europe/Berlin`, `--zones Asia/Tokyo,America/New_York`, `--close 2d`, `--link https://…` and `--for 45m`.

# $name (String) - what the meeting will be called
meetings-find-same = A time for **{ $name }** is being looked for already.

# $most (Number) - how many there may be
meetings-find-too-many-open = { $most } times are being looked for or wait to be adopted. Bring one of them to its end first.

# $prefix (String) - what commands begin with
meetings-find-none-open = No time is being looked for in this room. `{ $prefix } meeting find "Design talk" tue 10:00 | wed 16:00` asks everybody.

meetings-find-not-yours = Whoever asked for a time, or a lead, can do that. It also closes by itself.

# $prefix (String) - what commands begin with
meetings-can-which = When can you? Write the numbers of the times, like `{ $prefix } meeting can 1 3`, or `all`, or `none`.

# $number (Number) - what was written
# $last (Number) - the last number
# $prefix (String) - what commands begin with
meetings-can-unknown = There is no time { $number }. They are numbered from 1 to { $last }, like `{ $prefix } meeting can 1`.

# $prefix (String) - what commands begin with
meetings-adopt-none = There is nothing to adopt in this room. `{ $prefix } meeting find "Design talk" tue 10:00 | wed 16:00` looks for a time first.

# $until (String) - day, date and time
# $prefix (String) - what commands begin with
meetings-adopt-open = People can still answer until { $until }. `{ $prefix } meeting find close` ends that now.

# $word (String) - what was written
# $prefix (String) - what commands begin with
meetings-adopt-how = I don't know what you mean by `{ $word }`. `{ $prefix } meeting adopt` takes the time that suits most, `{ $prefix } meeting adopt 2` another one.
