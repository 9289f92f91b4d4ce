# Areas of cooperation, as inside a sentence

area-governance = Kommunalverwaltung und EU-Beitritt
area-participation = Bürgerbeteiligung und öffentliche Kontrolle
area-finance = Kommunalfinanzen, kommunale Unternehmen und Vergabe
area-digital = digitale Verwaltung und Daten
area-energy = Energie und Klima
area-water = Wasser, Abwasser und Flussgebiete
area-environment = Abfall, Kreislaufwirtschaft und Umwelt
area-planning = Raumplanung, Wohnen und Wiederaufbau
area-mobility = Verkehr und Mobilität
area-economy = lokale Wirtschaft, Arbeit und Tourismus
area-education = Bildung, Berufsbildung und Jugend
area-health = Gesundheit und Rehabilitation
area-social = soziale Dienste und Inklusion
area-cohesion = gesellschaftlicher Zusammenhalt, Diaspora und Rückkehr
area-safety = Bevölkerungsschutz und Resilienz
area-culture = Kultur, Kulturerbe und Begegnung

# Sub-areas: short noun phrases that can stand inside a sentence

subarea-governance-acquis = EU-Recht auf kommunaler Ebene
subarea-governance-strategy = Strategie, Monitoring und Evaluierung
subarea-governance-training = Personalentwicklung und Fortbildung
subarea-governance-integrity = Integrität und Korruptionsprävention
subarea-governance-intermunicipal = interkommunale Zusammenarbeit

subarea-participation-dialogue = Dialog über Prioritäten des Wiederaufbaus
subarea-participation-budgeting = Bürgerhaushalt
subarea-participation-monitoring = zivilgesellschaftliche Begleitung des Wiederaufbaus
subarea-participation-youth-councils = Jugendräte
subarea-participation-gender = geschlechtergerechte Politik

subarea-finance-budget = Haushaltsanalyse für den Wiederaufbau
subarea-finance-enterprises = Effizienz kommunaler Unternehmen
subarea-finance-assets = Verwaltung kommunaler Flächen und Immobilien
subarea-finance-preparation = Vorbereitung von Investitionsprojekten
subarea-finance-procurement = öffentliches Beschaffungswesen
subarea-finance-ppp = öffentlich-private Partnerschaft

subarea-digital-services = digitale Dienste und Bürgerservice
subarea-digital-open-data = offene Daten
subarea-digital-gis = Geoinformation und Smart City
subarea-digital-cybersecurity = Cybersicherheit
subarea-digital-connectivity = Internetzugang und öffentliches WLAN
subarea-digital-dream = Arbeit mit dem ukrainischen System DREAM

subarea-energy-efficiency = Energieeffizienz öffentlicher Gebäude
subarea-energy-heating = Fernwärme
subarea-energy-renewables = Energie aus Sonne, Wind und Biomasse
subarea-energy-backup = Notstromversorgung und intelligente Netze
subarea-energy-secap = Aktionsplan für nachhaltige Energie und Klima (SECAP)

subarea-water-supply = Wasserversorgung
subarea-water-wastewater = Abwasserentsorgung
subarea-water-leakage = Verringerung von Wasserverlusten und Verbrauchsmessung
subarea-water-basins = Zusammenarbeit in Flussgebieten
subarea-water-emergency = Notwasserversorgung

subarea-environment-waste = kommunale Abfallwirtschaft
subarea-environment-debris = Trümmerbeseitigung und Wiederverwertung
subarea-environment-green = Grünflächen und biologische Vielfalt
subarea-environment-floods = Hochwasservorsorge
subarea-environment-air-soil = Luft- und Bodenqualität

subarea-planning-plans = integrierte Raumentwicklungspläne
subarea-planning-housing = Sozialwohnungen und Wohnraum für Vertriebene
subarea-planning-public-buildings = Sanierung und Wiederaufbau öffentlicher Gebäude
subarea-planning-bauhaus = Neues Europäisches Bauhaus
subarea-planning-damage = Erfassung von Schäden

subarea-mobility-streets = Straßen und Brücken
subarea-mobility-transit = öffentlicher Nahverkehr
subarea-mobility-cycling = Rad- und Fußverkehr
subarea-mobility-logistics = Logistik und Grenzübergänge
subarea-mobility-accessibility = barrierefreie Mobilität

subarea-economy-sme = Förderung kleiner und mittlerer Unternehmen
subarea-economy-investment = Industrieparks und Investitionen
subarea-economy-agrifood = Landwirtschaft, Ernährung und ländliche Entwicklung
subarea-economy-creative = Kreativ- und Umweltwirtschaft
subarea-economy-tourism = Tourismus
subarea-economy-b2b = Kontakte zwischen Unternehmen

subarea-education-schools = Schulnetz und Schutzräume in Schulen
subarea-education-vocational = Berufsbildung und Umschulung
subarea-education-early-years = frühkindliche Bildung
subarea-education-youth-exchange = Jugendaustausch
subarea-education-language = Sprachunterricht

subarea-health-hospitals = Krankenhäuser und medizinische Grundversorgung
subarea-health-rehabilitation = körperliche Rehabilitation und Prothetik
subarea-health-mental = psychische Gesundheit
subarea-health-public-health = öffentliches Gesundheitswesen
subarea-health-ambulance = Rettungsdienst

subarea-social-idp = Aufnahme von Vertriebenen
subarea-social-veterans = Unterstützung von Veteraninnen und Veteranen
subarea-social-care = Betreuung von älteren Menschen und Kindern
subarea-social-barrier-free = Barrierefreiheit
subarea-social-centres = multifunktionale Gemeinschaftszentren

subarea-cohesion-diaspora = Initiativen der Diaspora und von Menschen mit vorübergehendem Schutz
subarea-cohesion-return = Rückkehr und Wiedereingliederung
subarea-cohesion-security-groups = lokale Gruppen für Frieden und Sicherheit
subarea-cohesion-memory = Erinnerung und Dialog

subarea-safety-crisis = Krisenmanagement
subarea-safety-shelters = Schutzräume
subarea-safety-rescue = Feuerwehr und Rettungswesen
subarea-safety-continuity = Aufrechterhaltung der Dienste bei Stromausfall
subarea-safety-mines = Minenräumung und Minenaufklärung

subarea-culture-heritage = Schutz des Kulturerbes
subarea-culture-libraries = Bibliotheken und Museen
subarea-culture-sport = Sport
subarea-culture-exchange = Schulaustausch und Bürgerbegegnungen
subarea-culture-languages = Sprachen und sprachliche Vielfalt

# Countries

country-AD = Andorra
country-AL = Albanien
country-AM = Armenien
country-AT = Österreich
country-AX = Åland
country-AZ = Aserbaidschan
country-BA = Bosnien und Herzegowina
country-BE = Belgien
country-BG = Bulgarien
country-BY = Belarus
country-CH = Schweiz
country-CY = Zypern
country-CZ = Tschechien
country-DE = Deutschland
country-DK = Dänemark
country-DZ = Algerien
country-EE = Estland
country-ES = Spanien
country-FI = Finnland
country-FO = Färöer
country-FR = Frankreich
country-GB = Vereinigtes Königreich
country-GE = Georgien
country-GG = Guernsey
country-GI = Gibraltar
country-GL = Grönland
country-GR = Griechenland
country-HR = Kroatien
country-HU = Ungarn
country-IE = Irland
country-IL = Israel
country-IM = Isle of Man
country-IQ = Irak
country-IR = Iran
country-IS = Island
country-IT = Italien
country-JE = Jersey
country-JO = Jordanien
country-KZ = Kasachstan
country-LB = Libanon
country-LI = Liechtenstein
country-LT = Litauen
country-LU = Luxemburg
country-LV = Lettland
country-LY = Libyen
country-MA = Marokko
country-MC = Monaco
country-MD = Moldau
country-ME = Montenegro
country-MK = Nordmazedonien
country-MT = Malta
country-NL = Niederlande
country-NO = Norwegen
country-PL = Polen
country-PT = Portugal
country-RO = Rumänien
country-RS = Serbien
country-RU = Russland
country-SE = Schweden
country-SI = Slowenien
country-SK = Slowakei
country-SM = San Marino
country-SY = Syrien
country-TN = Tunesien
country-TR = Türkei
country-UA = Ukraine
country-XK = Kosovo

# Working languages

language-uk = Ukrainisch
language-en = Englisch
language-pl = Polnisch
language-de = Deutsch
language-fr = Französisch
language-es = Spanisch
language-it = Italienisch
language-ro = Rumänisch
language-cs = Tschechisch
language-sk = Slowakisch
language-hu = Ungarisch
language-bg = Bulgarisch
language-lt = Litauisch
language-lv = Lettisch
language-et = Estnisch
language-sv = Schwedisch
language-fi = Finnisch
language-da = Dänisch
language-no = Norwegisch
language-nl = Niederländisch
language-pt = Portugiesisch
language-el = Griechisch
language-hr = Kroatisch
language-sr = Serbisch
language-sl = Slowenisch
language-mk = Mazedonisch
language-sq = Albanisch
language-tr = Türkisch
language-ka = Georgisch
language-is = Isländisch
language-ga = Irisch
language-mt = Maltesisch

# Ways of working together

format-study-visit = Fachbesuch
format-expert-mission = Einsatz von Fachleuten
format-shadowing = Hospitation
format-online = Online-Treffen
format-joint-application = gemeinsamer Förderantrag
format-equipment = Überlassung von Ausrüstung
format-youth-exchange = Jugendaustausch

# Names

name-hromada = Hromada { $name }
name-kyiv = Kyjiw

# Oblasts, by the first four characters of their KATOTTG codes.
oblast-ua05 = Oblast Winnyzja
oblast-ua07 = Oblast Wolyn
oblast-ua12 = Oblast Dnipropetrowsk
oblast-ua14 = Oblast Donezk
oblast-ua18 = Oblast Schytomyr
oblast-ua21 = Oblast Transkarpatien
oblast-ua23 = Oblast Saporischschja
oblast-ua26 = Oblast Iwano-Frankiwsk
oblast-ua32 = Oblast Kyjiw
oblast-ua35 = Oblast Kirowohrad
oblast-ua44 = Oblast Luhansk
oblast-ua46 = Oblast Lwiw
oblast-ua48 = Oblast Mykolajiw
oblast-ua51 = Oblast Odesa
oblast-ua53 = Oblast Poltawa
oblast-ua56 = Oblast Riwne
oblast-ua59 = Oblast Sumy
oblast-ua61 = Oblast Ternopil
oblast-ua63 = Oblast Charkiw
oblast-ua65 = Oblast Cherson
oblast-ua68 = Oblast Chmelnyzkyj
oblast-ua71 = Oblast Tscherkassy
oblast-ua73 = Oblast Tscherniwzi
oblast-ua74 = Oblast Tschernihiw
