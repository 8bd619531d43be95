## Zeitpunkte, wie man sie sagt.

schedule-monday = Montag
schedule-tuesday = Dienstag
schedule-wednesday = Mittwoch
schedule-thursday = Donnerstag
schedule-friday = Freitag
schedule-saturday = Samstag
schedule-sunday = Sonntag

# $day - the day of the week
# $time - the time of day
schedule-moment = { $day }, { $time } Uhr

schedule-month-1 = Januar
schedule-month-2 = Februar
schedule-month-3 = März
schedule-month-4 = April
schedule-month-5 = Mai
schedule-month-6 = Juni
schedule-month-7 = Juli
schedule-month-8 = August
schedule-month-9 = September
schedule-month-10 = Oktober
schedule-month-11 = November
schedule-month-12 = Dezember

# $day - the day of the week
# $date - the day of the month
# $month - the month
schedule-date = { $day }, { $date }. { $month }

# $day - the day of the week
# $date - the day of the month
# $month - the month
# $year - the year
schedule-date-year = { $day }, { $date }. { $month } { $year }
