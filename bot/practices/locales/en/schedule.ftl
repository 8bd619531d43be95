## Moments, as people say them.

schedule-monday = Monday
    .short = Mon
schedule-tuesday = Tuesday
    .short = Tue
schedule-wednesday = Wednesday
    .short = Wed
schedule-thursday = Thursday
    .short = Thu
schedule-friday = Friday
    .short = Fri
schedule-saturday = Saturday
    .short = Sat
schedule-sunday = Sunday
    .short = Sun

# $date (String) - the date
# $time (String) - the time of day
schedule-moment = { $date }, { $time }

# $moment (String) - date and time
# $zone (String) - the time zone
schedule-moment-zone = { $moment } ({ $zone })

schedule-month-1 = Jan
schedule-month-2 = Feb
schedule-month-3 = Mar
schedule-month-4 = Apr
schedule-month-5 = May
schedule-month-6 = Jun
schedule-month-7 = Jul
schedule-month-8 = Aug
schedule-month-9 = Sep
schedule-month-10 = Oct
schedule-month-11 = Nov
schedule-month-12 = Dec

# $day (String) - the day of the week
# $date (String) - the day of the month
# $month (String) - the month
schedule-date = { $day } { $date } { $month }

# $day (String) - the day of the week
# $date (String) - the day of the month
# $month (String) - the month
# $year (String) - the year
schedule-date-year = { $day } { $date } { $month } { $year }

# $one (String) - something
# $other (String) - something else
schedule-or = { $one } or { $other }

## Days and zones that are not understood.

# $said (String) - what was written
schedule-day-unknown = I can't read `{ $said }` as a day, so nothing has changed. I understand `friday`, `in two weeks`, `end of month`, `27 November` and `2027-03-31`.

# $said (String) - what was written
# $days (String) - the days that were perhaps meant
schedule-day-unsure = Which day is `{ $said }`: { $days }? Send it again with the date; nothing has changed yet.

# $day (String) - the day
schedule-day-past = { $day } is over already. Which day do you mean?

# $day (String) - the day
schedule-day-far = { $day } is more than five years away. Is that a slip? Then send it again with the right year.

# $wrong (String) - what was written
schedule-zone-unknown = I don't know the time zone `{ $wrong }`. Write its city, like `Europe/Berlin` or `America/New_York`.

# $wrong (String) - what was written
# $meant (String) - the zone that was perhaps meant
schedule-zone-suggest = By `{ $wrong }`, do you mean `{ $meant }`? I need the city, because clocks change in summer. Send it again with that.
