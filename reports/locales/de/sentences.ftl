### Wie der Monat war, in Worten. Nie eine Punktzahl, nie eine Note.

people = Im { $month } haben { $people } Menschen geschrieben
people-active = Mit denen, die nur reagiert haben, waren { $people } dabei.
new = { $people } Menschen haben zum ersten Mal geschrieben
voices = Das Gespräch klang nach { $voices } gleich lauten Stimmen
voices-among = Das Gespräch klang nach { $voices } gleich lauten Stimmen unter den { $posters } Schreibenden
taken-up = { $share } der Gespräche wurden von anderen aufgegriffen
answer-time = Die Hälfte davon wurde { $time } aufgegriffen.
came-back = Neue von { $quarters }, die binnen eines Monats an einem anderen Tag wiederkamen: { $share }
actions = Von dem, was in den letzten zwölf Monaten vereinbart wurde, sind { $share } erledigt.

with-usual = { $said }; üblich sind { $usual }.
with-usual-beyond = { $said }; üblich sind { $usual }. Ein einzelner Monat, der so weit abweicht, kann noch Zufall sein.

carried-few = Wer das Gespräch trägt: wenige. Es klang nach weniger Stimmen als einem Fünftel derer, die geschrieben haben.
carried-many = Wer das Gespräch trägt: viele von denen, die geschrieben haben, aber nicht die Hälfte.
carried-most = Wer das Gespräch trägt: die meisten von denen, die geschrieben haben.

gaps = Von { $all } Stunden des Monats hat Hearth { $unknown } nicht gesehen. Was dann geschah, ist nicht gezählt, und nichts wird hier mit anderen Monaten verglichen.

## Was sich über einen Wert neben dem Üblichen sagen lässt. Nichts anderes vergleicht.

claim-month-more = Das ist mehr als üblich.
claim-month-less = Das ist weniger als üblich.
claim-as-last-year = Das weicht vom Üblichen ab, aber das tat es auch im { $before }.
claim-quarter-more = In den letzten drei Monaten war es mehr als üblich.
claim-quarter-less = In den letzten drei Monaten war es weniger als üblich.
claim-quarter-as-last-year = In den letzten drei Monaten wich es vom Üblichen ab, aber das tat es auch vor einem Jahr.
claim-quarter-no-clear-change = In den letzten drei Monaten gab es keine klare Veränderung; eine Halbierung wäre aufgefallen.
claim-quarter-cannot-tell = Ob die letzten drei Monate anders waren, lässt sich nicht sagen: Die Monate schwanken zu sehr, oder es sind zu wenige.
claim-of = { $names }: { $said }
claim-trial-more = In den drei Monaten nach dem Beginn war es mehr als davor, und bloßer Zufall täte das selten.
claim-trial-less = In den drei Monaten nach dem Beginn war es weniger als davor, und bloßer Zufall täte das selten.
claim-trial-no-clear-change = Keine klare Veränderung; eine Halbierung wäre aufgefallen.
claim-trial-cannot-tell = Ob das eine Veränderung ist oder Zufall, lässt sich nicht sagen.

## Was eine Veränderung sein müsste, um aufzufallen.

notice-month = Bei etwa { $people } Schreibenden wäre erst ein Monat mit weniger als { $low } oder mehr als { $high } mehr als Zufall.
notice-month-more = Bei etwa { $people } Schreibenden wäre erst ein Monat mit mehr als { $high } mehr als Zufall; ein Rückgang ließe sich davon nicht unterscheiden.
notice-halving = { $count ->
    [one] Schriebe ein Quartal lang nur die Hälfte, fiele es hier in einem von zehn Fällen auf.
   *[other] Schriebe ein Quartal lang nur die Hälfte, fiele es hier in { $value } von zehn Fällen auf.
}
notice-halving-always = Schriebe ein Quartal lang nur die Hälfte, fiele es hier auf.
notice-halving-never = Schriebe ein Quartal lang nur die Hälfte, fiele es hier kaum je auf.
notice-quarter-too-early = Quartale werden verglichen, sobald es sechs Monate davor gibt.

## Was gesagt wird, wenn es keinen Wert gibt.

too-few = Im { $month } haben weniger als fünf Menschen geschrieben: zu wenige, um etwas über die Gemeinschaft zu sagen, ohne es über Einzelne zu sagen.
nothing-to-say = Über den { $month } ist zu wenig bekannt, um etwas über die Gemeinschaft zu sagen.
no-value = { $name }: { $reason }
