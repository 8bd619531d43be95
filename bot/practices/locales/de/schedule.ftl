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

# $one - something
# $other - something else
schedule-or = { $one } oder { $other }

## Tage und Zonen, die ich nicht verstehe.

# $said - what was written
schedule-day-unknown = Ich kann `{ $said }` nicht als Tag lesen und habe nichts geändert. Ich verstehe `Freitag`, `in zwei Wochen`, `Ende des Monats`, `27. November` und `2027-03-31`.

# $said - what was written
# $days - the days that were perhaps meant
schedule-day-unsure = Welcher Tag ist `{ $said }`: { $days }? Schick es mit dem Datum noch einmal; noch ist nichts geändert.

# $day - the day
schedule-day-past = { $day } ist schon vorbei. Welchen Tag meinst du?

# $day - the day
schedule-day-far = { $day } ist mehr als fünf Jahre hin. Ein Versehen? Dann schick es mit dem richtigen Jahr noch einmal.

# $wrong - what was written
schedule-zone-unknown = Die Zeitzone `{ $wrong }` kenne ich nicht. Schreib ihre Stadt, etwa `Europe/Berlin` oder `America/New_York`.

# $wrong - what was written
# $meant - the zone that was perhaps meant
schedule-zone-suggest = Meinst du mit `{ $wrong }` vielleicht `{ $meant }`? Ich brauche die Stadt, weil im Sommer die Uhren umgestellt werden. Schick es damit noch einmal.
