# Reasons: each may stand for either side, so none says “you” or “they”; the
# names say who. Numbers are known partnerships, those of hromadas under
# occupation left out.

reason-exchange = Both look for and can share { $subarea }
reason-need-met = { $seeker } looks for { $need }; { $helper } offers { $offer }
reason-need-near = { $seeker } looks for { $need }; { $helper } knows a field close to it: { $offer }
reason-can-share = { $helper } can share { $offer }, which { $seeker } looks for
reason-shared-partner = Twinned with { $partner }, a partner of { $hromada }
reason-shared-twin = Twinned with { $twin }, as is { $partner }, a partner of { $hromada }
reason-near-partner = { $km } km from { $partner }, a partner of { $hromada }
reason-near-other-partner = { $km } km from { $partner }, a partner of { $hromada }
reason-beside-other-partner = Beside { $partner }, a partner of { $hromada }
reason-around-other-partner = Not far from { $partner } ({ $km } km), a partner of { $hromada }
reason-partner-of = Already a partner of { $hromada }
reason-oblast-region =
    { $count ->
        [one] { $oblast } and { $region } have { $n } known partnership
       *[other] { $oblast } and { $region } have { $n } known partnerships
    }
reason-language = Common language: { $language }, { $fluency } or better on both sides
reason-interpreter = An interpreter is at hand
reason-distance = Only { $km } km apart

reason-size-same = Nearly the same size: { $other } and { $own } people
reason-size-little-larger = A little larger: { $other } and { $own } people
reason-size-larger = Half as large again: { $other } and { $own } people
reason-size-double = About twice as large: { $other } and { $own } people
reason-size-triple = About three times as large: { $other } and { $own } people
reason-size-much-larger = Much larger: { $other } and { $own } people
reason-size-little-smaller = A little smaller: { $other } and { $own } people
reason-size-smaller = A third smaller: { $other } and { $own } people
reason-size-half = About half the size: { $other } and { $own } people
reason-size-third = About a third of the size: { $other } and { $own } people
reason-size-much-smaller = Much smaller: { $other } and { $own } people

reason-country-oblast =
    { $count ->
        [one] { $oblast } has { $n } known partnership with { $country }
       *[other] { $oblast } has { $n } known partnerships with { $country }
    }
reason-country =
    { $count ->
        [one] Ukraine has { $n } known partnership with { $country }
       *[other] Ukraine has { $n } known partnerships with { $country }
    }
reason-twins =
    { $count ->
        [one] { $n } twin town recorded
       *[other] { $n } twin towns recorded
    }
reason-formats = Both want to work this way: { $format }
reason-wish-country = A partner from this country is wished for: { $country }
reason-wish-size = Of a size that is wished for: { $size }
reason-open = A place for a new partner is open
reason-claimed = Has members on Mosty, so there is somebody to ask

# A statement that is quoted.
reason-quote = “{ $text }”

# What would change a score: each follows a signed number, as in “+5 if …”.

# What stands between the number and the condition.
change-joint = {" "}
change-they-offer = if { $partner } offers this: { $subarea }
change-you-offer = if you also offer this: { $subarea }
change-you-speak = if you can also work in { $language }
change-they-speak = if { $partner } can work in { $language }
change-they-want = if { $partner } also wants this: { $format }
change-they-open = if { $partner } is verified and opens a place for a new partner
change-you-open = if you are verified and open a place for a new partner
change-both-claim = if both sides join Mosty, and you are verified with a place open
change-they-close = once { $partner } has no place open any more
