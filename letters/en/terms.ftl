# Areas of cooperation, as inside a sentence

area-governance = local governance and EU accession
area-participation = citizen participation and oversight
area-finance = municipal finance, enterprises and procurement
area-digital = digital government and data
area-energy = energy and climate
area-water = water, wastewater and river basins
area-environment = waste, circular economy and environment
area-planning = spatial planning, housing and reconstruction
area-mobility = transport and mobility
area-economy = local economy, jobs and tourism
area-education = education, vocational training and youth
area-health = health and rehabilitation
area-social = social services and inclusion
area-cohesion = social cohesion, diaspora and return
area-safety = civil protection and resilience
area-culture = culture, heritage and people-to-people exchange

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

# Oblasts, by the first four characters of their KATOTTG codes.
oblast-ua05 = Vinnytsia oblast
oblast-ua07 = Volyn oblast
oblast-ua12 = Dnipropetrovsk oblast
oblast-ua14 = Donetsk oblast
oblast-ua18 = Zhytomyr oblast
oblast-ua21 = Zakarpattia oblast
oblast-ua23 = Zaporizhzhia oblast
oblast-ua26 = Ivano-Frankivsk oblast
oblast-ua32 = Kyiv oblast
oblast-ua35 = Kirovohrad oblast
oblast-ua44 = Luhansk oblast
oblast-ua46 = Lviv oblast
oblast-ua48 = Mykolaiv oblast
oblast-ua51 = Odesa oblast
oblast-ua53 = Poltava oblast
oblast-ua56 = Rivne oblast
oblast-ua59 = Sumy oblast
oblast-ua61 = Ternopil oblast
oblast-ua63 = Kharkiv oblast
oblast-ua65 = Kherson oblast
oblast-ua68 = Khmelnytskyi oblast
oblast-ua71 = Cherkasy oblast
oblast-ua73 = Chernivtsi oblast
oblast-ua74 = Chernihiv oblast
