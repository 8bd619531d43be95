## What leads do with the monthly report.

report = Report
    .about = (leads) Try one thing at a time
    .verb-report = report
    .verb-report-try = try
    .verb-report-stop = stop
    .verb-report-share = share
    .help =
        - `!hearth report try "two greeters a week" --aim newcomers` – and see what comes of it
        - `!hearth report stop` – end that
        - `!hearth report share` – tell the lobby how the month was, comparing nobody

report-leads-only = That is for leads. What you see of a month, they share with `!hearth report share`.

# $what (String) - what is tried
# $aim (String) - what should get better
# $prefix (String) - what commands begin with
report-trying = You are trying “{ $what }”, for { $aim }. When three full months are over, the report says what came of it; `{ $prefix } report stop` ends it.

# $prefix (String) - what commands begin with
report-trying-nothing = Nothing is being tried at the moment. `{ $prefix } report try "two greeters a week" --aim newcomers` begins something, and after three full months the report says what came of it.

# $what (String) - what was tried
report-stopped = “{ $what }” is over. The report leaves it out from now on.

# $prefix (String) - what commands begin with
report-nothing-to-stop = Nothing is being tried. `{ $prefix } report try …` begins something.

# $prefix (String) - what commands begin with
report-no-lobby = I don't know yet which room everybody is in. Say `{ $prefix } settings community lobby here` there first.

# $prefix (String) - what commands begin with
report-try-what = What would you like to try? For example: `{ $prefix } report try "two greeters a week" --aim newcomers`.

# $length (Number) - how many characters it has
# $most (Number) - how many it may have
report-try-long = That has { $length } characters, and { $most } fit into the report's sentence. Say it a little shorter.

# $known (String) - what can be aimed at
# $prefix (String) - what commands begin with
# $what (String) - what is tried
report-try-aim = What should get better by it: { $known }? Say it like `{ $prefix } report try "{ $what }" --aim newcomers`.

# $aim (String) - what was written
# $known (String) - what can be aimed at
report-unknown-aim = The report cannot tell whether “{ $aim }” gets better. It can for { $known }.

# $what (String) - what is tried
# $aim (String) - what should get better
report-try-begins = Good luck with “{ $what }”! When three full months are over, the report says whether { $aim } changed by more than chance.

# $prefix (String) - what commands begin with
report-share-hint = `{ $prefix } report share` tells the lobby what we did together; `{ $prefix } report try …` notes what you want to try next.

# $month (String) - year and month
report-shared = Done: the lobby knows how { $month } was.

# $month (String) - year and month
report-shared-already = The lobby has had { $month } already. The next month follows when it is over.

report-none-yet = There is no report yet that I could share. The first comes three days after the end of a month.

report-share-failed = I couldn't share that; whoever runs me finds the reason in my log. Please try again later.

# $month (String) - year and month
report-too-little = About { $month } there is too little that I can say without saying something about single people, so I leave it.

## What stands beside the page of a report.
report-page = The whole report: every number, what it means, and how sure it is. Open it in a browser.
