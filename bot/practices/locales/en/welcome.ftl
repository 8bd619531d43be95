## The first message that somebody gets from the community.

welcome = Welcome
    .about = A warm word for newcomers
    .verb-welcome = welcome
    .verb-welcome-preview = preview
    .help =
        - `!hearth welcome preview` – what newcomers are told (leads)
        - `!hearth settings welcome purpose "We help each other test better."` – what is said there
    .set-enabled = whether newcomers are welcomed
    .set-after = how long after joining the message comes
    .set-purpose = what this community is for, in a sentence
    .set-rules = the ground rules, in a sentence or two; empty for the ones I bring
    .set-not-after = how old a join may be; older ones are left alone
    .set-per-hour = how many people are welcomed in an hour at most
    .set-to-answer = whether I tell the leads' room once a day which newcomers' first messages wait for an answer

# $community (String) - the community's name
welcome-hello = Welcome to **{ $community }**! Good to have you.

welcome-bot = I'm Hearth, the bot that keeps the fire going here.

# $rules (String) - the ground rules that leads wrote
welcome-rules = **How we treat each other:** { $rules }

welcome-rules-default = **How we treat each other:** be kind, ask anything, and give people the benefit of the doubt. There are no silly questions here.

# $lobby (String) - the room where people say hello
welcome-introduction = **Say hello** in { $lobby } when you feel like it: what you work on, what you'd like to learn, what people may ask you about. Two sentences are plenty, and just reading along is fine too.

welcome-introduction-anywhere = **Say hello** when you feel like it: what you work on, what you'd like to learn, what people may ask you about. Two sentences are plenty, and just reading along is fine too.

# $prefix (String) - what commands begin with
welcome-privacy = **What I note:** who is active when and who answers whom, never what is said. It becomes a monthly report without names. `{ $prefix } opt-out` stops it, `{ $prefix } privacy` tells you more.

welcome-to-answer = **To answer today:** newcomers wrote here for the first time, and nobody has answered yet. I take this away when they have been answered, or after three days.

welcome-preview = This is what newcomers get:

# $people (Number) - how many wait
# $per-hour (Number) - how many are welcomed an hour
# $last (String) - when the last of them is welcomed
welcome-bulk = { $people ->
        [one] One more person is waiting for a welcome.
       *[other] { $people } more people are waiting for a welcome.
    } I send { $per-hour } an hour, so the last one goes out around { $last }. Nobody is left out.

welcome-leads-only = The preview is for leads. You got the real thing, or will soon!
