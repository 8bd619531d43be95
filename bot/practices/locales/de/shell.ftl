## Was der Bot sagt und keiner Praxis gehört.

# $community - the community's name
# $path - where the page is
report-page = Der ganze Bericht für { $community }, mit Bildern und jedem Maß, ist eine Seite auf dem Rechner, auf dem ich laufe: `{ $path }`

# $month - year and month
report-failed = Den Bericht für { $month } konnte ich nicht machen. Wer mich betreibt, findet den Grund in meinem Protokoll; morgen versuche ich es wieder.
