## What the bot says about a command that it cannot read.

command-open-quote = There is a quotation mark without its partner. Put one at each end, or leave both out.

# $prefix (String) - what commands begin with
# $help (String) - the command that shows help
command-empty = I'm here. `{ $prefix } { $help }` shows what I can do.

# $verb (String) - what was written
# $prefix (String) - what commands begin with
# $help (String) - the command that shows help
command-unknown = I don't know “{ $verb }”. `{ $prefix } { $help }` shows what I can do.

# $verb (String) - what was written
# $prefix (String) - what commands begin with
# $meant (String) - the same with the nearest command
command-unknown-suggest = I don't know “{ $verb }”. Did you mean `{ $prefix } { $meant }`?

# $argument (String) - what was written
command-unknown-argument = I don't know what to do with `{ $argument }`.

# $value (String) - what was written
# $argument (String) - what it was written for
command-wrong-value = `{ $value }` does not fit `{ $argument }`.

command-incomplete = Something is missing or too much.

## What follows one of these sentences.

# $form (String) - the command as it should be
# $help (String) - the command that tells more
command-form = Like this: `{ $form }`. More: `{ $help }`.

# $help (String) - the command that tells more
command-see = More: `{ $help }`.

## What somebody hears in their direct room who says something else than a command.

# $help (String) - the command that shows help
# $privacy (String) - the command that shows what is kept
command-hint = I'm a bot, and I understand commands: `{ $help }` shows what I can do, `{ $privacy }` what I keep about you.

# $meant (String) - a command
# $help (String) - the command that shows help
command-hint-meant = If you mean `{ $meant }`, send just that. `{ $help }` shows what else I can do.

## What the bot says about a command that it does not carry out.

# $at (String) - when it was written
command-too-late = You wrote this on { $at }, and I read it only now. So much later I don't act on it by myself: if you still want it, send it again.

command-edited = I don't read edits: what you sent first is what counts. If you meant this, send it as a new message.

# $vote (String) - the command that shows what counts
command-edited-vote = I don't read edits: the vote that you sent first counts, and `{ $vote }` shows it. To change it, send it as a new message.

command-other-community = I can't see you in a community of that name. Check how it is written, or join one of its rooms and write to me again.

# $names (String) - the communities
# $example (String) - how a message begins that is for the first of them
command-which-community = You are in more than one community here: { $names }. Which one do you mean? Write it in front, like this: `{ $example }`
