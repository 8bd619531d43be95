## What the bot says that belongs to no practice.

# $community (String) - the community's name
# $path (String) - where the page is
report-page = The whole report for { $community }, with pictures and every measure, is a page on the machine where I live: `{ $path }`

# $month (String) - year and month
report-failed = I could not make the report for { $month }. Whoever runs me finds the reason in my log; I'll try again tomorrow.
