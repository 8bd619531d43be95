## Moments, as people say them.

schedule-monday = Monday
schedule-tuesday = Tuesday
schedule-wednesday = Wednesday
schedule-thursday = Thursday
schedule-friday = Friday
schedule-saturday = Saturday
schedule-sunday = Sunday

# $day (String) - the day of the week
# $time (String) - the time of day
schedule-moment = { $day }, { $time }

schedule-month-1 = January
schedule-month-2 = February
schedule-month-3 = March
schedule-month-4 = April
schedule-month-5 = May
schedule-month-6 = June
schedule-month-7 = July
schedule-month-8 = August
schedule-month-9 = September
schedule-month-10 = October
schedule-month-11 = November
schedule-month-12 = December

# $day (String) - the day of the week
# $date (String) - the day of the month
# $month (String) - the month
schedule-date = { $day }, { $date } { $month }

# $day (String) - the day of the week
# $date (String) - the day of the month
# $month (String) - the month
# $year (String) - the year
schedule-date-year = { $day }, { $date } { $month } { $year }
