# Reasons: each may stand under “Why for you” and under “Why for them”, so
# none says “you” or “they”. Keys ending in -partner or -own are read only on
# the side of the municipality abroad.

reason-distance = { $km } km apart, a usual distance among known partnerships
reason-size-alike = Similar in size: { $other }
reason-size-larger = { $other } is larger; such pairs occur among known partnerships
reason-size-smaller = { $other } is smaller; such pairs occur among known partnerships
reason-role = The roles of the two in their regions often meet in known partnerships

reason-country-counted =
    { $count ->
        [one] { $n } hromada of { $oblast } has a partner in this country: { $country }
       *[other] { $n } hromadas of { $oblast } have partners in this country: { $country }
    }
reason-country-oblast = More partnerships than usual link { $oblast } and this country: { $country }
reason-country-oblast-partner = Municipalities of this country ({ $country }) often have partners in { $oblast }
reason-country-oblast-some = A known partnership links { $oblast } and this country: { $country }
reason-country-region = Municipalities of this region often have partners in Ukraine: { $region }, { $country }
reason-country-region-some = There is a known partnership of this region with Ukraine: { $region }, { $country }
reason-country = Ukrainian hromadas often find partners in this country: { $country }
reason-country-partner = Municipalities of this country often have partners in Ukraine: { $country }

reason-shared-partner = Already linked by a partner in common: { $partner }
reason-shared-partner-partner = The hromada already has a twin town as its partner: { $partner }
reason-near-partner = { $km } km from a partner the hromada already has: { $partner }
reason-near-partner-partner = A neighbour { $km } km away already works with the hromada: { $partner }
reason-twins =
    { $count ->
        [one] Knows how twinning works: { $n } twin town recorded
       *[other] Knows how twinning works: { $n } twin towns recorded
    }
reason-twins-own =
    { $count ->
        [one] Twinning is familiar ground: { $n } twin town recorded
       *[other] Twinning is familiar ground: { $n } twin towns recorded
    }

reason-need-met = Answers a stated need: { $subarea }
reason-need-near = Experience close to a stated need: { $subarea }
reason-exchange = Both want to learn and can share: { $subarea }
reason-can-share = Can share what the other side is looking for: { $subarea }

reason-language = A common working language: { $language }, { $fluency } or better on both sides
reason-interpreter = An interpreter is at hand
reason-formats = Both want to work this way: { $format }
reason-wish-country = A partner from this country was wished for: { $country }
reason-wish-size = Of a size that is wanted here: { $size }

reason-open = A place for a new partner is open
reason-claimed = Has members on Mosty, so there is somebody to ask

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
change-they-close = once the open place is taken: { $partner }
