### What the month was, in words. Never a score, never a grade.

# $month (String) - the month
# $people (String) - how many, without a unit
people = In { $month } { $people } people wrote
# $people (String) - how many took part
people-active = Counting those who only reacted, { $people } took part.
# $people (String) - how many, without a unit
new = { $people } people wrote for the first time
# $voices (String) - effective voices
voices = The conversation sounded like { $voices } equal voices
# $voices (String) - effective voices
# $posters (String) - people who wrote
voices-among = The conversation sounded like { $voices } equal voices among the { $posters } people who wrote
# $share (String) - the share
taken-up = { $share } of the conversations were taken up by somebody else
# $time (String) - such as “within an hour”
answer-time = Half of them were taken up { $time }.
# $quarters (String) - such as “July to September 2026”
# $share (String) - the share
came-back = Of the newcomers of { $quarters }, { $share } came back on another day within a month
# $share (String) - the share
actions = Of what was agreed in the last twelve months, { $share } is done.

# $said (String) - a sentence without its full stop
# $usual (String) - what is usual, such as “31 to 46”
with-usual = { $said }; usually it is { $usual }.
# The same, where it lies beyond that, and no change is claimed.
# $said (String) - a sentence without its full stop
# $usual (String) - what is usual, such as “31 to 46”
with-usual-beyond = { $said }; usually it is { $usual }. One month so far off may still be chance.

carried-few = Who carries the conversation: a few people. It sounded like fewer voices than a fifth of those who wrote.
carried-many = Who carries the conversation: many of those who wrote, but not half of them.
carried-most = Who carries the conversation: most of those who wrote.

# $unknown (String) - hours
# $all (String) - hours
gaps = Hearth did not see { $unknown } of the month’s { $all } hours. What happened then is not counted, and nothing here is compared with other months.

## What may be said of a value beside what is usual. Nothing else compares.

claim-month-more = That is more than usual.
claim-month-less = That is less than usual.
# $before (String) - the same month a year ago
claim-as-last-year = That differs from what is usual, but so it did in { $before }.
claim-quarter-more = Over the last three months it was more than usual.
claim-quarter-less = Over the last three months it was less than usual.
claim-quarter-as-last-year = Over the last three months it differed from what is usual, but so it did a year ago.
# These two follow a colon.
claim-quarter-no-clear-change = over the last three months there was no clear change; a halving would have shown.
claim-quarter-cannot-tell = whether the last three months were different cannot be told: months vary too much, or there are too few of them.
# $names (String) - measures
# $said (String) - what is said of them
claim-of = { $names }: { $said }
claim-trial-more = The three months after it began had more than those before, and chance alone would rarely do that.
claim-trial-less = The three months after it began had less than those before, and chance alone would rarely do that.
claim-trial-no-clear-change = No clear change; a halving would have shown.
claim-trial-cannot-tell = Whether that is a change or chance cannot be told.

## What a change would have to be to be noticed.

# $people (String) - how many people usually write
# $low (String) - people
# $high (String) - people
notice-month = With about { $people } people who write, only a month with fewer than { $low } or more than { $high } would be more than chance.
# $people (String) - how many people usually write
# $high (String) - people
notice-month-more = With about { $people } people who write, only a month with more than { $high } would be more than chance; a drop could not be told from it.
# $count (Number) - of ten times
# $value (String) - the same as written
notice-halving = { $count ->
    [one] If half of them stopped for a quarter, this page would notice one time in ten.
   *[other] If half of them stopped for a quarter, this page would notice { $value } times in ten.
}
notice-halving-always = If half of them stopped for a quarter, this page would notice.
notice-halving-never = If half of them stopped for a quarter, this page would hardly ever notice.
notice-quarter-too-early = Quarters are compared once there are six months before them.

## What is said when there is no value.

# $month (String) - the month
too-few = Fewer than five people wrote in { $month }: too few to say anything about the community without saying it about persons.
# $month (String) - the month
nothing-to-say = Too little is known of { $month } to say anything about the community.
# $name (String) - the measure
# $reason (String) - the reason, as it goes on after a colon
no-value = { $name }: { $reason }
