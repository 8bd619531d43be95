### Was Mitglieder bekommen, nach dem Ja der Moderation.

members-title = { $month } bei { $community }: was wir zusammen getan haben
members-wrote = { $people } von uns haben geschrieben.
members-wrote-messages = { $people } von uns haben geschrieben, zusammen { $messages } Nachrichten.
members-took-part = Mit allen, die reagiert haben, waren { $people } von uns dabei.
members-new = { $people } Menschen haben hier zum ersten Mal geschrieben. Willkommen!
members-taken-up = { $share } der Gespräche, die jemand eröffnet hat, wurden von anderen aufgegriffen.
members-agreed = { $count ->
    [one] In den Retrospektiven dieses Monats haben wir eine Sache vereinbart.
   *[other] In den Retrospektiven dieses Monats haben wir { $value } Dinge vereinbart.
}
members-done = { $count ->
    [one] Eine ist schon erledigt.
   *[other] { $value } sind schon erledigt.
}
members-thanks = Danke an alle, die geschrieben, geantwortet, reagiert oder mitgelesen haben.
members-next = Was als Nächstes kommt
members-meeting = { $name }: { $when }
members-try = Wir probieren etwas aus: „{ $what }“.
members-privacy = Das sind Summen: Niemand wird genannt, niemand verglichen, und keine Nachricht wurde gelesen.
