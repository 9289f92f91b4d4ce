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

letter-aria = Letter in English
letter-label-to = To
letter-label-subject = Subject
letter-label-text = Text
letter-date = { $date }
letter-to-place =
    { $head ->
        [council-leader] To the Leader of the Council, { $name }
        [head] To the Head of the Municipality of { $name }
       *[mayor] To the Mayor of { $name }
    }
letter-to-hromada = To the Head of { $name }
letter-to-kyiv = To the Mayor of { $name }
letter-title = An expression of interest
letter-salutation-place =
    { $head ->
        [council-leader] Dear Leader of the Council,
        [head] Dear Sir or Madam,
       *[mayor] Dear Mayor,
    }
letter-salutation-hromada = Dear Head of the Hromada,

# Who writes

letter-intro-hromada =
    { $count ->
        [one] { $name } is a Ukrainian municipality in { $region }: { $n } settlement, home to about { $people } people.
       *[other] { $name } is a Ukrainian municipality in { $region }: { $n } settlements, home to about { $people } people.
    }
letter-intro-hromada-short = { $name } is a Ukrainian municipality in { $region }.
letter-intro-kyiv = { $name } is the capital of Ukraine, home to about { $people } people.
letter-intro-place = { $name } is a municipality of about { $people } people ({ $region }, { $country }).
# Where the region is not known or is the country itself.
letter-intro-place-country = { $name } is a municipality of about { $people } people ({ $country }).
letter-intro-place-short = { $name } is a municipality in Europe ({ $country }).

# Why: of a hromada, then of a municipality abroad

letter-why-one = We are looking for a partner in Europe and have chosen to write to you.
letter-why-many =
    { $count ->
        [2] We are looking for a partner in Europe, and we write to you for two reasons.
        [3] We are looking for a partner in Europe, and we write to you for three reasons.
        [4] We are looking for a partner in Europe, and we write to you for four reasons.
       *[other] We are looking for a partner in Europe, and we write to you for { $n } reasons.
    }
letter-why-place-one = We would like to work with a hromada in Ukraine and have chosen to write to you.
letter-why-place-many =
    { $count ->
        [2] We would like to work with a hromada in Ukraine, and we write to you for two reasons.
        [3] We would like to work with a hromada in Ukraine, and we write to you for three reasons.
        [4] We would like to work with a hromada in Ukraine, and we write to you for four reasons.
       *[other] We would like to work with a hromada in Ukraine, and we write to you for { $n } reasons.
    }

letter-first = First,
letter-second = Second,
letter-third = Third,
letter-fourth = Fourth,
letter-also = Also,

letter-reason-need-met =
    { $offered ->
        [said] you write that you can share this: “{ $offer }”.
       *[named] you can share experience in { $offer }.
    } { $needed ->
        [said] We are looking for just that: “{ $need }”.
       *[named] It is one of our needs.
    }
letter-reason-need-near =
    { $offered ->
        [said] you write that you can share this: “{ $offer }”.
       *[named] you have experience in { $offer }.
    } { $needed ->
        [said] It is close to what we are looking for: “{ $need }”.
       *[named] It is close to one of our needs, { $need }.
    }
letter-reason-can-share =
    { $needed ->
        [said] you write what you are looking for: “{ $need }”.
       *[named] you are looking for experience in { $need }.
    } { $offered ->
        [said] We can share this: “{ $offer }”.
       *[named] We have some and can share it.
    }
letter-reason-exchange =
    we would both like to exchange experience in { $subarea }.{ $offered ->
        [said] {" "}You write: “{ $offer }”.
       *[named] {""}
    }{ $needed ->
        [said] {" "}We write: “{ $need }”.
       *[named] {""}
    }
letter-reason-language = we have a working language in common, { $language }.
letter-reason-formats = we both look for the same form of cooperation ({ $format }).
letter-reason-size = our municipalities are similar in size.
letter-reason-distance = only about { $km } km lie between us.
letter-reason-oblast-country =
    { $count ->
        [one] our oblast already has { $n } partnership with your country.
       *[other] our oblast already has { $n } partnerships with your country.
    }
letter-reason-oblast-country-place =
    { $count ->
        [one] our country already has { $n } partnership with your oblast.
       *[other] our country already has { $n } partnerships with your oblast.
    }
letter-reason-oblast-region =
    { $count ->
        [one] our oblast already has { $n } partnership with your region.
       *[other] our oblast already has { $n } partnerships with your region.
    }
letter-reason-oblast-region-place =
    { $count ->
        [one] our region already has { $n } partnership with your oblast.
       *[other] our region already has { $n } partnerships with your oblast.
    }
letter-reason-near-other = a neighbour of yours, { $partner }, is already a partner of { $hromada } in our oblast.
letter-reason-near-other-place = a neighbour of ours, { $partner }, is already a partner of { $hromada } in your oblast.
letter-reason-shared-partner = your twin town { $partner } is already our partner.
letter-reason-shared-partner-place = our twin town { $partner } is already your partner.
letter-reason-near-partner = our partner { $partner } is your neighbour, { $km } km away.
letter-reason-near-partner-place = your partner { $partner } is our neighbour, { $km } km away.
letter-reason-twins = there is already experience of twinning on which we could build.
letter-reason-general = our municipalities are like others that already work as partners.

letter-ask-need =
    { $needed ->
        [said] we are looking for this: “{ $need }”.
       *[named] we would like to learn from your experience in { $need }.
    }
letter-ask-offer =
    { $offered ->
        [said] we can share this: “{ $offer }”.
       *[named] we can share our experience in { $offer }.
    }

# The first step

letter-step-online = As a first step, we suggest a conversation online of about an hour. Please tell us which days would suit you.
letter-step-visit = As a first step, we suggest a short study visit, so that we can meet and see what we could learn from each other.
letter-step-application = As a first step, we suggest talking about a joint project and looking together for a call to which we could apply.
letter-step-youth = As a first step, we suggest bringing young people from both sides together: online to begin with and, when it is possible, in person.

letter-languages = We can work in { $languages }.
letter-passport = Our profile on one page: { $url }
letter-reply = Please reply to the contact named below and tell us whom on your side we may write to.
letter-closing = Yours sincerely
letter-sign-urban = Head of the hromada
letter-sign-settlement = Head of the hromada
letter-sign-rural = Head of the hromada
letter-sign-kyiv = Mayor
letter-sign-place =
    { $head ->
        [council-leader] Leader of the Council
        [head] Head of the municipality
       *[mayor] Mayor
    }
letter-contact-line = Contact person, email, telephone:
letter-made-with = Made with Mosty; facts from public sources.
letter-invented = Demonstration: this letter rests on invented needs, offers and languages.

# The passport: a municipality on one page

passport-title = Passport: { $name }
passport-subtitle = One page for possible partners
passport-where = Where it is
passport-people = Population
passport-people-estimated = an estimate
passport-settlements = Settlements
passport-occupied-until = Under occupation until
passport-role = Type
passport-code = Official code
passport-geonames = GeoNames number
passport-needs = Needs
passport-offers = Offers
passport-exchange = Wants to exchange
passport-languages = Working languages
passport-formats = Forms of cooperation
passport-partners = Recorded ties
passport-none-stated = Not stated yet
passport-withheld = details for verified members
passport-none-recorded = None recorded here (lists are partial)
passport-looking = Partner it looks for
passport-open =
    { $count ->
        [0] No place for a new partner this year
        [one] { $n } place for a new partner this year
       *[other] { $n } places for new partners this year
    }
passport-contact = Contact
passport-source = Facts from public sources, as of { $date }; needs and offers as the municipality states them
passport-invented = Demonstration: the needs, offers and languages shown here are invented.
passport-control-occupied = Under occupation, as far as is known; this page is for information only.
passport-control-partly = Partly under occupation, as far as is known.
passport-control-front = Fighting goes on or went on here or close by, as far as is known.
passport-since = Since { $date }.

passport-level-1 = curious
passport-level-2 = starting
passport-level-3 = experienced
passport-level-4 = can teach or host

role-kyiv = city of Kyiv
role-oblast-centre = hromada of an oblast centre
role-urban = urban hromada
role-settlement = settlement hromada
role-rural = rural hromada
role-capital = capital of a country
role-region-seat = seat of a region
role-county-seat = seat of a county or province
role-district-seat = seat of a district
role-place = town or village

status-listed = Not on Mosty yet
status-claimed = Has members
status-verified = Verified
status-paused = Suspended
