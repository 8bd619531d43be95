## Small prompts that make it easy to say something.

icebreakers = Icebreakers
    .about = Small, easy questions
    .verb-icebreakers = icebreakers
    .verb-icebreakers-stop = stop
    .verb-icebreakers-start = start
    .verb-icebreakers-add = add
    .verb-icebreakers-list = list
    .verb-icebreakers-remove = remove
    .verb-icebreaker = icebreaker
    .verb-icebreaker-light = light
    .verb-icebreaker-stories = stories
    .verb-icebreaker-lessons = lessons
    .verb-pass = pass
    .help =
        - `!hearth icebreaker` – a question here and now; `pass` is an answer, too
        - `!hearth icebreakers stop` – no questions by direct message
        - `!hearth icebreakers start` – yes, please
    .help-more =
        - `!hearth icebreakers add light "What made you smile?"` – your own (leads)
        - `!hearth icebreakers list`, `!hearth icebreakers remove 101` – see them, take one out
    .set-newcomers = whether newcomers get questions by direct message until they take part
    .set-days = on which days after joining the questions come
    .set-hour = at what time of day they come
    .set-room-rhythm = when a room gets a question, for example `every tuesday 10:00`, or `off`
    .set-room = the room that gets it; empty for the lobby
    .set-room-deck = the deck it comes from: `light`, `stories` or `lessons`

# $community (String) - the community's name
# $prompt (String) - the question
icebreakers-first = A small question from { $community }, if you like:

    > { $prompt }

    A sentence is plenty, here or in a room. `pass` is just as good, and `icebreakers stop` ends these questions.

# $prompt (String) - the question
icebreakers-next = If you like:

    > { $prompt }

# $prompt (String) - the question
icebreakers-room-first = A question for all of us:

    > { $prompt }

    A sentence in the thread is plenty, and `pass` is just as good.

# $prompt (String) - the question
icebreakers-room = A question for all of us:

    > { $prompt }

icebreakers-pass-words = pass passing skip

icebreakers-tap-pass = pass

icebreakers-nothing-open = No question is waiting for you, so all is well.

# $prefix (String) - what commands begin with
icebreakers-stopped = Done, no more questions from me. `{ $prefix } icebreakers start` brings them back.

# $when (String) - when the first question comes
icebreakers-started = Gladly! The next question comes { $when }.

# $prefix (String) - what commands begin with
icebreakers-series-off = These questions are switched off here at the moment. `{ $prefix } icebreaker` gives you one any time.

# $light (Number) - how many light questions there are
# $stories (Number) - how many questions for work stories there are
# $lessons (Number) - how many questions about lessons there are
icebreakers-list = I bring { $light } light questions, { $stories } for work stories and { $lessons } about lessons learned.

# $prefix (String) - what commands begin with
icebreakers-list-none = There are none of your own yet; leads add one with `{ $prefix } icebreakers add light "…"`.

icebreakers-list-own = Your own:

# $deck (String) - the deck
# $number (Number) - the question's number
icebreakers-added = Thank you! It is number { $number }, in the deck `{ $deck }`.

# $number (Number) - the question's number
icebreakers-known = That question is there already, as number { $number }.

# $most (Number) - how many there may be
# $prefix (String) - what commands begin with
icebreakers-full = { $most } questions of your own are as many as I can hold. `{ $prefix } icebreakers remove 101` makes room.

# $longest (Number) - how many characters it may have
icebreakers-wrong-length = Please give me a question of at most { $longest } characters.

# $text (String) - the question
icebreakers-removed = Removed: { $text }

# $number (Number) - the number that was asked for
# $prefix (String) - what commands begin with
icebreakers-no-such = There is no question of your own with number { $number }. `{ $prefix } icebreakers list` shows them.

icebreakers-leads-only = Only leads change the decks. Tell them your question, they'll be glad of it.

## Light

icebreakers-light-01 = What small thing made your working day better recently?
icebreakers-light-02 = Which tool, on your desk or on your screen, would you miss most tomorrow?
icebreakers-light-03 = How do you think best: walking, drawing, talking, or some other way?
icebreakers-light-04 = What do you listen to while you work: music, noise, or blissful silence?
icebreakers-light-05 = Which word from your field do you like just for its sound?
icebreakers-light-06 = How does a good working day begin for you?
icebreakers-light-07 = Which shortcut or little trick would you teach everybody if you could?
icebreakers-light-08 = What do you know this week that you didn't know last week?
icebreakers-light-09 = If your week at work had a weather report, what would it say?
icebreakers-light-10 = Where do your good ideas find you?
icebreakers-light-11 = Which website, podcast or newsletter do you keep coming back to?
icebreakers-light-12 = What may people here always ask you about?
icebreakers-light-13 = What brought you to this community?
icebreakers-light-14 = Notes on paper or on a screen, and why?
icebreakers-light-15 = What do you see when you look up from your work?
icebreakers-light-16 = Which everyday object is, in your opinion, really well made?
icebreakers-light-17 = What would you enjoy being a beginner at?
icebreakers-light-18 = What simple thing do you like to do properly?
icebreakers-light-19 = Early bird, night owl, or some other bird?
icebreakers-light-20 = Which question about your work do you love to be asked?
icebreakers-light-21 = What's the best name you've seen for a team, a project or a machine?
icebreakers-light-22 = What gets you going again after a break?
icebreakers-light-23 = If tomorrow had one free hour at work, what would you do with it?
icebreakers-light-24 = Can you say in three words what you do, for somebody who has never heard of it?

## Stories from work

icebreakers-stories-01 = What was the first thing you made or fixed that somebody really used?
icebreakers-stories-02 = Who taught you something at work that you still use, and what was it?
icebreakers-stories-03 = When did a piece of work suddenly fall into place?
icebreakers-stories-04 = What's the most useful advice about your work that you ever got?
icebreakers-stories-05 = Which problem kept you company the longest, and how did it end?
icebreakers-stories-06 = When did somebody you hardly knew help you out at work?
icebreakers-stories-07 = Which decision at work are you still glad about?
icebreakers-stories-08 = How did you get into your field: straight ahead, or by a side road?
icebreakers-stories-09 = Which project would you happily do all over again?
icebreakers-stories-10 = What kind words about your work have stayed with you?
icebreakers-stories-11 = Which meeting was truly worth its time, and what made it so?
icebreakers-stories-12 = What's the oddest mystery at work that you ever got to the bottom of?
icebreakers-stories-13 = When did you change your mind about how a thing should be done?
icebreakers-stories-14 = What have you seen in another team that you'd like to borrow?
icebreakers-stories-15 = Which change did you doubt at first and wouldn't give back today?
icebreakers-stories-16 = What did you learn from somebody who was new to the work?
icebreakers-stories-17 = When did the simple solution beat the clever one?
icebreakers-stories-18 = Which habit of your team do newcomers notice first?
icebreakers-stories-19 = When did one good question change the course of a project?
icebreakers-stories-20 = What did you make just for fun that turned out to be useful?
icebreakers-stories-21 = Which start, handover or goodbye at work was done really well?
icebreakers-stories-22 = Which piece of work are you quietly proud of?
icebreakers-stories-23 = When did working with somebody quite unlike you turn out well?
icebreakers-stories-24 = What does your craft look like on its best days?

## Failures, and what they taught

icebreakers-lessons-01 = What went wrong at work once that you can laugh about now?
icebreakers-lessons-02 = Which mistake taught you more than any course?
icebreakers-lessons-03 = What would you whisper to yourself on your first day in this work?
icebreakers-lessons-04 = What do you do differently since a project didn't go to plan?
icebreakers-lessons-05 = When did you ask for help later than you wish you had?
icebreakers-lessons-06 = Which warning sign do you take seriously today that you used to overlook?
icebreakers-lessons-07 = What have you stopped doing at work, and don't miss?
icebreakers-lessons-08 = When was “good enough” exactly right, and when wasn't it?
icebreakers-lessons-09 = What did you believe about your work at the beginning and don't believe any more?
icebreakers-lessons-10 = Which shortcut turned out to be the long way round?
icebreakers-lessons-11 = What do you still find hard, after all this time?
icebreakers-lessons-12 = When was it good that you said no?
icebreakers-lessons-13 = What did an experiment that failed show you?
icebreakers-lessons-14 = Which promise at work would you word more carefully today?
icebreakers-lessons-15 = What helps you to speak up early about a mistake?
icebreakers-lessons-16 = How did somebody once take a mistake of yours in a way you'd like to copy?
icebreakers-lessons-17 = What did you once make far too complicated, and how did you notice?
icebreakers-lessons-18 = Which feedback stung at first and helped in the end?
icebreakers-lessons-19 = If you got a second try at an old project, what would you change?
icebreakers-lessons-20 = Which plan failed, luckily?
icebreakers-lessons-21 = What did you hold on to for too long at work?
icebreakers-lessons-22 = Which misunderstanding taught you to ask first?
icebreakers-lessons-23 = What do you always check twice, and what's the story behind it?
icebreakers-lessons-24 = What are you trying to get better at right now?
