## The community's own settings, and how leads change every practice's.

community = Community
    .about = See what leads can set
    .verb-settings = settings setting
    .verb-adopt = adopt
    .verb-release = release
    .verb-pause = pause holidays
    .help =
        - `!hearth settings` – what can be set
        - `!hearth settings poll` – all about polls, with meanings
        - `!hearth settings poll close-after 2d` – change one (leads)
    .help-more =
        - `!hearth settings poll close-after default` – and back
        - `!hearth settings leads-room here` – this is the leads' room
        - `!hearth adopt` – look after this room, too, `!hearth release` – let it go
        - `!hearth pause 24 december to 6 january` – days off
    .set-name = what this community is called
    .set-zone = the time zone of its schedules, like Europe/Berlin
    .set-language = the language I speak: en or de
    .set-lobby = the room where everybody is; `here` means the room you write in
    .set-leads-room = the room where leads hear from me; `here` means the room you write in
    .set-announcements = which rooms are for announcements, so that reports expect no answers there: `on` or `off` in the room; unset, those in which only moderators may write
    .set-announce = whether I tell the leads' room when a setting changes
    .set-nudges-per-room = how often a day I may speak up unasked in one room
    .set-nudges-per-person = how often a day I may write unasked to one person; what other communities of mine wrote counts, too
    .set-nudges-per-person-a-week = how often a week, from Monday on, I may write unasked to one person; counted like the days
    .set-holidays = days off for all that repeats, first day and first day back; `pause` sets them
    .set-bots = whose ids are bots, bridges or relays, like `@_irc_*:example.org`: I welcome, ask and count none of them

# $community (String) - the community's name
community-all = **Settings of { $community }**

# $count (Number) - how many settings differ from their defaults
community-count = { $count } changed

# $practice (String) - an example of a practice
community-how-to-change = `!hearth settings { $practice }` shows one, with meanings and how to change it.

# $practice (String) - an example of a practice
community-how-to-look = `!hearth settings { $practice }` shows one. Leads can change them; looking is for everybody.

# $title (String) - the practice
community-nothing-to-set = { $title }: there is nothing to set.

# $practice (String) - the practice
community-how-to-set = To change one: `!hearth settings { $practice } KEY VALUE`. To go back: `!hearth settings { $practice } KEY default`.

# $community (String) - the community's name
community-adopted = I'm at home here now, in **{ $community }**. Everybody can see what I note, and stop it: `!hearth privacy`.

# $community (String) - the community's name
community-adopted-already = I'm at home here already, in **{ $community }**.

# $community (String) - the community's name
community-adopted-by-other = This room belongs to **{ $community }** already. One of its leads can say `release` here first.

community-adopt-where = Say that in the room that it is about.

community-release-leads = Only leads can let a room go.

# $community (String) - the community's name
community-released = This room is no longer one of **{ $community }**: I note nothing here from now on. `!hearth adopt` brings it back.

community-not-adopted = I'm not at home in this room yet, so I do nothing here and note nothing. A lead of a community that I look after can say `adopt` to me here.

# $names (String) - the communities
community-adopt-which = You lead more than one community: say which one this room belongs to, `adopt NAME`. There are: { $names }

community-guest = I can't see you in any room that I look after, so there is little I can do for you here. Join one, and write to me again. What works everywhere: `help`, `privacy`, `my-data`, `opt-out` and `forget-me`.

community-only-leads-change = Leads can change these. If you'd like one to be different, tell them.

# $practice (String) - the practice
community-only-leads = Only leads can change that: the moderators of our rooms, and whoever the operator named. Tell them what you'd like! You can always look: `!hearth settings { $practice }`.

# $value (String) - the default
community-default = default: { $value }

community-unset = not set
community-yes = `yes`
community-no = `no`
community-operators = as installed

# $key (String) - the setting
# $after (String) - its value from now on
# $before (String) - its value until now
community-changed = Done: `{ $key }` is now { $after } (it was { $before }).

# $key (String) - the setting
# $value (String) - its value
community-unchanged = `{ $key }` is { $value } already.

# $who (String) - the lead
# $practice (String) - the practice
# $key (String) - the setting
# $before (String) - its value until now
# $after (String) - its value from now on
community-announced = { $who } changed `{ $practice } { $key }`: { $before } → { $after }

# $value (String) - what was written
# $key (String) - the setting
# $why (String) - what fits
# $before (String) - its value
community-misfit = `{ $value }` does not fit `{ $key }`. { $why } It stays { $before }.

community-fits-number = I need a whole number, like 2.
community-fits-switch = I need `yes` or `no`.
community-fits-span = I need a length of time, like 30m, 2h, 3d or 1w, a year at most.

# $example (String) - the default
community-fits-like = I need something like { $example }.

# $options (String) - what there is to choose from
community-fits-one-of = Choose one of { $options }.

community-fits-zone = I need a time zone by its city, like `Europe/Berlin` or `America/New_York`, or `UTC`.

# $zone (String) - the zone that was perhaps meant
community-fits-zone-suggest = I don't know that time zone. Did you mean `{ $zone }`?

community-fits-room = I know no room of that name here, or more than one. Say it with `here` in the room that you mean.

# $room (String) - the room that was perhaps meant
community-fits-room-suggest = I know no such room. Did you mean { $room }?

community-here-is-direct = Here is our direct room. Say it in the room that you mean, or give its name.

community-fits-pattern = I need ids like `@_irc_*:example.org, @relay:example.org`: each begins with `@`, `*` stands for anything, and one that fits everybody is none.

community-fits-announcements = Say `on` or `off` in the room that you mean, or name the room first, like `#news on`. With `default` the room's power levels decide again.

community-bots-you = That would make a bot of you, too, and then I would not listen to you any more. Say more of the ids that you mean.

## What the language of this file is called, in any language.
community-language-names = english englisch

# $practice (String) - what was written
community-unknown = I know nothing called `{ $practice }`. `!hearth settings` shows what can be set.

# $practice (String) - what was written
# $meant (String) - the nearest practice
community-unknown-suggest = I know nothing called `{ $practice }`. Did you mean `!hearth settings { $meant }`?

# $key (String) - what was written
# $practice (String) - the practice
community-unknown-key = There is no setting `{ $key }`. `!hearth settings { $practice }` shows what there is.

# $key (String) - what was written
# $practice (String) - the practice
# $meant (String) - the nearest setting
community-unknown-key-suggest = There is no setting `{ $key }`. Did you mean `!hearth settings { $practice } { $meant }`?

community-introduction =
    Hello, I'm Hearth: I welcome newcomers, break the ice, hold polls, and tell the leads once a month how the community is doing. I never keep what is said (`!hearth privacy`).
    A moderator can finish setting me up: write `!hearth settings lobby here` in the room where everybody is, and `!hearth settings leads-room here` in the leads' own room. `!hearth help` shows the rest.

## Days off

# $days (String) - from when to when, and when it goes on
community-pause-set = Days off: { $days }. On these days there are no meetings, questions or reminders from me; whatever you ask me works as ever. `!hearth pause off` calls it off.

# $day (String) - the day
# $back (String) - the day on which it goes on
community-pause-day = { $day }, back on { $back }

# $from (String) - the first day
# $to (String) - the last day
# $back (String) - the day on which it goes on
community-pause-days = { $from } to { $to }, back on { $back }

community-pause-ahead = Days off:

community-pause-none = No days off are planned. Leads plan some with `!hearth pause 24 december to 6 january`, or `!hearth pause until 8 january`.

community-pause-over = All days off are called off: what repeats goes on.

community-pause-leads = Leads plan the days off. Tell one of them which you'd like!

community-pause-long = That's more than a year. For so long, rather end what repeats.

# $most (Number) - how many there may be
community-pause-many = { $most } stretches of days off are as many as I can keep.
