## What the bot says that belongs to no practice.

# $month (String) - year and month
report-failed = I could not make the report for { $month }. Whoever runs me finds the reason in my log; I'll try again tomorrow.
