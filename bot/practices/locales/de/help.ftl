## Was es gibt, und wie man es benutzt.

help = Hilfe
    .about = Was ich kann, und wie es geht
    .verb-help = hilfe
    .help =
        - `!hearth hilfe` – alles
        - `!hearth hilfe umfrage` – eines, `!hearth hilfe umfrage alles` – ganz
        - `in NAME: …` – welche Gemeinschaft, wenn du in mehreren bist

# $community - the community's name
help-overview = Hallo! Das kann ich für { $community } tun:

# $help - the command that shows help
# $topic - a topic
help-overview-more = Mehr zu jedem, etwa `!hearth { $help } { $topic }`.

## Was nach einem Thema sagt, wer alles dazu lesen möchte.
help-all = alles

# $help - the command that shows all of it
help-more = Mehr: `!hearth { $help }`.

# $settings - the command that shows its settings
help-settings = Das lässt sich anpassen: `!hearth { $settings }`.

# $topic - what was written
help-unknown = Zu `{ $topic }` weiß ich nichts.

# $topic - what was written
# $meant - the command with the nearest topic
help-unknown-suggest = Zu `{ $topic }` weiß ich nichts. Meinst du `!hearth { $meant }`?
