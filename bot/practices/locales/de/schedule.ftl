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
