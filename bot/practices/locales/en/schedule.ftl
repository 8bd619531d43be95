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
