## Was es gibt, und wie man es benutzt.

help = Hilfe
    .about = Sieh, was ich kann und wie es geht.
    .help = `!hearth help` zeigt alles, `!hearth help poll` eines davon. In unserem Direktchat kannst du `!hearth` weglassen. Bist du in mehreren Gemeinschaften, um die ich mich kümmere, dann sag, welche du meinst, wo ich es nicht wissen kann: `in NAME: …`.

# $community - the community's name
help-overview = Hallo! Ich helfe, { $community } lebendig zu halten. Das verstehe ich:

help-more = Mehr zu jedem: zum Beispiel `!hearth help poll`.

# $practice - the practice's name
help-settings = Das lässt sich anpassen: `!hearth settings { $practice }`.

# $topic - what was written
help-unknown = Zu `{ $topic }` weiß ich nichts.

# $topic - what was written
# $meant - the nearest topic
help-unknown-suggest = Zu `{ $topic }` weiß ich nichts. Meinst du `!hearth help { $meant }`?
