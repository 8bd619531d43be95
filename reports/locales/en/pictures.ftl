### Pictures: titles, what they say, how to read them. Looked up by the figure's id.

picture-activity = People and messages, month by month
    .read = The thick line counts people who wrote; a thin one, where reactions are known, everybody who wrote or reacted. A bar instead of a line is a range: the number lies somewhere in it. Messages are told as ranges only: the strong part of a bar is the least, the light part the most it can be.
picture-voices = How many voices are heard
    .read = The thick line counts effective voices: how many people it would take to sound this varied if all wrote equally much. The thin line counts everybody who wrote. The nearer they are, the more evenly the talking is shared.
picture-newcomers = Who wrote for the first time
    .read = A bar is a range: fewer than five newcomers are not told apart from none.
picture-answered = How often a conversation is taken up
    .read = The line is the share of conversations that somebody else took up; the shade around it says how far chance alone may move it.
picture-people = Newcomers and regulars, quarter by quarter
    .read = Each dot is a share of the people of whole quarters, the newest in the strong colour; the truth may well lie anywhere along its line. Shares of few people are told in steps of a quarter or a half.

## What a picture says in one sentence, also for those who do not see it.

# $name (String) - the line's name
# $value (String) - its last value
# $month (String) - the last month
alt-last = { $name }: { $value } in { $month }.
# $name (String) - the line's name
# $value (String) - its last value
# $month (String) - the last month
# $usual (String) - what is usual
alt-last-usual = { $name }: { $value } in { $month }, usually { $usual }.
# $name (String) - the line's name
# $reason (String) - the reason, as it goes on after a colon
alt-line-left-out = “{ $name }” is not drawn: { $reason }
# $name (String) - what was measured or asked
# $value (String) - what was found, with its interval
# $when (String) - when, and of how many
alt-at = { $name }: { $value } ({ $when }).
# $name (String) - what was measured or asked
# $value (String) - what was found
alt-value = { $name }: { $value }.
# $name (String) - the line's name
# $month (String) - the last month
alt-last-unknown = { $name }: not known for { $month }.
# $name (String) - the line's name
# $month (String) - the last month
alt-last-suppressed = { $name }: not shown for { $month }.
# $months (String) - months
alt-marks-more = More than usual before: { $months }.
# $months (String) - months
alt-marks-less = Less than usual before: { $months }.
## Labels inside pictures.

note-suppressed = Hatched: not shown, too few people to say.
note-na = Hatched: not known.
note-usual = Light band: what is usual.
note-marks = Triangle: more or less than usual.
note-both = Hatched: too few people to say, or not known.
no-value-here = not known
not-shown-here = not shown

## Events in time. Looked up as event-<id>.

event-hearth_started = Hearth started
event-meeting = meeting
event-retro = retro
event-new_rules = new rules

## More pictures.

picture-retention = Who stays, by the quarter in which they came
    .read = Each row is everybody who first wrote in that quarter; each square says how many of a hundred of them wrote again so many quarters later. Small rows swing a lot by chance alone.
picture-survival = How long newcomers stay
    .read = Somebody counts as gone after 90 days without a message. The shade says how far chance alone may move the line.
picture-week = When in the week people write
    .read = In the community’s own time. Three levels are enough to find a good hour for a meeting.
picture-rooms = Room by room
    .read = Each bar is a month: between its ends lies the number of people who wrote, each room on its own scale. Exact numbers of several rooms could tell of single people. Effective voices say how many people it would take to sound this varied if all wrote equally much.
picture-network = Who answers whom
    .read = On the left those who replied, on the right those they replied to; a band is as thick as there were replies, which are rounded. Bands in the strong colour cross from one group to another.
picture-funnel = How far newcomers get
    .read = Each bar is a share of those who joined; the line on it says how far chance alone may move it.
picture-actions = What became of what was agreed
    .read = A column a retrospective. An action that is still open is no failure, but one that nobody wants can be dropped.
picture-themes = Which themes come back
    .read = A dot where a theme came up. In the strong colour: this time, and before. A theme that keeps coming back may need somebody from outside.
picture-pulse = What members said about the community
    .read = Dots are the mean answer; the truth may well lie anywhere along their lines. Nothing is shown below ten answers.

# $size (String) - how many people, at least
# $cohort (String) - the quarter in which they came
# $share (String) - the share that wrote again
# $later (String) - how much later, such as "3 quarters"
alt-cohort = Of the newcomers of { $cohort } ({ $size } or more), { $share } wrote again { $later } later.
# $people (String) - how many newcomers, at least
alt-survival-about = Of { $people } newcomers or more:
# $days (String) - days
# $share (String) - a share, with its interval
alt-survival = { $share } still wrote { $days } days after their first message.
# $day (String) - a weekday
# $from (String) - an hour
# $to (String) - an hour
week-time = { $day } from { $from } to { $to }
# $times (String) - a list of times of the week
alt-week = Most is written on { $times }.
alt-week-even = No time of the week stands out.
week-levels = Strong: much is written; light: some; a dot: little, or by too few people to say.
# $count (Number) - rooms
# $value (String) - the same as written
alt-rooms = { $count ->
    [one] In one room enough people wrote to show it.
   *[other] In { $value } rooms enough people wrote to show them.
}
# $name (String) - the room with most people
# $people (String) - how many, with the unit
alt-rooms-first = Most people wrote in “{ $name }”: { $people }.
# $from (String) - a group
# $to (String) - a group
# $value (String) - about how many replies
alt-network = Most replies between groups: about { $value }, from “{ $from }” to “{ $to }”.
alt-network-none = No replies between groups can be shown.
# $people (String) - how many came, with the unit
# $quarters (String) - such as “April to September 2026”
# $share (String) - how many of them, or which share
# $step (String) - the last step
alt-funnel = Of { $people } who joined in { $quarters }, { $share } got as far as “{ $step }”
# $count (Number) - actions
# $value (String) - the same as written
# $done (String) - how many are done
# $open (String) - how many are open
alt-actions = { $count ->
    [one] One action was agreed: done { $done }, still open { $open }.
   *[other] { $value } actions were agreed: { $done } are done, { $open } still open.
}
# $count (Number) - themes
# $value (String) - the same as written
alt-themes = { $count ->
    [one] One theme came up.
   *[other] { $value } themes came up.
}
alt-themes-none = None of them came back this time.
# $themes (String) - a list
alt-themes-back = Back again this time: { $themes }.

## Labels in these.

cohort-size = people
cohort-steps = of a hundred wrote again, by quarters since their first
survival-x = days since the first message
# $day (String) - days
survival-end = after { $day } days
rooms-people = people who wrote
rooms-voices = effective voices
rooms-taken-up = taken up
rooms-dash = –: too few people to say, or not known.
# $count (Number) - rooms
# $value (String) - the same as written
rooms-unlisted = { $count ->
    [one] One more room had too few people to be shown.
   *[other] { $value } more rooms had too few people to be shown.
}
# $count (Number) - rooms
# $value (String) - the same as written
rooms-quieter = { $count ->
    [one] One smaller room is left out here.
   *[other] { $value } smaller rooms are left out here.
}
# $number (String) - a number
number-in-picture = No. { $number }
network-from = who replied
network-to = to whom
network-hidden = Broken lines: there may be replies, by too few people to say how many.
group-newcomers = newcomers
group-settled = settled members
group-returned = back after a pause
group-not_new = everybody else
group-new_or_back = new or back after a pause
group-others = everybody else
stage-joined = joined
stage-wrote = wrote a first message
stage-answered = got an answer
stage-came_back = came back within a month
actions-done = done
actions-dropped = dropped
actions-open = still open
actions-ages = Open actions by age
# $days (String) - days
age-under = under { $days } days
# $from (String) - days
# $to (String) - days
age-between = { $from } to { $to } days
# $days (String) - days
age-over = { $days } days and more
item-safety = It is safe to speak up here
item-mistakes = Mistakes are not held against anybody
item-problems = Problems can be brought up
item-difference = Nobody is turned away for being different
item-risk = It is safe to take a risk
item-help = It is easy to ask for help
item-effort = Nobody undermines what others do
item-skills = What I can do is valued
