# A letter, put together from choices so that it reads whole.
#
# Order: letter-to-…, letter-title, letter-salutation-…; one paragraph of
# letter-intro-… and letter-why-…; the reasons, each a paragraph; one
# step and letter-languages; letter-passport; letter-reply; closing.
#
# Reasons and topics of one's own (letter-reason-…, letter-ask-…) are the rest of
# a sentence that letter-first … letter-also open; one that stands alone has no
# opener and gets a capital letter. A need or an offer is a quote where somebody
# has said something (“needed” or “offered” is then “said”), else the name of a
# sub-area. “We” is the sender and “you”
# the recipient, whichever of the two is the hromada.
#
# Arguments stand in the nominative. “people” should be rounded (two or three
# figures that count), because the sentences say “about”.
#
# In German the reasons begin with a capital letter, because they follow a
# colon; the letter-intro-… sentences begin in lower case, because they follow
# the comma of the salutation.

letter-aria = Brief auf Deutsch
letter-label-to = An
letter-label-subject = Betreff
letter-label-text = Text
letter-date = { $date }
letter-to-place =
    { $head ->
        [lord-mayor] An die Oberbürgermeisterin oder den Oberbürgermeister von { $name }
        [head] An die Leitung der Gemeinde { $name }
       *[burgomaster] An die Bürgermeisterin oder den Bürgermeister von { $name }
    }
letter-to-hromada = An die Gemeindeleitung: { $name }
letter-to-kyiv = An die Stadtverwaltung: { $name }
letter-title = Anfrage zu einer kommunalen Partnerschaft
letter-salutation-place =
    { $head ->
        [lord-mayor] Sehr geehrte Frau Oberbürgermeisterin, sehr geehrter Herr Oberbürgermeister,
        [head] Sehr geehrte Damen und Herren,
       *[burgomaster] Sehr geehrte Frau Bürgermeisterin, sehr geehrter Herr Bürgermeister,
    }
letter-salutation-hromada = Sehr geehrte Damen und Herren,

# Who writes

letter-intro-hromada =
    { $count ->
        [one] unsere Kommune, { $name }, liegt in der Ukraine ({ $region }) und umfasst { $n } Ort mit rund { $people } Einwohnerinnen und Einwohnern.
       *[other] unsere Kommune, { $name }, liegt in der Ukraine ({ $region }) und umfasst { $n } Orte mit rund { $people } Einwohnerinnen und Einwohnern.
    }
letter-intro-hromada-short = unsere Kommune, { $name }, liegt in der Ukraine ({ $region }).
letter-intro-kyiv = unsere Stadt, { $name }, ist die Hauptstadt der Ukraine und hat rund { $people } Einwohnerinnen und Einwohner.
letter-intro-place = unsere Kommune, { $name } ({ $region }, { $country }), hat rund { $people } Einwohnerinnen und Einwohner.
# Where the region is not known or is the country itself.
letter-intro-place-country = unsere Kommune, { $name } ({ $country }), hat rund { $people } Einwohnerinnen und Einwohner.
letter-intro-place-short = wir schreiben Ihnen aus { $name } ({ $country }).

# Why: of a hromada, then of a municipality abroad

letter-why-one = Wir suchen eine Partnerkommune in Europa und wenden uns bewusst an Sie.
letter-why-many =
    { $count ->
        [2] Wir suchen eine Partnerkommune in Europa und wenden uns aus zwei Gründen an Sie.
        [3] Wir suchen eine Partnerkommune in Europa und wenden uns aus drei Gründen an Sie.
        [4] Wir suchen eine Partnerkommune in Europa und wenden uns aus vier Gründen an Sie.
       *[other] Wir suchen eine Partnerkommune in Europa und wenden uns aus { $n } Gründen an Sie.
    }
letter-why-place-one = Wir möchten mit einer Kommune in der Ukraine zusammenarbeiten und wenden uns bewusst an Sie.
letter-why-place-many =
    { $count ->
        [2] Wir möchten mit einer Kommune in der Ukraine zusammenarbeiten und wenden uns aus zwei Gründen an Sie.
        [3] Wir möchten mit einer Kommune in der Ukraine zusammenarbeiten und wenden uns aus drei Gründen an Sie.
        [4] Wir möchten mit einer Kommune in der Ukraine zusammenarbeiten und wenden uns aus vier Gründen an Sie.
       *[other] Wir möchten mit einer Kommune in der Ukraine zusammenarbeiten und wenden uns aus { $n } Gründen an Sie.
    }

letter-first = Erstens:
letter-second = Zweitens:
letter-third = Drittens:
letter-fourth = Viertens:
letter-also = Außerdem:

letter-reason-need-met =
    { $offered ->
        [said] Sie schreiben, was Sie weitergeben können: „{ $offer }“.
       *[named] Sie können Erfahrungen zum Thema „{ $offer }“ weitergeben.
    } { $needed ->
        [said] Genau das suchen wir: „{ $need }“.
       *[named] Genau hier haben wir Bedarf.
    }
letter-reason-need-near =
    { $offered ->
        [said] Sie schreiben, was Sie weitergeben können: „{ $offer }“.
       *[named] Sie haben Erfahrungen zum Thema „{ $offer }“.
    } { $needed ->
        [said] Das liegt nahe an dem, was wir suchen: „{ $need }“.
       *[named] Das liegt nahe an dem, was wir suchen („{ $need }“).
    }
letter-reason-can-share =
    { $needed ->
        [said] Sie schreiben, was Sie suchen: „{ $need }“.
       *[named] Sie suchen Erfahrungen zum Thema „{ $need }“.
    } { $offered ->
        [said] Das können wir mit Ihnen teilen: „{ $offer }“.
       *[named] Wir haben solche Erfahrungen und teilen sie gern.
    }
letter-reason-exchange =
    Das Thema „{ $subarea }“ beschäftigt uns beide, und wir könnten voneinander lernen.{ $offered ->
        [said] {" "}Sie schreiben: „{ $offer }“.
       *[named] {""}
    }{ $needed ->
        [said] {" "}Wir schreiben: „{ $need }“.
       *[named] {""}
    }
letter-reason-language = Wir haben eine gemeinsame Arbeitssprache ({ $language }).
letter-reason-formats = Wir wünschen uns beide dieselbe Form der Zusammenarbeit ({ $format }).
letter-reason-size = Unsere Kommunen sind ähnlich groß.
letter-reason-distance = Zwischen uns liegen nur rund { $km } km.
letter-reason-oblast-country =
    { $count ->
        [one] Unsere Oblast hat bereits { $n } Partnerschaft mit Ihrem Land.
       *[other] Unsere Oblast hat bereits { $n } Partnerschaften mit Ihrem Land.
    }
letter-reason-oblast-country-place =
    { $count ->
        [one] Unser Land hat bereits { $n } Partnerschaft mit Ihrer Oblast.
       *[other] Unser Land hat bereits { $n } Partnerschaften mit Ihrer Oblast.
    }
letter-reason-oblast-region =
    { $count ->
        [one] Unsere Oblast hat bereits { $n } Partnerschaft mit Ihrer Region.
       *[other] Unsere Oblast hat bereits { $n } Partnerschaften mit Ihrer Region.
    }
letter-reason-oblast-region-place =
    { $count ->
        [one] Unsere Region hat bereits { $n } Partnerschaft mit Ihrer Oblast.
       *[other] Unsere Region hat bereits { $n } Partnerschaften mit Ihrer Oblast.
    }
letter-reason-near-other = Ihre Nachbarkommune { $partner } ist bereits Partnerin einer Hromada unserer Oblast ({ $hromada }).
letter-reason-near-other-place = Unsere Nachbarkommune { $partner } ist bereits Partnerin einer Hromada Ihrer Oblast ({ $hromada }).
letter-reason-shared-partner = Ihre Partnerstadt { $partner } ist bereits auch unsere Partnerin.
letter-reason-shared-partner-place = Unsere Partnerstadt { $partner } ist bereits auch Ihre Partnerin.
letter-reason-near-partner = Unsere Partnerkommune { $partner } ist Ihre Nachbarin ({ $km } km).
letter-reason-near-partner-place = Ihre Partnerkommune { $partner } ist unsere Nachbarin ({ $km } km).
letter-reason-twins = Es gibt bereits Erfahrung mit Städtepartnerschaften, auf der wir aufbauen könnten.
letter-reason-general = Wir ähneln anderen Kommunen, die bereits Partner sind.

letter-ask-need =
    { $needed ->
        [said] Wir suchen Folgendes: „{ $need }“.
       *[named] Wir möchten von Ihren Erfahrungen zum Thema „{ $need }“ lernen.
    }
letter-ask-offer =
    { $offered ->
        [said] Wir können dies mit Ihnen teilen: „{ $offer }“.
       *[named] Wir können eigene Erfahrungen zum Thema „{ $offer }“ mit Ihnen teilen.
    }

# The first step

letter-step-online = Als ersten Schritt schlagen wir ein etwa einstündiges Online-Gespräch vor. Bitte teilen Sie uns mit, welche Tage Ihnen passen.
letter-step-visit = Als ersten Schritt schlagen wir einen kurzen Fachbesuch vor, um einander kennenzulernen und zu sehen, was wir voneinander lernen könnten.
letter-step-application = Als ersten Schritt schlagen wir vor, über ein gemeinsames Projekt zu sprechen und zusammen nach einem Förderaufruf zu suchen, bei dem wir einen Antrag stellen könnten.
letter-step-youth = Als ersten Schritt schlagen wir vor, Jugendliche beider Seiten zusammenzubringen: zunächst online und, sobald es möglich ist, auch persönlich.

letter-languages = Unsere Arbeitssprachen: { $languages }.
letter-passport = Unser Profil auf einer Seite: { $url }
letter-reply = Bitte antworten Sie an den unten genannten Kontakt und nennen Sie uns eine Ansprechperson.
letter-closing = Mit freundlichen Grüßen
letter-sign-urban = Leitung der Hromada
letter-sign-settlement = Leitung der Hromada
letter-sign-rural = Leitung der Hromada
letter-sign-kyiv = Bürgermeisterin / Bürgermeister
letter-sign-place =
    { $head ->
        [lord-mayor] Oberbürgermeisterin / Oberbürgermeister
        [head] Gemeindeleitung
       *[burgomaster] Bürgermeisterin / Bürgermeister
    }
letter-contact-line = Ansprechperson, E-Mail, Telefon:
letter-made-with = Erstellt mit Mosty; Angaben aus öffentlichen Quellen.
letter-invented = Vorführung: Bedarf, Angebote und Sprachen, auf denen dieser Brief beruht, sind erfunden.

# The passport: a municipality on one page

passport-title = Kurzprofil: { $name }
passport-subtitle = Eine Seite für mögliche Partner
passport-where = Lage
passport-people = Bevölkerung
passport-people-estimated = Schätzung
passport-settlements = Orte
passport-occupied-until = Unter Besatzung bis
passport-role = Art
passport-code = Amtlicher Code
passport-geonames = GeoNames-Nummer
passport-needs = Bedarf
passport-offers = Angebote
passport-exchange = Erfahrungsaustausch
passport-languages = Arbeitssprachen
passport-formats = Formen der Zusammenarbeit
passport-partners = Erfasste Beziehungen
passport-none-stated = Noch nicht angegeben
passport-withheld = Einzelheiten für bestätigte Mitglieder
passport-none-recorded = Hier keine erfasst (Listen unvollständig)
passport-looking = Gesuchter Partner
passport-open =
    { $count ->
        [0] In diesem Jahr kein freier Platz für neue Partner
        [one] { $n } freier Platz für einen neuen Partner in diesem Jahr
       *[other] { $n } freie Plätze für neue Partner in diesem Jahr
    }
passport-contact = Kontakt
passport-source = Angaben aus öffentlichen Quellen, Stand { $date }; Bedarf und Angebote nach eigener Angabe der Kommune
passport-invented = Vorführung: Bedarf, Angebote und Sprachen auf dieser Seite sind erfunden.
passport-control-occupied = Nach unserer Kenntnis unter Besatzung; diese Seite dient nur der Information.
passport-control-partly = Nach unserer Kenntnis teilweise unter Besatzung.
passport-control-front = Hier oder in der Nähe wird oder wurde nach unserer Kenntnis gekämpft.
passport-since = Seit { $date }.

passport-level-1 = interessiert
passport-level-2 = am Anfang
passport-level-3 = erfahren
passport-level-4 = kann anleiten oder Gäste empfangen

role-kyiv = Stadt Kyjiw
role-oblast-centre = Hromada eines Oblastzentrums
role-urban = städtische Hromada
role-settlement = Siedlungs-Hromada
role-rural = ländliche Hromada
role-capital = Hauptstadt eines Landes
role-region-seat = Sitz einer Region
role-county-seat = Sitz eines Kreises oder einer Provinz
role-district-seat = Sitz eines Bezirks
role-place = Stadt oder Gemeinde

status-listed = Noch nicht bei Mosty
status-claimed = Mit eigenen Mitgliedern
status-verified = Bestätigt
status-paused = Pausiert
