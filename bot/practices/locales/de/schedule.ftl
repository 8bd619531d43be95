## Zeitpunkte, wie man sie sagt.

schedule-monday = Montag
    .short = Mo
schedule-tuesday = Dienstag
    .short = Di
schedule-wednesday = Mittwoch
    .short = Mi
schedule-thursday = Donnerstag
    .short = Do
schedule-friday = Freitag
    .short = Fr
schedule-saturday = Samstag
    .short = Sa
schedule-sunday = Sonntag
    .short = So

# $date - the date
# $time - the time of day
schedule-moment = { $date }, { $time } Uhr

# $moment - date and time
# $zone - the time zone
schedule-moment-zone = { $moment } ({ $zone })

schedule-month-1 = Jan
schedule-month-2 = Feb
schedule-month-3 = März
schedule-month-4 = Apr
schedule-month-5 = Mai
schedule-month-6 = Juni
schedule-month-7 = Juli
schedule-month-8 = Aug
schedule-month-9 = Sep
schedule-month-10 = Okt
schedule-month-11 = Nov
schedule-month-12 = Dez

# $day - the day of the week
# $date - the day of the month
# $month - the month
schedule-date = { $day } { $date }. { $month }

# $day - the day of the week
# $date - the day of the month
# $month - the month
# $year - the year
schedule-date-year = { $day } { $date }. { $month } { $year }
