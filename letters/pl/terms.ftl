# Areas of cooperation, as inside a sentence

area-governance = samorząd i integracja z UE
area-participation = udział mieszkańców i kontrola społeczna
area-finance = finanse, przedsiębiorstwa komunalne i zamówienia publiczne
area-digital = cyfrowa administracja i dane
area-energy = energia i klimat
area-water = woda, ścieki i zlewnie rzek
area-environment = odpady, gospodarka obiegu zamkniętego i środowisko
area-planning = planowanie przestrzenne, mieszkalnictwo i odbudowa
area-mobility = transport i mobilność
area-economy = gospodarka lokalna, praca i turystyka
area-education = edukacja, kształcenie zawodowe i młodzież
area-health = zdrowie i rehabilitacja
area-social = usługi społeczne i włączenie
area-cohesion = spójność społeczna, diaspora i powroty
area-safety = ochrona ludności i odporność
area-culture = kultura, dziedzictwo i wymiana mieszkańców

# Sub-areas: short noun phrases that can stand inside a sentence

subarea-governance-acquis = prawo UE na poziomie lokalnym
subarea-governance-strategy = strategia, monitoring i ewaluacja
subarea-governance-training = rozwój i szkolenie kadr
subarea-governance-integrity = przejrzystość i przeciwdziałanie korupcji
subarea-governance-intermunicipal = współpraca między sąsiednimi gminami

subarea-participation-dialogue = dialog o priorytetach odbudowy
subarea-participation-budgeting = budżet obywatelski
subarea-participation-monitoring = społeczny monitoring odbudowy
subarea-participation-youth-councils = młodzieżowe rady gmin
subarea-participation-gender = polityka równości płci

subarea-finance-budget = analiza budżetu na potrzeby odbudowy
subarea-finance-enterprises = efektywność przedsiębiorstw komunalnych
subarea-finance-assets = gospodarowanie mieniem i gruntami
subarea-finance-preparation = przygotowanie projektów inwestycyjnych
subarea-finance-procurement = zamówienia publiczne
subarea-finance-ppp = partnerstwo publiczno-prywatne

subarea-digital-services = e-usługi i centra obsługi mieszkańców
subarea-digital-open-data = otwarte dane
subarea-digital-gis = systemy informacji geograficznej i inteligentne miasto
subarea-digital-cybersecurity = cyberbezpieczeństwo
subarea-digital-connectivity = dostęp do internetu i publiczne Wi-Fi
subarea-digital-dream = praca z ukraińskim systemem DREAM

subarea-energy-efficiency = efektywność energetyczna budynków publicznych
subarea-energy-heating = sieci ciepłownicze
subarea-energy-renewables = energia ze słońca, wiatru i biomasy
subarea-energy-backup = zasilanie rezerwowe i inteligentne sieci
subarea-energy-secap = plan działań na rzecz zrównoważonej energii i klimatu (SECAP)

subarea-water-supply = zaopatrzenie w wodę
subarea-water-wastewater = kanalizacja i oczyszczanie ścieków
subarea-water-leakage = ograniczanie strat wody i opomiarowanie
subarea-water-basins = współpraca w zlewniach rzek
subarea-water-emergency = awaryjne zaopatrzenie w wodę

subarea-environment-waste = gospodarka odpadami komunalnymi
subarea-environment-debris = gruz po zniszczeniach i jego ponowne wykorzystanie
subarea-environment-green = tereny zielone i bioróżnorodność
subarea-environment-floods = przygotowanie na powodzie
subarea-environment-air-soil = jakość powietrza i gleby

subarea-planning-plans = kompleksowe plany przestrzenne
subarea-planning-housing = mieszkania socjalne i dla osób przesiedlonych
subarea-planning-public-buildings = remont i odbudowa budynków publicznych
subarea-planning-bauhaus = Nowy Europejski Bauhaus
subarea-planning-damage = ewidencja zniszczeń

subarea-mobility-streets = ulice i mosty
subarea-mobility-transit = transport publiczny
subarea-mobility-cycling = ruch rowerowy i pieszy
subarea-mobility-logistics = logistyka i przejścia graniczne
subarea-mobility-accessibility = dostępność transportu

subarea-economy-sme = wsparcie małych i średnich firm
subarea-economy-investment = parki przemysłowe i inwestycje
subarea-economy-agrifood = rolnictwo, żywność i rozwój wsi
subarea-economy-creative = branże kreatywne i zielona przedsiębiorczość
subarea-economy-tourism = turystyka
subarea-economy-b2b = kontakty między firmami

subarea-education-schools = sieć szkół i schrony w szkołach
subarea-education-vocational = kształcenie zawodowe i przekwalifikowanie
subarea-education-early-years = edukacja przedszkolna
subarea-education-youth-exchange = wymiana młodzieży
subarea-education-language = nauka języków

subarea-health-hospitals = szpitale i podstawowa opieka zdrowotna
subarea-health-rehabilitation = rehabilitacja i protetyka
subarea-health-mental = zdrowie psychiczne
subarea-health-public-health = zdrowie publiczne
subarea-health-ambulance = ratownictwo medyczne

subarea-social-idp = przyjmowanie osób przesiedlonych
subarea-social-veterans = wsparcie weteranów i weteranek
subarea-social-care = opieka nad osobami starszymi i dziećmi
subarea-social-barrier-free = otoczenie bez barier
subarea-social-centres = wielofunkcyjne centra społeczne

subarea-cohesion-diaspora = inicjatywy diaspory i osób pod ochroną czasową
subarea-cohesion-return = powroty i reintegracja
subarea-cohesion-security-groups = lokalne grupy na rzecz pokoju i bezpieczeństwa
subarea-cohesion-memory = pamięć i dialog

subarea-safety-crisis = zarządzanie kryzysowe
subarea-safety-shelters = schrony
subarea-safety-rescue = straż pożarna i ratownictwo
subarea-safety-continuity = ciągłość usług podczas przerw w dostawach prądu
subarea-safety-mines = działania przeciwminowe

subarea-culture-heritage = ochrona dziedzictwa kulturowego
subarea-culture-libraries = biblioteki i muzea
subarea-culture-sport = sport
subarea-culture-exchange = wymiany szkolne i obywatelskie
subarea-culture-languages = języki i różnorodność językowa

# Countries

country-AD = Andora
country-AL = Albania
country-AM = Armenia
country-AT = Austria
country-AX = Wyspy Alandzkie
country-AZ = Azerbejdżan
country-BA = Bośnia i Hercegowina
country-BE = Belgia
country-BG = Bułgaria
country-BY = Białoruś
country-CH = Szwajcaria
country-CY = Cypr
country-CZ = Czechy
country-DE = Niemcy
country-DK = Dania
country-DZ = Algieria
country-EE = Estonia
country-ES = Hiszpania
country-FI = Finlandia
country-FO = Wyspy Owcze
country-FR = Francja
country-GB = Wielka Brytania
country-GE = Gruzja
country-GG = Guernsey
country-GI = Gibraltar
country-GL = Grenlandia
country-GR = Grecja
country-HR = Chorwacja
country-HU = Węgry
country-IE = Irlandia
country-IL = Izrael
country-IM = Wyspa Man
country-IQ = Irak
country-IR = Iran
country-IS = Islandia
country-IT = Włochy
country-JE = Jersey
country-JO = Jordania
country-KZ = Kazachstan
country-LB = Liban
country-LI = Liechtenstein
country-LT = Litwa
country-LU = Luksemburg
country-LV = Łotwa
country-LY = Libia
country-MA = Maroko
country-MC = Monako
country-MD = Mołdawia
country-ME = Czarnogóra
country-MK = Macedonia Północna
country-MT = Malta
country-NL = Holandia
country-NO = Norwegia
country-PL = Polska
country-PT = Portugalia
country-RO = Rumunia
country-RS = Serbia
country-RU = Rosja
country-SE = Szwecja
country-SI = Słowenia
country-SK = Słowacja
country-SM = San Marino
country-SY = Syria
country-TN = Tunezja
country-TR = Turcja
country-UA = Ukraina
country-XK = Kosowo

# Working languages

language-uk = ukraiński
language-en = angielski
language-pl = polski
language-de = niemiecki
language-fr = francuski
language-es = hiszpański
language-it = włoski
language-ro = rumuński
language-cs = czeski
language-sk = słowacki
language-hu = węgierski
language-bg = bułgarski
language-lt = litewski
language-lv = łotewski
language-et = estoński
language-sv = szwedzki
language-fi = fiński
language-da = duński
language-no = norweski
language-nl = niderlandzki
language-pt = portugalski
language-el = grecki
language-hr = chorwacki
language-sr = serbski
language-sl = słoweński
language-mk = macedoński
language-sq = albański
language-tr = turecki
language-ka = gruziński
language-is = islandzki
language-ga = irlandzki
language-mt = maltański

# Ways of working together

format-study-visit = wizyta studyjna
format-expert-mission = misja ekspercka
format-shadowing = staż w urzędzie (job shadowing)
format-online = spotkania online
format-joint-application = wspólny wniosek o dofinansowanie
format-equipment = przekazanie sprzętu
format-youth-exchange = wymiana młodzieży

# Names

name-hromada = Hromada { $name }
name-kyiv = Kijów

# Oblasts, by the first four characters of their KATOTTG codes.
oblast-ua05 = obwód winnicki
oblast-ua07 = obwód wołyński
oblast-ua12 = obwód dniepropetrowski
oblast-ua14 = obwód doniecki
oblast-ua18 = obwód żytomierski
oblast-ua21 = obwód zakarpacki
oblast-ua23 = obwód zaporoski
oblast-ua26 = obwód iwanofrankiwski
oblast-ua32 = obwód kijowski
oblast-ua35 = obwód kirowohradzki
oblast-ua44 = obwód ługański
oblast-ua46 = obwód lwowski
oblast-ua48 = obwód mikołajowski
oblast-ua51 = obwód odeski
oblast-ua53 = obwód połtawski
oblast-ua56 = obwód rówieński
oblast-ua59 = obwód sumski
oblast-ua61 = obwód tarnopolski
oblast-ua63 = obwód charkowski
oblast-ua65 = obwód chersoński
oblast-ua68 = obwód chmielnicki
oblast-ua71 = obwód czerkaski
oblast-ua73 = obwód czerniowiecki
oblast-ua74 = obwód czernihowski
