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
page-meta = Months in { $zone }. Nobody is named, and no number here tells how much one person wrote.
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

question-explorer = Look closer

## A fact below a picture.

# $usual (String) - what is usual
fact-usual = usually { $usual }

## All measures.

all-title = Every number, and what it means
headline-title = The month in numbers
column-measure = Measure
column-value = Value
column-usual = Usually
column-between = Between
column-about = About whom
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
about-privacy = They are counted from who did what when. No message text was stored or read. What could tell of single people was rounded before it came here, and a month’s report is made once: whoever knows all of them cannot work out how much somebody wrote, nor who asked not to be counted.
about-usual = “Usually” is where nine of ten months lie, judged by up to twelve months before this one. What is fewer than five is said as that, nobody included.
about-between = “Between 58 and 81 of a hundred” says what the share may well be: chance alone moves it that much. Of a hundred such ranges about 95 hold the true value.
about-change = A month is called more or less than usual only if chance would rarely do that and it is at least a quarter away (ten points where it is a share). Where months vary as in most communities, chance alone makes less than one such remark a year; where they vary twice as much, one or two. Where nothing is said, no change is claimed, and none is ruled out.
about-maker = Made by Hearth.

other-measures = More measures
community-only = What is not here is told of the whole community only: by it, people in one room could be told apart.

# $place (String) - a city
zone-place = { $place } time
more-title = More pictures
explorer-lead = Pictures and numbers that matter less from month to month. They need fifty people and more.
absent-title = What is not shown, and why
# $text (String) - a question
quoted = “{ $text }”
earlier-reports = Earlier reports
all-reports = All months

## At most one suggestion a report. Looked up as suggest-<id>.

suggest-label = Worth a thought
suggest-rest_or_revive = For three months hardly anybody has written. Communities may rest: decide together whether to close this one with thanks, or to invite everybody to one evening that would make it worth coming back.
suggest-wake_up = Fewer people wrote this quarter than usual. Before inviting new ones, it may help to ask the quiet ones what they would come for.
suggest-share_the_stage = A handful of people carry most of the conversation. If one of them stops, it is felt: invite somebody else to host the next topic.
suggest-greeters = Newcomers do not always get an answer to their first message. Two greeters who take turns would see to it.
suggest-answer_rota = Many conversations are taken up by nobody. Agree who looks at what is still open, and when.
suggest-second_word = Few newcomers write a second time. A word in their first weeks, from a person and about what they wrote, costs little.
suggest-merge_rooms = Many rooms, and few people in most of them. Put the quiet ones together, so that whoever speaks has somebody there to hear it.
suggest-pair_people = Some write and share a conversation with nobody. Pairing people for a talk gives everybody somebody to answer.
suggest-drop_or_give = Some actions have been open for a quarter of a year. Drop them, or give them to somebody who wants them.
suggest-fewer_actions = Less than half of what is agreed gets done. Agree on fewer things, each with somebody who wants it.

## What the leads chose to try.

experiment-title = What you tried
# $what (String) - what was tried, in the lead's words
# $since (String) - the first month
experiment-what = Since { $since }: “{ $what }”.
# $count (Number) - months that are over
# $value (String) - the same as written
experiment-too-early = { $count ->
    [0] Too early to say: it is judged once, after three full months.
    [one] Too early to say. One of three full months is over; then it is judged, once.
   *[other] Too early to say. { $value } of three full months are over; then it is judged, once.
}
# $name (String) - the measure
experiment-too-little-before = “{ $name }” is known for fewer than six months before it began: what came of it cannot be judged.
# $name (String) - the measure
experiment-not-judged = Changes of “{ $name }” are not judged. Look at the numbers, and ask the people.
# $name (String) - the measure
# $before (String) - what was usual before
# $after (String) - what it was after
experiment-values = { $name }: { $before } before, { $after } in the three months after.
experiment-hoped = That is what you hoped for, and it may well have helped.
experiment-against = That is not the way you hoped. Perhaps try something else.
experiment-unclear = That does not mean that it did nothing.
experiment-few = In some of these months too few people took part, or too much is unknown, to say what came of it.
experiment-caveat = Other things changed as well: one comparison proves nothing.

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
