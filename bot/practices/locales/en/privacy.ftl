## What is kept about people, and the commands by which they see it, stop it and erase it.

privacy = Privacy
    .about = See, stop, erase what I keep
    .verb-privacy = privacy
    .verb-my-data = my-data
    .verb-opt-out = opt-out
    .verb-opt-in = opt-in
    .verb-forget-me = forget-me
    .help =
        - `!hearth privacy` – what I keep, and for how long
        - `!hearth opt-out` – stop being logged, `!hearth opt-in` – start again
        - `!hearth my-data` – a copy of it all, `!hearth forget-me` – erase it

privacy-kept = **What I keep, and what I don't**
    - I note *that* somebody wrote, reacted, joined, left or took part in something of mine, when, how long it was, how many people it mentioned and what it answered. Never *what* was said.
    - In that log you are a pseudonym. Only whoever runs me has its key, and they keep it apart.
    - It stays as long as this community uses me, or until you say `!hearth forget-me`.
    - What you give me on purpose (a vote, a question for a poll) I use for that only. When a poll closes, its result stays; an hour later nobody can tell who chose what. Notes of a retro lie encrypted until they are revealed; then I remove what you wrote to me, and keep no names. Where fewer than five write, others may guess whose notes they are; if fewer than three did, I ask each of them first.
    - By name I remember only what I need to do my work: what you took on or brought up (an action, a topic, a meeting that you lead) until it is done, and, so that I don't bother you twice or in the wrong place, in which rooms you are, that I welcomed you, what I asked you, that you opted out. Where leads want to know which first messages of newcomers wait for an answer, I link them to yours, for three days at most.
    - Votes and reactions are messages in the room: others can see them, even in a hidden poll if they look closely. They are not secret. A sealed vote (a ballot, dots) lies encrypted until the close. Then the link to you is destroyed, and what you wrote or tapped is removed from our room: other members, leads, and whoever gets hold of my database later cannot learn what you chose. I can't protect you from whoever runs me and changes my program before the close; and whoever runs your server sees taps, and, if our room is not encrypted, what you write. So what your server has seen stands under your paper as ✅, and with 🧾 the receipt by which you find your vote in the published list: note it, both go at the close. What you write in an encrypted room stands on the paper instead, and has another receipt.
    - Leads get a report each month: numbers about five people or more, never one about you.
    - What I can't erase: the messages themselves. Your server and other people's devices keep those; remove them in your app.
    - You decide: `!hearth my-data` shows all I have, `!hearth opt-out` stops it, `!hearth forget-me` erases it.

privacy-my-data = Here comes everything that I keep about you, as a file. It is for you alone.

privacy-opted-out = Done: from now on I log nothing that you do. You can still use me like everybody else. What I noted before stays until you say `!hearth forget-me`; `!hearth opt-in` brings you back.

privacy-opted-out-already = You have opted out already, and it stays that way: I log nothing that you do. `!hearth opt-in` brings you back.

privacy-opted-in = Welcome back: from now on what you do counts in the log again, without any words. `!hearth opt-out` stops it at any time.

privacy-opted-in-already = All right: what you do counts in the log, without any words. `!hearth opt-out` stops it at any time.

privacy-forget-sure = **Shall I forget you?** This can't be undone.
    - Within a day I erase every line about you in my log and everything my practices know of you. No later report counts you; those that were made stay as they are.
    - I can't erase your messages, which your server and other people's devices keep, nor reports already posted; these name nobody.
    - If you go on chatting, I'll note it as for somebody new. If you don't want that, say `!hearth opt-out` first: it lasts.

    If you are sure, answer `yes` within a day (`!hearth forget-me yes` does the same). If not, do nothing, or say `no`.

privacy-forgotten = I'm forgetting you: within a day every line about you is gone. Thank you for having been here. You're welcome at any time.

privacy-forget-not = All right, nothing is erased: everything stays as it is. If you change your mind, say `!hearth forget-me`.

## What counts as a yes or a no to the question above, where it is all that somebody says. A hyphen stands for a space.
privacy-yes-words = yes y yep yes-please yes-i-am yes-i-am-sure
privacy-no-words = no n nope no-thanks no-thank-you
