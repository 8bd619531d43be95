### The page.

# $community (String) - the community
# $month (String) - the month
page-title = { $community }, { $month }
page-kicker = Community report
# $zone (String) - the time zone
page-meta = Months as in { $zone }. Numbers about fewer than five people are not shown, and nobody is named.
short-title = The month in short
see-picture = See the picture
# $title (String) - the picture's title
see-picture-label = See the picture: { $title }

## The questions a lead asks. Looked up as question-<id>.

question-alive = Is it alive?
question-heard = Who is heard?
question-growth = Where does growth come from?
question-answered = Are people answered?
question-connected = Who is connected?

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
