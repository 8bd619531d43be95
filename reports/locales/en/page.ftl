### The page.

# $community (String) - the community
# $month (String) - the month
page-title = { $community }, { $month }
# $room (String) - the room
# $community (String) - the community
# $month (String) - the month
page-title-room = { $room } in { $community }, { $month }
page-kicker = Community report
page-kicker-room = Report of one room
# $community (String) - the community
page-of = A room of { $community }.
# $zone (String) - the time zone, such as “UTC” or “Berlin time”
page-meta = Months in { $zone }. Numbers about fewer than five people are not shown, and nobody is named.
# $day (String) - a day, such as “16 Apr”
page-log-ends = The log’s last entry is of { $day }. If people talked after that, it is not counted here, and the month looks quieter than it was.
short-title = The month in short
see-picture = See the picture
# $title (String) - the picture's title
see-picture-label = See the picture: { $title }

## The questions a lead asks. Looked up as question-<id>.

question-alive = Is it alive?
question-heard = Who is heard?
question-growth = Do newcomers arrive?
question-answered = Are people answered?
question-connected = Who is connected?
question-retros = Do our retrospectives change anything?

# $reason (String) - the reason, a sentence
no-picture = No picture this time. { $reason }

## A fact below a picture.

# $interval (String) - the interval
fact-interval = 95%: { $interval }
# $month (String) - an earlier month
# $value (String) - its value
fact-earlier = { $month }: { $value }

## All measures.

all-title = Every measure
all-lead = Everything that was counted, with how sure it is. An interval is where the true value lies in 95 of 100 cases; the sample is what the value rests on.
column-measure = Measure
column-value = Value
column-interval = 95% interval
column-sample = Sample
column-last-month = Month before
column-last-year = Year before
none = none
source-title = What this log cannot know
# $what (String) - a list of capabilities
source-missing = The source of this log does not tell { $what }. What depends on it is left out instead of being shown as zero.
source-replies = who replied to what
source-threads = threads
source-reactions = reactions
source-joins = who joined and left
source-edits = edits
about-title = About these numbers
about-privacy = They are counted from who did what when. No message text was stored or read. Every number rests on at least five people, and no row anywhere is about one person.
about-change = A change is called clear only if the intervals of the two months do not overlap. Where no interval is defined, both numbers are given and the judgement is yours.
about-maker = Made by Hearth.

other-measures = More measures
community-only = What is not here is told of the whole community only: by it, people in one room could be told apart.

# $place (String) - a city
zone-place = { $place } time
more-title = More pictures
more-lead = For whoever wants to look closer.
# $titles (String) - a list of pictures
# $reason (String) - the reason, as it goes on after a colon
more-not-drawn = Not drawn this time: { $titles }. The reason: { $reason }
earlier-reports = Earlier reports
all-reports = All months

## At most one suggestion a section. Looked up as suggest-<id>.

suggest-label = Worth a thought
suggest-wake_up = Fewer members than before take part. Before inviting more people, it may help to ask the quiet ones what they would come for.
suggest-share_the_stage = A handful of people carry half of the conversation. If one of them stops, it is felt: invite somebody else to host the next topic.
suggest-easier_start = Most who join never write. A shorter welcome with one easy question makes the first step smaller.
suggest-welcome_back = Fewer newcomers write a second month than not. A word in their second week, from a person, costs little.
suggest-greeters = First messages are left without an answer too often. Two greeters who take turns would see to it.
suggest-answer_rota = Many conversations get no reply. Agree who looks at open questions, and when.
suggest-pair_people = Some write and nobody takes it up. Pairing people for a talk gives everybody somebody to answer.
suggest-share_answering = Most answers run through very few people. Let others answer first for a while.
suggest-fewer_actions = Less than half of what is agreed gets done. Agree on fewer things, each with somebody who wants it.
suggest-drop_or_give = Some actions have been open for a quarter of a year. Drop them, or give them to somebody who wants them.
suggest-escalate = Themes keep coming back. Perhaps the community cannot settle them alone: take one to whoever can.

## What the leads chose to try.

experiment-title = What you tried
# $what (String) - what was tried, in the lead's words
# $since (String) - the first month
experiment-what = Since { $since }: “{ $what }”.
# $name (String) - the measure
# $before (String) - its value before
# $month (String) - the month before
# $after (String) - its value now
# $now (String) - the report's month
experiment-values = { $name }: { $before } in { $month }, { $after } in { $now }.
# $value (String) - a value
# $interval (String) - its interval
experiment-value = { $value } ({ $interval })
experiment-hoped = The intervals part, and the way you hoped. It may well have helped.
experiment-against = The intervals part, but not the way you hoped. Perhaps try something else.
experiment-unclear = Too close to call it a change. That does not mean that it did nothing: one more month would tell more.
experiment-plain = How sure that is cannot be said: for this measure no interval is defined. The judgement is yours.
experiment-few = Too few people to say what came of it.
experiment-caveat = Other things changed as well; one month proves nothing.

## The page of all months.

index-title = All reports
index-lead = The latest month of each community, with the months before as a line, each on its own scale. Small dots mark the month before and, with an upright line, the same month a year before.
index-months = Month by month
# $name (String) - the measure
# $low (String) - the lowest value
# $high (String) - the highest value
index-range = { $name }: between { $low } and { $high } in the months shown.
# $month (String) - the month
# $value (String) - the measure's value in it
index-earlier = { $month }: { $value }.
# $name (String) - what happened: a meeting, a retro
# $months (String) - the months in which it did
index-moments = { $name }: { $months }.
# $count (String) - how many months, two or more
index-in-months = in { $count } months
index-csv = Every measure of every month, as a table for spreadsheets (CSV)
