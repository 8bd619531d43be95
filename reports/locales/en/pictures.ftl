### Pictures: titles, what they say, how to read them. Looked up by the figure's id.

picture-activity = People and messages, month by month
    .read = Above, people who wrote or reacted; below, all messages.
picture-voices = How many voices are heard
    .read = The thick line counts effective voices: how many people it would take to sound this varied if all wrote equally much. The shade is its 95% interval; the thin line counts everybody who wrote.
picture-lorenz = How evenly the talking is shared
    .read = People who wrote stand in line from the quietest to the most active. The straight line is where everybody writes equally much; the further a curve sags below it, the more a few people write.
picture-growth = Who comes, stays and pauses
    .read = Above the line, people who wrote in the month; below it, people who had written the month before and paused.
picture-answered = Who gets an answer
    .read = Dots are what was measured; the lines through them are 95% intervals: the truth may well lie anywhere along them.

## What a picture says in one sentence, also for those who do not see it.

# $name (String) - the line's name
# $value (String) - its last value
# $month (String) - the last month
alt-last = { $name }: { $value } in { $month }.
# $name (String) - the line's name
# $value (String) - its last value
# $interval (String) - its interval
# $month (String) - the last month
alt-last-interval = { $name }: { $value } ({ $interval }) in { $month }.
# $name (String) - the line's name
# $value (String) - its last value
# $month (String) - the last month
# $low (String) - the lowest earlier value
# $high (String) - the highest earlier value
alt-last-range = { $name }: { $value } in { $month }, between { $low } and { $high } in the months before.
# $name (String) - the line's name
# $month (String) - the last month
alt-last-unknown = { $name }: not known for { $month }.
# $name (String) - the line's name
# $month (String) - the last month
alt-last-suppressed = { $name }: not shown for { $month }.
# $share (String) - a share of messages
# $month (String) - the month
alt-lorenz = In { $month }, the quieter half of those who wrote sent { $share } of the messages.
# $share (String) - a share of messages
# $month (String) - the month
alt-lorenz-earlier = In { $month } it was { $share }.
# $month (String) - the month
# $parts (String) - names and values
alt-growth = { $month }: { $parts }.
# $names (String) - what is not shown
alt-not-shown = Not shown: { $names }.

## Labels inside pictures.

lorenz-equal = everybody equally
lorenz-x = people who wrote, quietest first
lorenz-y = share of messages
# $share (String) - a share
lorenz-half = quieter half: { $share }
note-suppressed = Hatched: not shown, too few people to say
note-na = Hatched: not known
note-nobody = Dots: nobody wrote then, or too few people to say
note-both = Hatched: too few people to say, or not known
no-value-here = not known
not-shown-here = not shown

## Events in time. Looked up as event-<id>.

event-hearth_started = Hearth started
event-meeting = meeting
event-retro = retro
event-new_rules = new rules

## More pictures.

picture-retention = Who stays, by the month in which they came
    .read = Each row is everybody who first wrote in that month; each square says which share of them wrote again so many months later. Small rows swing a lot by chance alone.
picture-survival = How long people stay
    .read = The line falls whenever somebody has not written for 90 days; who wrote lately counts as still there. The shade is the 95% interval; the thin grey line is a year earlier.
picture-response = How long people wait for a reply
    .read = Each column is a month. The dot is the middle reply, the thick part the middle half, the thin line nine in ten without the slowest and the quickest tenth. Equal steps upwards are equal factors, not equal minutes.
picture-week = When in the week people write
    .read = The stronger a field’s colour, the more was written then, in the community’s own time.
picture-rooms = Room by room
    .read = The line is messages month by month, each room on its own scale. Effective voices say how many people it would take to sound this varied if all wrote equally much.
picture-network = Who answers whom
    .read = On the left those who replied, on the right those they replied to; a band is as thick as there were replies. Bands in the strong colour cross from one group to another.
picture-funnel = How far newcomers get
    .read = Each bar is a share of those who came; the line on it is the 95% interval.
picture-actions = What became of what was agreed
    .read = A column a retrospective. An action that is still open is no failure, but one that nobody wants can be dropped.
picture-themes = Which themes come back
    .read = A dot where a theme came up. In the strong colour: this time, and before. A theme that keeps coming back may need somebody from outside.
picture-pulse = What members said about the community
    .read = Dots are the mean answer, the lines through them 95% intervals. Nothing is shown below ten answers.

# $size (String) - how many people
# $cohort (String) - the month in which they came
# $share (String) - the share that wrote again
# $later (String) - how much later, such as "3 months"
alt-cohort = Of the { $size } who first wrote in { $cohort }, { $share } wrote again { $later } later.
# $share (String) - a share, with its interval
alt-survival = A month after their first message, { $share } were still there.
# $count (Number) - days
# $value (String) - the same as written
alt-survival-half = { $count ->
    [one] After one day half had gone.
   *[other] After { $value } days half had gone.
}
alt-survival-more-than-half = More than half stayed for as long as the log can tell.
# $month (String) - the month
# $median (String) - a time
# $high (String) - a time
alt-strips = In { $month } half of the replies came within { $median }, nine in ten within { $high }.
# $low (String) - a time
# $high (String) - a time
alt-strips-before = In the months before, the middle reply took { $low } to { $high }.
# $day (String) - a weekday
# $from (String) - an hour
# $to (String) - an hour
# $value (String) - how much, with its unit
alt-week-month = Busiest: { $day } from { $from } to { $to }, { $value } this month.
# $day (String) - a weekday
# $from (String) - an hour
# $to (String) - an hour
# $value (String) - how much, with its unit
# $months (String) - such as "3 months"
alt-week = Busiest: { $day } from { $from } to { $to } ({ $value } in { $months }).
# $count (Number) - rooms
# $value (String) - the same as written
alt-rooms = { $count ->
    [one] One room was busy enough to show.
   *[other] { $value } rooms were busy enough to show.
}
# $name (String) - the busiest room
# $messages (String) - its messages, with the unit
alt-rooms-first = Most was written in “{ $name }”: { $messages }.
# $from (String) - a group
# $to (String) - a group
# $value (String) - replies
alt-network = Most replies between groups: { $value }, from “{ $from }” to “{ $to }”.
alt-network-none = No replies between groups can be shown.
# $people (String) - how many came, with the unit
# $from (String) - the first month
# $to (String) - the last month
# $share (String) - a share, with its interval
# $step (String) - the last step
alt-funnel = Of { $people } who came from { $from } to { $to }, { $share } got as far as: { $step }.
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
cohort-steps = % who wrote again, by months since their first
survival-x = days since the first message
strip-high = nine in ten
strip-median = half
strip-low = one in ten
rooms-messages = messages
rooms-people = people who wrote
rooms-voices = effective voices
rooms-answered = got a reply
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
    [one] One quieter room is left out here.
   *[other] { $value } quieter rooms are left out here.
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
stage-wrote_again = wrote again, one to four months later
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
item-belonging = I belong here
item-value = This community helps me in my work
item-mistakes = Mistakes are not held against anybody
item-problems = Problems can be brought up
item-difference = Nobody is turned away for being different
item-risk = It is safe to take a risk
item-help = It is easy to ask for help
item-effort = Nobody undermines what others do
item-skills = What I can do is valued
