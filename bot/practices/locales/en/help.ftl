## What there is, and how each thing is used.

help = Help
    .about = What I can do, and how
    .verb-help = help
    .help =
        - `!hearth help` – everything
        - `!hearth help poll` – one thing, `!hearth help poll all` – all of it
        - `in NAME: …` – which community, where you are in several of mine

# $community (String) - the community's name
help-overview = Hello! I help to keep { $community } lively:

# $help (String) - the command that shows help
# $topic (String) - a topic
help-overview-more = More about each: `!hearth { $help } { $topic }`, for example.

## What is said after a topic by whoever wants to read all of it.
help-all = all

# $help (String) - the command that shows all of it
help-more = More: `!hearth { $help }`.

# $settings (String) - the command that shows its settings
help-settings = To set it to your liking: `!hearth { $settings }`.

# $topic (String) - what was written
help-unknown = I have nothing on `{ $topic }`.

# $topic (String) - what was written
# $meant (String) - the command with the nearest topic
help-unknown-suggest = I have nothing on `{ $topic }`. Did you mean `!hearth { $meant }`?
