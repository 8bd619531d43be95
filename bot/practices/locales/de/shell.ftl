## Was der Bot sagt und keiner Praxis gehört.

# $month - year and month
report-failed = Den Bericht für { $month } konnte ich nicht machen. Wer mich betreibt, findet den Grund in meinem Protokoll; morgen versuche ich es wieder.
