## What there is, and how each thing is used.

help = Help
    .about = See what I can do, and how.
    .help = `!hearth help` shows everything, `!hearth help poll` one thing. In our direct room you can leave out `!hearth`. If you are in more than one community that I look after, say which one you mean where I can't tell: `in NAME: …`.

# $community (String) - the community's name
help-overview = Hello! I help to keep { $community } lively. This is what I understand:

help-more = More about each: `!hearth help poll`, for example.

# $practice (String) - the practice's name
help-settings = It can be set to your liking: `!hearth settings { $practice }`.

# $topic (String) - what was written
help-unknown = I have nothing on `{ $topic }`.

# $topic (String) - what was written
# $meant (String) - the nearest topic
help-unknown-suggest = I have nothing on `{ $topic }`. Did you mean `!hearth help { $meant }`?
