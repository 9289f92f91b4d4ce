# Areas of cooperation

area-governance = Local governance and EU accession
area-participation = Citizen participation and oversight
area-finance = Municipal finance, enterprises and procurement
area-digital = Digital government and data
area-energy = Energy and climate
area-water = Water, wastewater and river basins
area-environment = Waste, circular economy and environment
area-planning = Spatial planning, housing and reconstruction
area-mobility = Transport and mobility
area-economy = Local economy, jobs and tourism
area-education = Education, vocational training and youth
area-health = Health and rehabilitation
area-social = Social services and inclusion
area-cohesion = Social cohesion, diaspora and return
area-safety = Civil protection and resilience
area-culture = Culture, heritage and people-to-people exchange

# Sub-areas: short noun phrases that can stand inside a sentence

subarea-governance-acquis = EU law at local level
subarea-governance-strategy = strategy, monitoring and evaluation
subarea-governance-training = staff development and training
subarea-governance-integrity = integrity and prevention of corruption
subarea-governance-intermunicipal = cooperation between neighbouring municipalities

subarea-participation-dialogue = dialogue on recovery priorities
subarea-participation-budgeting = participatory budgeting
subarea-participation-monitoring = civic monitoring of recovery
subarea-participation-youth-councils = youth councils
subarea-participation-gender = gender-responsive policy

subarea-finance-budget = budget analysis for recovery
subarea-finance-enterprises = efficiency of municipal enterprises
subarea-finance-assets = management of land and property
subarea-finance-preparation = preparation of investment projects
subarea-finance-procurement = public procurement
subarea-finance-ppp = public-private partnership

subarea-digital-services = e-services and citizen service centres
subarea-digital-open-data = open data
subarea-digital-gis = geographic information and smart city
subarea-digital-cybersecurity = cybersecurity
subarea-digital-connectivity = internet access and public Wi-Fi
subarea-digital-dream = work with Ukraine’s DREAM system

subarea-energy-efficiency = energy efficiency of public buildings
subarea-energy-heating = district heating
subarea-energy-renewables = energy from sun, wind and biomass
subarea-energy-backup = backup power and smart grids
subarea-energy-secap = sustainable energy and climate action plans (SECAP)

subarea-water-supply = water supply
subarea-water-wastewater = wastewater collection and treatment
subarea-water-leakage = leakage control and metering
subarea-water-basins = cooperation along river basins
subarea-water-emergency = emergency water supply

subarea-environment-waste = municipal waste management
subarea-environment-debris = removal and reuse of debris
subarea-environment-green = green spaces and biodiversity
subarea-environment-floods = adaptation to floods
subarea-environment-air-soil = air and soil quality

subarea-planning-plans = comprehensive spatial plans
subarea-planning-housing = social housing and housing for displaced people
subarea-planning-public-buildings = repair and reconstruction of public buildings
subarea-planning-bauhaus = New European Bauhaus
subarea-planning-damage = recording of damage

subarea-mobility-streets = streets and bridges
subarea-mobility-transit = public transport
subarea-mobility-cycling = cycling and walking
subarea-mobility-logistics = logistics and border crossings
subarea-mobility-accessibility = accessible transport

subarea-economy-sme = support for small and medium-sized businesses
subarea-economy-investment = industrial parks and investment
subarea-economy-agrifood = farming, food and rural development
subarea-economy-creative = creative and green business
subarea-economy-tourism = tourism
subarea-economy-b2b = contacts between businesses

subarea-education-schools = school network and shelters in schools
subarea-education-vocational = vocational training and reskilling
subarea-education-early-years = early childhood education
subarea-education-youth-exchange = youth exchange
subarea-education-language = language learning

subarea-health-hospitals = hospitals and primary care
subarea-health-rehabilitation = physical rehabilitation and prosthetics
subarea-health-mental = mental health
subarea-health-public-health = public health
subarea-health-ambulance = ambulance services

subarea-social-idp = reception of displaced people
subarea-social-veterans = support for veterans
subarea-social-care = care for older people and children
subarea-social-barrier-free = barrier-free environment
subarea-social-centres = multi-purpose community centres

subarea-cohesion-diaspora = initiatives of the diaspora and of people under temporary protection
subarea-cohesion-return = return and reintegration
subarea-cohesion-security-groups = local peace and community security groups
subarea-cohesion-memory = memory and dialogue

subarea-safety-crisis = crisis management
subarea-safety-shelters = shelters
subarea-safety-rescue = fire and rescue services
subarea-safety-continuity = continuity of services in a blackout
subarea-safety-mines = mine action

subarea-culture-heritage = protection of heritage
subarea-culture-libraries = libraries and museums
subarea-culture-sport = sport
subarea-culture-exchange = exchanges of schools and citizens
subarea-culture-languages = languages and linguistic diversity

# Countries

# Outside the directory, where lists of ties name them.
country-US = United States
country-CN = China
country-JP = Japan
country-CA = Canada
country-AD = Andorra
country-AL = Albania
country-AM = Armenia
country-AT = Austria
country-AX = Åland
country-AZ = Azerbaijan
country-BA = Bosnia and Herzegovina
country-BE = Belgium
country-BG = Bulgaria
country-BY = Belarus
country-CH = Switzerland
country-CY = Cyprus
country-CZ = Czechia
country-DE = Germany
country-DK = Denmark
country-DZ = Algeria
country-EE = Estonia
country-ES = Spain
country-FI = Finland
country-FO = Faroe Islands
country-FR = France
country-GB = United Kingdom
country-GE = Georgia
country-GG = Guernsey
country-GI = Gibraltar
country-GL = Greenland
country-GR = Greece
country-HR = Croatia
country-HU = Hungary
country-IE = Ireland
country-IL = Israel
country-IM = Isle of Man
country-IQ = Iraq
country-IR = Iran
country-IS = Iceland
country-IT = Italy
country-JE = Jersey
country-JO = Jordan
country-KZ = Kazakhstan
country-LB = Lebanon
country-LI = Liechtenstein
country-LT = Lithuania
country-LU = Luxembourg
country-LV = Latvia
country-LY = Libya
country-MA = Morocco
country-MC = Monaco
country-MD = Moldova
country-ME = Montenegro
country-MK = North Macedonia
country-MT = Malta
country-NL = Netherlands
country-NO = Norway
country-PL = Poland
country-PT = Portugal
country-RO = Romania
country-RS = Serbia
country-RU = Russia
country-SE = Sweden
country-SI = Slovenia
country-SK = Slovakia
country-SM = San Marino
country-SY = Syria
country-TN = Tunisia
country-TR = Türkiye
country-UA = Ukraine
country-XK = Kosovo

# Working languages

language-uk = Ukrainian
language-en = English
language-pl = Polish
language-de = German
language-fr = French
language-es = Spanish
language-it = Italian
language-ro = Romanian
language-cs = Czech
language-sk = Slovak
language-hu = Hungarian
language-bg = Bulgarian
language-lt = Lithuanian
language-lv = Latvian
language-et = Estonian
language-sv = Swedish
language-fi = Finnish
language-da = Danish
language-no = Norwegian
language-nl = Dutch
language-pt = Portuguese
language-el = Greek
language-hr = Croatian
language-sr = Serbian
language-sl = Slovene
language-mk = Macedonian
language-sq = Albanian
language-tr = Turkish
language-ka = Georgian
language-is = Icelandic
language-ga = Irish
language-mt = Maltese

# Official languages that are no working languages

language-bs = Bosnian
language-ca = Catalan
language-ca-valencia = Valencian
language-cnr = Montenegrin
language-cy = Welsh
language-eu = Basque
language-fo = Faroese
language-fy = Frisian
language-gag = Gagauz
language-gd = Scottish Gaelic
language-gl = Galician
language-lb = Luxembourgish
language-oc = Occitan
language-rm = Romansh
language-ru = Russian
language-rue = Rusyn
language-sco = Scots

# Ways of working together

format-study-visit = study visit
format-expert-mission = expert mission
format-shadowing = job shadowing
format-online = online meetings
format-joint-application = joint application for funding
format-equipment = transfer of equipment
format-youth-exchange = youth exchange

# Names

name-hromada = { $name } hromada
name-kyiv = Kyiv
name-oblast = { $name } oblast

# How far a municipality has come in a sub-area

level-1 = curious
level-2 = starting
level-3 = experienced
level-4 = can teach or host

# Which way an entry points

direction-need = Need
direction-offer = Offer
direction-exchange = Exchange

# Bands of population

size-lt5k = under 5,000 people
size-5k_10k = 5,000–10,000 people
size-10k_20k = 10,000–20,000 people
size-20k_50k = 20,000–50,000 people
size-50k_100k = 50,000–100,000 people
size-ge100k = 100,000 people or more
size-unknown = population not known

# How far an entry has come on the platform

status-listed = Not on Mosty yet
status-claimed = Has members
status-verified = Verified
status-paused = Suspended

# Administrative roles

role-kyiv = city of Kyiv
role-oblast-centre = hromada of an oblast centre
role-urban-large = urban hromada of 50,000 or more
role-urban-small = smaller urban hromada
role-urban = urban hromada
role-settlement = settlement hromada
role-rural = rural hromada
role-capital = capital of a country
role-region-seat = seat of a region
role-county-seat = seat of a county or province
role-district-seat = seat of a district
role-place = town or village

# Whether a municipality looks for partners

openness-open = Looking for new partners
openness-paused = Not looking for partners now
openness-complete = Has the partners it wants

# Who may read a statement

audience-public = Everybody
audience-verified = Verified members
audience-partner = Only this partner

# How well a language is spoken

fluency-A2 = A1–A2: greetings and simple phrases
fluency-B1 = B1: we understand what a meeting is about
fluency-B2 = B2: can work in it
fluency-C1 = C1 and above: fluent or native

# The nine criteria of a pair

criterion-distance = Distance
criterion-size = Size
criterion-role = Role in the region
criterion-country = Country and neighbours
criterion-ties = Twin towns
criterion-needs = Needs and offers
criterion-languages = Languages
criterion-formats = Formats and wishes
criterion-readiness = Open and verified

# The same inside a sentence, as in a list of what is not known

criterion-distance-inline = distance
criterion-size-inline = size
criterion-role-inline = role in the region
criterion-country-inline = country and neighbours
criterion-ties-inline = twin towns
criterion-needs-inline = needs and offers
criterion-languages-inline = languages
criterion-formats-inline = formats and wishes
criterion-readiness-inline = openness and verification

criterion-distance-about = Compares how far apart the two centres are; the points come from how often known partnerships span such a distance.
criterion-size-about = Compares the two populations and how each ranks in its own country; the points come from sizes that go together in known partnerships.
criterion-role-about = Compares what each is in its region, such as an oblast centre, the seat of a county or a village; the points come from roles that meet in known partnerships.
criterion-country-about = Looks at where hromadas, and the neighbours of this one, have found partners; the points come from the countries, regions and oblasts of known partnerships.
criterion-ties-about = Looks for partners and twin towns that the two share or have nearby, and at how active the municipality abroad is in twinning; the points come from known partnerships.
criterion-needs-about = Compares what each side needs with what the other can share; the points come from published rules by rank, level and rarity, and help that flows both ways counts for more.
criterion-languages-about = Compares the languages in which both can work, by the weaker level of the two; the points come from published rules, which also count an interpreter.
criterion-formats-about = Compares the ways of working that both want, and what each wishes of a partner; the points come from published rules.
criterion-readiness-about = Looks at whether both have members on Mosty, are verified and keep a place open; the points come from published rules.

criterion-distance-unknown = The centre of one of the two is not recorded; it can be added by an import.
criterion-size-unknown = The population of one of the two is not recorded; an official figure can be added to its entry.
criterion-role-unknown = The role of one of the two in its region is not recorded; its own website is the best place to look.
criterion-country-unknown = No partnership recorded so far says anything about this country or region; ask neighbouring hromadas what they know.
criterion-ties-unknown = No list we have covers the partners and twin towns of this pair; lists can be imported.
criterion-needs-unknown = One of the two has not stated what it needs or what it can share; worth asking in the first letter.
criterion-languages-unknown = One of the two has not stated its working languages; write in two languages and ask which one suits.
criterion-formats-unknown = One of the two has not stated how it prefers to work; worth asking in the first letter.
criterion-readiness-unknown = One of the two has no members on Mosty yet, so nobody knows who will answer; write to its official address.

# The three groups of criteria

group-affinity = Affinity
group-fit = Fit
group-readiness = Readiness
group-affinity-about = How alike known partnerships the two are
group-fit-about = What they could do for each other
group-readiness-about = Whether somebody will answer
show-projects = Priority projects
stage-idea = idea
stage-prepared = documents ready
stage-funded = funded
stage-running = under way
cost-below-100k = below €100,000
cost-below-500k = €100,000–500,000
cost-below-2m = €500,000–2 million
cost-below-10m = €2–10 million
cost-above-10m = €10 million and more
