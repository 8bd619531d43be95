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
