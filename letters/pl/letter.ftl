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

letter-aria = List po polsku
letter-label-to = Adresat
letter-label-subject = Temat
letter-label-text = Treść
letter-date = { $date }
letter-to-place =
    { $head ->
        [city-president] Prezydent Miasta { $name }
        [burmistrz] Burmistrz Miasta { $name }
       *[authorities] Do władz gminy { $name }
    }
letter-to-hromada = Do władz samorządowych: { $name }
letter-to-kyiv = Do władz miasta: { $name }
letter-title = Propozycja współpracy partnerskiej
letter-salutation-place =
    { $head ->
       *[authorities] Szanowni Państwo,
    }
letter-salutation-hromada = Szanowni Państwo,

# Who writes

letter-intro-hromada =
    { $count ->
        [one] { $name } to ukraińska gmina ({ $region }), którą tworzy { $n } miejscowość; mieszka w niej około { $people } osób.
        [few] { $name } to ukraińska gmina ({ $region }), którą tworzą { $n } miejscowości; mieszka w niej około { $people } osób.
       *[many] { $name } to ukraińska gmina ({ $region }), którą tworzy { $n } miejscowości; mieszka w niej około { $people } osób.
    }
letter-intro-hromada-short = { $name } to ukraińska gmina ({ $region }).
letter-intro-kyiv = { $name } to stolica Ukrainy, w której mieszka około { $people } osób.
letter-intro-place = { $name } to gmina, w której mieszka około { $people } osób ({ $region }, { $country }).
# Where the region is not known or is the country itself.
letter-intro-place-country = { $name } to gmina, w której mieszka około { $people } osób ({ $country }).
letter-intro-place-short = { $name } to gmina w Europie ({ $country }).

# Why: of a hromada, then of a municipality abroad

letter-why-one = Szukamy partnera w Europie i postanowiliśmy napisać właśnie do Państwa.
letter-why-many =
    { $count ->
        [2] Szukamy partnera w Europie i zwracamy się właśnie do Państwa z dwóch powodów.
        [3] Szukamy partnera w Europie i zwracamy się właśnie do Państwa z trzech powodów.
        [4] Szukamy partnera w Europie i zwracamy się właśnie do Państwa z czterech powodów.
       *[many] Szukamy partnera w Europie i zwracamy się właśnie do Państwa z { $n } powodów.
    }
letter-why-place-one = Chcielibyśmy współpracować z ukraińską gminą i postanowiliśmy napisać właśnie do Państwa.
letter-why-place-many =
    { $count ->
        [2] Chcielibyśmy współpracować z ukraińską gminą i zwracamy się właśnie do Państwa z dwóch powodów.
        [3] Chcielibyśmy współpracować z ukraińską gminą i zwracamy się właśnie do Państwa z trzech powodów.
        [4] Chcielibyśmy współpracować z ukraińską gminą i zwracamy się właśnie do Państwa z czterech powodów.
       *[many] Chcielibyśmy współpracować z ukraińską gminą i zwracamy się właśnie do Państwa z { $n } powodów.
    }

letter-first = Po pierwsze,
letter-second = Po drugie,
letter-third = Po trzecie,
letter-fourth = Po czwarte,
letter-also = Ponadto

letter-reason-need-met =
    { $offered ->
        [said] piszą Państwo, czym mogą się podzielić: „{ $offer }”.
       *[named] mogą się Państwo podzielić doświadczeniem w dziedzinie „{ $offer }”.
    } { $needed ->
        [said] Szukamy właśnie tego: „{ $need }”.
       *[named] To jedna z naszych potrzeb.
    }
letter-reason-need-near =
    { $offered ->
        [said] piszą Państwo, czym mogą się podzielić: „{ $offer }”.
       *[named] mają Państwo doświadczenie w dziedzinie „{ $offer }”.
    } { $needed ->
        [said] Jest to bliskie temu, czego szukamy: „{ $need }”.
       *[named] Jest to bliskie jednej z naszych potrzeb („{ $need }”).
    }
letter-reason-can-share =
    { $needed ->
        [said] piszą Państwo, czego szukają: „{ $need }”.
       *[named] szukają Państwo doświadczeń w dziedzinie „{ $need }”.
    } { $offered ->
        [said] Możemy podzielić się tym: „{ $offer }”.
       *[named] Mamy takie doświadczenia i możemy się nimi podzielić.
    }
letter-reason-exchange =
    temat „{ $subarea }” jest ważny dla obu stron: możemy się uczyć od siebie nawzajem.{ $offered ->
        [said] {" "}Piszą Państwo: „{ $offer }”.
       *[named] {""}
    }{ $needed ->
        [said] {" "}My piszemy: „{ $need }”.
       *[named] {""}
    }
letter-reason-language = mamy wspólny język roboczy ({ $language }).
letter-reason-formats = obie strony wybrały tę samą formę współpracy ({ $format }).
letter-reason-size = mamy podobną liczbę mieszkańców.
letter-reason-distance = dzieli nas tylko około { $km } km.
letter-reason-oblast-country =
    { $count ->
        [one] nasz obwód ma już { $n } partnerstwo z Państwa krajem.
        [few] nasz obwód ma już { $n } partnerstwa z Państwa krajem.
       *[many] nasz obwód ma już { $n } partnerstw z Państwa krajem.
    }
letter-reason-oblast-country-place =
    { $count ->
        [one] nasz kraj ma już { $n } partnerstwo z Państwa obwodem.
        [few] nasz kraj ma już { $n } partnerstwa z Państwa obwodem.
       *[many] nasz kraj ma już { $n } partnerstw z Państwa obwodem.
    }
letter-reason-oblast-region =
    { $count ->
        [one] nasz obwód ma już { $n } partnerstwo z Państwa regionem.
        [few] nasz obwód ma już { $n } partnerstwa z Państwa regionem.
       *[many] nasz obwód ma już { $n } partnerstw z Państwa regionem.
    }
letter-reason-oblast-region-place =
    { $count ->
        [one] nasz region ma już { $n } partnerstwo z Państwa obwodem.
        [few] nasz region ma już { $n } partnerstwa z Państwa obwodem.
       *[many] nasz region ma już { $n } partnerstw z Państwa obwodem.
    }
letter-reason-near-other = Państwa sąsiad, { $partner }, jest już partnerem hromady z naszego obwodu ({ $hromada }).
letter-reason-near-other-place = nasz sąsiad, { $partner }, jest już partnerem hromady z Państwa obwodu ({ $hromada }).
letter-reason-shared-partner = Państwa miasto partnerskie { $partner } jest już naszym partnerem.
letter-reason-shared-partner-place = nasze miasto partnerskie { $partner } jest już Państwa partnerem.
letter-reason-near-partner = nasz partner, { $partner }, jest Państwa sąsiadem ({ $km } km).
letter-reason-near-partner-place = Państwa partner, { $partner }, jest naszym sąsiadem ({ $km } km).
letter-reason-twins = jest już doświadczenie w partnerstwach miast, na którym moglibyśmy się oprzeć.
letter-reason-general = jesteśmy podobni do innych gmin, które są już partnerami.

letter-ask-need =
    { $needed ->
        [said] szukamy tego: „{ $need }”.
       *[named] chcielibyśmy skorzystać z Państwa doświadczeń w dziedzinie „{ $need }”.
    }
letter-ask-offer =
    { $offered ->
        [said] możemy podzielić się tym: „{ $offer }”.
       *[named] możemy podzielić się własnym doświadczeniem w dziedzinie „{ $offer }”.
    }

# The first step

letter-step-online = Na początek proponujemy mniej więcej godzinną rozmowę online. Prosimy o informację, które dni Państwu odpowiadają.
letter-step-visit = Na początek proponujemy krótką wizytę studyjną, aby się poznać i zobaczyć, czego moglibyśmy się od siebie nauczyć.
letter-step-application = Na początek proponujemy rozmowę o wspólnym projekcie i wspólne poszukanie naboru, w którym moglibyśmy złożyć wniosek.
letter-step-youth = Na początek proponujemy spotkanie młodzieży obu stron: najpierw online, a gdy będzie to możliwe – osobiście.

letter-languages = Nasze języki robocze: { $languages }.
letter-passport = Nasz profil na jednej stronie: { $url }
letter-reply = Prosimy o odpowiedź na podane niżej dane kontaktowe i o wskazanie osoby, z którą możemy korespondować.
letter-closing = Z poważaniem
letter-sign-urban = Przewodnicząca / Przewodniczący hromady
letter-sign-settlement = Przewodnicząca / Przewodniczący hromady
letter-sign-rural = Przewodnicząca / Przewodniczący hromady
letter-sign-kyiv = Mer Kijowa
letter-sign-place =
    { $head ->
        [city-president] Prezydent Miasta
        [burmistrz] Burmistrz Miasta
       *[authorities] Wójt / Burmistrz
    }
letter-contact-line = Osoba do kontaktu, e-mail, telefon:
letter-made-with = Przygotowano w serwisie Mosty; dane ze źródeł publicznych.
letter-invented = Wersja pokazowa: potrzeby, doświadczenia i języki, na których opiera się ten list, są zmyślone.

# The passport: a municipality on one page

passport-title = Paszport: { $name }
passport-subtitle = Jedna strona dla możliwych partnerów
passport-where = Położenie
passport-people = Liczba mieszkańców
passport-people-estimated = szacunek
passport-settlements = Liczba miejscowości
passport-occupied-until = Pod okupacją do
passport-role = Rodzaj
passport-code = Kod urzędowy
passport-geonames = Numer w GeoNames
passport-needs = Potrzeby
passport-offers = Czym możemy się podzielić
passport-exchange = Wymiana doświadczeń
passport-languages = Języki robocze
passport-formats = Formy współpracy
passport-partners = Odnotowane kontakty
passport-none-stated = Jeszcze nie podano
passport-withheld = szczegóły dla zweryfikowanych uczestników
passport-none-recorded = Tu nie odnotowano (wykazy są niepełne)
passport-looking = Poszukiwany partner
passport-open =
    { $count ->
        [0] W tym roku brak wolnych miejsc dla nowych partnerów
        [one] { $n } wolne miejsce dla nowego partnera w tym roku
        [few] { $n } wolne miejsca dla nowych partnerów w tym roku
       *[many] { $n } wolnych miejsc dla nowych partnerów w tym roku
    }
passport-contact = Kontakt
passport-source = Dane ze źródeł publicznych (stan na { $date }); potrzeby i doświadczenia podaje sama gmina
passport-invented = Wersja pokazowa: podane tu potrzeby, doświadczenia i języki są zmyślone.
passport-control-occupied = Pod okupacją, o ile wiadomo; ta strona służy wyłącznie do informacji.
passport-control-partly = Częściowo pod okupacją, o ile wiadomo.
passport-control-front = Tu lub w pobliżu trwają lub trwały walki, o ile wiadomo.
passport-since = Od { $date }

passport-level-1 = interesujemy się
passport-level-2 = zaczynamy
passport-level-3 = mamy doświadczenie
passport-level-4 = możemy uczyć lub przyjąć gości

role-kyiv = miasto Kijów
role-oblast-centre = hromada stolicy obwodu
role-urban = hromada miejska
role-settlement = hromada osiedlowa
role-rural = hromada wiejska
role-capital = stolica kraju
role-region-seat = siedziba władz regionu
role-county-seat = siedziba władz powiatu lub prowincji
role-district-seat = siedziba władz okręgu
role-place = miasto lub wieś

status-listed = Jeszcze nie w Mosty
status-claimed = Ma uczestników
status-verified = Zweryfikowano
status-paused = Wstrzymano
