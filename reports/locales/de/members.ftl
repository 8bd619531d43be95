### Was Mitglieder bekommen, nach dem Ja der Moderation.

members-title = { $month } bei { $community }: was wir zusammen getan haben
members-took-part = { $count ->
    [one] Eine Person von uns war dabei.
   *[other] { $value } von uns waren dabei.
}
members-messages = Wir haben { $messages } geschrieben.
members-new = { $count ->
    [one] Eine Person hat hier zum ersten Mal geschrieben. Willkommen!
   *[other] { $value } Menschen haben hier zum ersten Mal geschrieben. Willkommen!
}
members-answered = { $share } der Gespräche, die jemand eröffnet hat, wurden von anderen aufgegriffen.
members-done = { $count ->
    [one] Eine Sache, die wir in unseren Retrospektiven vereinbart haben, ist erledigt.
   *[other] { $value } Dinge, die wir in unseren Retrospektiven vereinbart haben, sind erledigt.
}
members-thanks = Danke an alle, die geschrieben, geantwortet, reagiert oder mitgelesen haben.
members-next = Was als Nächstes kommt
members-meeting = { $name }: { $when }
members-try = Wir probieren etwas aus: „{ $what }“.
members-privacy = Das sind Summen: Niemand wird genannt, niemand verglichen, und keine Nachricht wurde gelesen.
