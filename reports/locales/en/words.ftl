### Months, units, numbers, reasons: the words that everything else is made of.

language-name = English

## How numbers are written.

number-decimal = .
number-group = ,
# $value (String) - a number
number-percent = { $value }%

## Months. Each is looked up as month-1 to month-12.

month-1 = January
    .short = Jan
month-2 = February
    .short = Feb
month-3 = March
    .short = Mar
month-4 = April
    .short = Apr
month-5 = May
    .short = May
month-6 = June
    .short = Jun
month-7 = July
    .short = Jul
month-8 = August
    .short = Aug
month-9 = September
    .short = Sep
month-10 = October
    .short = Oct
month-11 = November
    .short = Nov
month-12 = December
    .short = Dec
# $month (String) - the month's name
# $year (String) - the year
month-year = { $month } { $year }

## Lists and intervals.

# $first (String) - all but the last, with commas
# $last (String) - the last
list-and = { $first } and { $last }
# $count (Number) - how many
# $value (String) - the same as written
list-more = { $count ->
    [one] one more
   *[other] { $value } more
}
# $low (String) - the lower end
# $high (String) - the upper end
interval = { $low } to { $high }

## Values with their unit. Looked up as unit-<unit>; unknown units show the number alone.

# $value (String) - the number as written
# $count (Number) - the number, for the plural
unit-people = { $count ->
    [one] { $value } person
   *[other] { $value } people
}
# $value (String) - the number as written
# $count (Number) - the number, for the plural
unit-messages = { $count ->
    [one] { $value } message
   *[other] { $value } messages
}
# $value (String) - the number as written
# $count (Number) - the number, for the plural
unit-days = { $count ->
    [one] { $value } day
   *[other] { $value } days
}
# $value (String) - the number as written
# $count (Number) - the number, for the plural
unit-rooms = { $count ->
    [one] { $value } room
   *[other] { $value } rooms
}
# $value (String) - the number as written
# $count (Number) - the number, for the plural
unit-quarters = { $count ->
    [one] one quarter
   *[other] { $value } quarters
}

## Released numbers: ranges, times, shares, and what they are about.

# $number (String) - a number
fewer-than = fewer than { $number }
# $number (String) - a number
at-most = at most { $number }
# $minutes (String) - minutes
within-minutes = within { $minutes } minutes
# $count (Number) - hours
# $value (String) - the same as written
within-hours = { $count ->
    [one] within an hour
   *[other] within { $value } hours
}
# $count (Number) - days
# $value (String) - the same as written
within-days = { $count ->
    [one] within a day
   *[other] within { $value } days
}
share-under-quarter = less than a quarter
share-roughly-half = roughly half
share-over-three-quarters = more than three quarters
share-none = few or nobody
share-quarter = about a quarter
share-half = about half
share-most = about three quarters
share-all = nearly all
# $low (String) - the lower end
# $high (String) - the upper end
between-share = between { $low } and { $high } of a hundred
# $low (String) - the lower end
# $high (String) - the upper end
between = between { $low } and { $high }
# $number (String) - about how many conversations
about-conversations = of about { $number } conversations
# $number (String) - at least how many conversations
about-conversations-more = of { $number } conversations or more
# $quarters (String) - such as “July to September 2026”
# $number (String) - at least how many people
about-quarters = { $quarters }, { $number } people or more
# $number (String) - how many actions
about-actions = actions agreed: { $number }
# $number (String) - how many themes
about-themes = themes: { $number }
# $number (String) - at least how many answers
about-sheets = { $number } answers or more
# $number (String) - at least how many people
about-people = of { $number } people or more
# $month (String) - a month
# $number (String) - at least how many people
about-answers = { $month }, { $number } answers or more

## Why there is no value. Looked up as reason-<reason>.

reason-too_few_people = Too few people to say.
    .after-colon = too few people to say.
reason-complementary = Not shown, because it would give away another number about too few people.
    .after-colon = not shown, because it would give away another number about too few people.
reason-source_lacks_replies = This log does not know who replied to what.
    .after-colon = this log does not know who replied to what.
reason-source_lacks_threads = This log does not know threads.
    .after-colon = this log does not know threads.
reason-source_lacks_reactions = This log does not know reactions.
    .after-colon = this log does not know reactions.
reason-source_lacks_joins = This log does not know who is a member.
    .after-colon = this log does not know who is a member.
reason-source_lacks_edits = This log does not know edits.
    .after-colon = this log does not know edits.
reason-no_messages = There were no messages.
    .after-colon = there were no messages.
reason-undefined = It cannot be computed for a month like this one.
    .after-colon = it cannot be computed for a month like this one.
reason-log_starts_here = The log begins here: there is nothing earlier to compare with.
    .after-colon = the log begins here: there is nothing earlier to compare with.
reason-incomplete_month = The month is not over yet.
    .after-colon = the month is not over yet.
reason-no_actions = Nothing was agreed in that time.
    .after-colon = nothing was agreed in that time.
reason-none_open = Nothing is open.
    .after-colon = nothing is open.
reason-not_reached = Fewer than half have got there yet.
    .after-colon = fewer than half have got there yet.
reason-no_answers = Nobody was asked, or nobody answered.
    .after-colon = nobody was asked, or nobody answered.
reason-no_gathering = There was no gathering with a facilitator.
    .after-colon = there was no gathering with a facilitator.
reason-no_retro = There was no retrospective this month.
    .after-colon = there was no retrospective this month.
reason-first_retro = It was the first retrospective: there is none before it to compare with.
    .after-colon = it was the first retrospective, and there is none before it to compare with.
reason-no_pulse = No pulse ended this month.
    .after-colon = no pulse ended this month.
reason-nobody_joined = Nobody was seen joining in that time.
    .after-colon = nobody was seen joining in that time.
reason-no_units = The log does not know who belongs to which team.
    .after-colon = the log does not know who belongs to which team.
reason-too_few_conversations = Too few conversations, or too few people who began them.
    .after-colon = too few conversations, or too few people who began them.
reason-too_few_messages = So few messages that they would tell what single people wrote.
    .after-colon = so few messages that they would tell what single people wrote.
reason-too_few_values = Too few of them to say.
    .after-colon = too few of them to say.
reason-no_quarter_ends = It is told once a quarter, and not yet.
    .after-colon = it is told once a quarter, and not yet.
reason-gathering = Too few people came yet: quarters are put together until they are enough.
    .after-colon = too few people came yet; quarters are put together until they are enough.
reason-scope_changed = Rooms that existed already were added meanwhile: before and after cannot be compared.
    .after-colon = rooms that existed already were added meanwhile, and before and after cannot be compared.
reason-community_only = This is told of the whole community only.
    .after-colon = this is told of the whole community only.
reason-other = It is not known.
    .after-colon = it is not known.

## Status of a value.

status-ok = measured
status-na = not known
status-suppressed = not shown

## Days.

# $day (String) - the day of the month
# $month (String) - the month's short name
day-month = { $day } { $month }
# $weekday (String) - the weekday
# $day (String) - the day of the month
# $month (String) - the month's name
# $time (String) - the time, such as 10:00
day-and-time = { $weekday } { $day } { $month }, { $time }
weekday-1 = Monday
    .short = Mon
weekday-2 = Tuesday
    .short = Tue
weekday-3 = Wednesday
    .short = Wed
weekday-4 = Thursday
    .short = Thu
weekday-5 = Friday
    .short = Fri
weekday-6 = Saturday
    .short = Sat
weekday-7 = Sunday
    .short = Sun
# $hour (String) - the hour, 0 to 24
hour = { $hour }:00
